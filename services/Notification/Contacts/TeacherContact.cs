namespace Stages.Notifications.Contacts;

/// <summary>
/// The teacher behind one offer. Kept after a withdrawal: stages that were theirs are still to be taken out of their calendar.
/// </summary>
/// <param name="Version">Of the newest message known, a withdrawal included.</param>
/// <param name="Waiting">The offer was received before its teacher was accepted.</param>
/// <param name="Answered">Whether they were, and why not: for who confirms the address later.</param>
public sealed record TeacherContact(
    Guid Id,
    Guid CampaignId,
    long Version,
    Recipient? Teacher,
    Guid? PersonId,
    IReadOnlyList<string> Subjects,
    bool Erased = false,
    bool Withdrawn = false,
    bool Waiting = false,
    AcceptanceNotice? Answered = null
)
{
    public About About(Guid? stageId = null) => new(CampaignId, null, stageId);

    public TeacherContact Forget() => this with { Teacher = null, PersonId = null, Erased = true };
}

/// <summary>Keeps the teacher's addresses and acknowledges the offer.</summary>
public sealed class OfferDeclaredConsumer(Reception reception) : IConsumer<OfferDeclared>
{
    public Task Consume(ConsumeContext<OfferDeclared> context) =>
        reception.Take(context, context.Message.CampaignId, context.Message.OfferId, Acknowledge);

    public static Telling Acknowledge(TeacherContact? known, KnownCampaign campaign, OfferDeclared m, Cause cause)
    {
        if (known is { Erased: true })
            return Decision.Nothing;
        var teacher = Recipient.Of(m.PersonId, m.TeacherName, m.Email, m.Phone, m.Language);
        var contact = new TeacherContact(m.OfferId, m.CampaignId, m.Version, teacher, teacher.PersonId, m.Subjects, Waiting: m.Waiting);
        var kept =
            known is null ? Decision.Nothing.AndInsert(contact)
            : known.Version < m.Version ? Decision.Nothing.AndStore(contact)
            : known.Teacher is null ? Decision.Nothing.AndStore(known with { Teacher = teacher, PersonId = teacher.PersonId })
            : Decision.Nothing;
        var notice = new OfferNotice(m.What, m.OfferId, campaign.Name, [.. m.Subjects.Select(campaign.Subject)], m.At, m.Waiting);
        return new Telling(kept.AndKnown("offer", m.OfferId), [Delivery.Of(cause.Name, teacher, notice, contact.About(), m.At)], m.By);
    }
}

/// <summary>Tells a teacher that the offer is withdrawn.</summary>
public sealed class OfferWithdrawnConsumer(Reception reception) : IConsumer<OfferWithdrawn>
{
    public Task Consume(ConsumeContext<OfferWithdrawn> context) =>
        reception.Take(context, context.Message.CampaignId, context.Message.OfferId, Withdraw);

    public static Telling Withdraw(TeacherContact? known, KnownCampaign campaign, OfferWithdrawn m, Cause cause)
    {
        if (known is null)
            return Decision.WaitsFor("offer", m.OfferId);
        var kept =
            known.Version < m.Version ? Decision.Nothing.AndStore(known with { Version = m.Version, Withdrawn = true }) : Decision.Nothing;
        if (known.Teacher is null)
            return kept;
        var notice = new OfferNotice("withdrawn", m.OfferId, campaign.Name, [.. known.Subjects.Select(campaign.Subject)], m.At);
        return new Telling(kept, [Delivery.Of(cause.Name, known.Teacher, notice, known.About(), m.At)]);
    }
}

/// <summary>Forgets the teacher's addresses and the traces of what was sent there.</summary>
public sealed class OfferForgottenConsumer(Reception reception, ForgetId forget, TimeProvider clock) : IConsumer<OfferForgotten>
{
    public async Task Consume(ConsumeContext<OfferForgotten> context)
    {
        await reception.Forget(
            context,
            async (reading, m) =>
            {
                var known = await reading.Load<TeacherContact>(m.OfferId);
                return Forget(known, m)
                    .And(await Erasure.Unnamed(reading, m.OfferId, known?.Teacher is { } teacher ? [teacher] : []))
                    .And(ForgetId.Owed(m.OfferId, clock.GetUtcNow()));
            }
        );
        await forget.Soon(context.Message.OfferId, context.CancellationToken);
    }

    public static Decision Forget(TeacherContact? known, OfferForgotten m) =>
        known is null
            ? Decision
                .Nothing.AndInsert(new TeacherContact(m.OfferId, m.CampaignId, m.Version, null, null, [], Erased: true))
                .AndKnown("offer", m.OfferId)
            : Decision.Nothing.AndStore(known.Forget() with { Version = Math.Max(known.Version, m.Version), Answered = null });
}

/// <summary>Tells a teacher that they are accepted, or why they are not.</summary>
public sealed class TeacherAnsweredConsumer(Reception reception) : IConsumer<TeacherAnswered>
{
    public Task Consume(ConsumeContext<TeacherAnswered> context) =>
        reception.Take(context, context.Message.CampaignId, context.Message.OfferId, Answer);

    public static Telling Answer(TeacherContact? known, KnownCampaign campaign, TeacherAnswered m, Cause cause)
    {
        if (known is null)
            return Decision.WaitsFor("offer", m.OfferId);
        if (known.Teacher is null)
            return Decision.Nothing;
        var reason = m.Reason is null ? null : Clean.Sentence(m.Reason);
        var notice = new AcceptanceNotice(m.Answer == "accepted", m.OfferId, campaign.Name, reason);
        var kept = Decision.Nothing.AndStore(known with { Answered = notice });
        return new Telling(kept, [Delivery.Of(cause.Name, known.Teacher, notice, known.About(), m.At)]);
    }
}

internal static class OfferReception
{
    /// <summary>Takes what happened to an offer with what is known of it.</summary>
    public static Task Take<TMessage>(
        this Reception reception,
        ConsumeContext<TMessage> context,
        Guid campaignId,
        Guid offerId,
        Func<TeacherContact?, KnownCampaign, TMessage, Cause, Telling> tell
    )
        where TMessage : class =>
        reception.Take(
            context,
            campaignId,
            async (reading, campaign, m, cause) => tell(await reading.Load<TeacherContact>(offerId), campaign, m, cause)
        );
}
