using Marten;
using MassTransit;
using Stages.Contracts.Scheduling;
using Stages.Notifications.Campaigns;
using Stages.Notifications.Deliveries;
using Stages.Notifications.Letters;
using Stages.Notifications.Letters.Notices;
using Stages.ServiceDefaults;

namespace Stages.Notifications.Contacts;

/// <summary>
/// The teacher behind one offer. Kept after a withdrawal: stages that were theirs are still to be taken out of their calendar.
/// </summary>
/// <param name="Version">Of the newest message known, a withdrawal included.</param>
public sealed record TeacherContact(
    Guid Id,
    Guid CampaignId,
    long Version,
    Recipient? Teacher,
    Guid? PersonId,
    IReadOnlyList<string> Subjects,
    bool Erased = false
)
{
    public About About(Guid? stageId = null) => new(CampaignId, null, stageId);

    public TeacherContact Forget() => this with { Teacher = null, PersonId = null, Erased = true };
}

public sealed class OfferDeclaredConsumer(Inbox inbox, Outgoing outgoing, Wake wake) : IConsumer<OfferDeclared>
{
    public async Task Consume(ConsumeContext<OfferDeclared> context)
    {
        var m = context.Message;
        await inbox.Once(
            context,
            async session =>
            {
                var campaign = await KnownCampaign.Of(session, m.CampaignId, context.CancellationToken);
                var known = await session.LoadAsync<TeacherContact>(m.OfferId, context.CancellationToken);
                if (known is { Erased: true })
                    return;

                var teacher = Recipient.Of(m.PersonId, m.TeacherName, m.Email, m.Phone, m.Language);
                var contact = new TeacherContact(m.OfferId, m.CampaignId, m.Version, teacher, teacher.PersonId, m.Subjects);
                if (known is null)
                    session.Insert(contact);
                else if (known.Version < m.Version)
                    session.Store(contact);
                else if (known.Teacher is null)
                    session.Store(known with { Teacher = teacher, PersonId = teacher.PersonId });
                var notice = new OfferNotice(m.What, m.OfferId, campaign.Name, [.. m.Subjects.Select(campaign.Subject)], m.At);
                outgoing.Add(session, [Delivery.Of(context.MessageId!.Value.ToString(), teacher, notice, contact.About(), m.At)]);
            },
            known: $"offer:{m.OfferId}"
        );
        wake.Ring();
    }
}

public sealed class OfferWithdrawnConsumer(Inbox inbox, Outgoing outgoing, Wake wake) : IConsumer<OfferWithdrawn>
{
    public async Task Consume(ConsumeContext<OfferWithdrawn> context)
    {
        var m = context.Message;
        await inbox.Once(
            context,
            async session =>
            {
                var campaign = await KnownCampaign.Of(session, m.CampaignId, context.CancellationToken);
                var known =
                    await session.LoadAsync<TeacherContact>(m.OfferId, context.CancellationToken)
                    ?? throw new NotYetKnown($"offer:{m.OfferId}");
                if (known.Version < m.Version)
                    session.Store(known with { Version = m.Version });
                if (known.Teacher is null)
                    return;
                var notice = new OfferNotice("withdrawn", m.OfferId, campaign.Name, [.. known.Subjects.Select(campaign.Subject)], m.At);
                outgoing.Add(session, [Delivery.Of(context.MessageId!.Value.ToString(), known.Teacher, notice, known.About(), m.At)]);
            }
        );
        wake.Ring();
    }
}
