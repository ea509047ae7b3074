using Stages.Contracts.Enrolment;

namespace Stages.Notifications.Contacts;

/// <summary>
/// Whom to tell about one pupil's enrolment. After an erasure nothing of it is left but the id, so that later news finds nobody
/// to tell.
/// </summary>
/// <param name="People">Accounts of the guardians and of whoever enrolled: what a feed and an export look for.</param>
/// <param name="ToldWaiting">Of which waiting wishes the family has been told.</param>
/// <param name="Standing">The enrolment as it stands, for who confirms an address later; null once it is withdrawn.</param>
/// <param name="Waiting">The wishes that wait, for the same.</param>
public sealed record EnrolmentContact(
    Guid Id,
    Guid CampaignId,
    long Version,
    string Pupil,
    IReadOnlyList<Recipient> Guardians,
    Guid[] People,
    string? SchoolUai,
    bool Erased = false,
    ToldWaiting? ToldWaiting = null,
    EnrolmentNotice? Standing = null,
    WaitingNotice? Waiting = null
)
{
    public static EnrolmentContact ErasedOne(Guid id, Guid campaignId, long version) =>
        new(id, campaignId, version, "", [], [], null, Erased: true);

    public PupilLine Line() => new(Id, Pupil);

    public About About(Guid? stageId = null) => new(CampaignId, Id, stageId, SchoolUai);

    /// <summary>Each guardian once, however many of them have the same address.</summary>
    public IReadOnlyList<Delivery> Tell(Notice notice, Cause cause, DateTimeOffset at, Guid? stageId = null) =>
        [.. Guardians.DistinctBy(g => g.Key).Select(g => Delivery.Of(cause.Name, g, notice, About(stageId), at))];

    public EnrolmentContact Without(Guid person)
    {
        var left = Guardians.Where(g => !Is(person, g)).ToList();
        return left.Count == 0 ? ErasedOne(Id, CampaignId, Version) : this with { Guardians = left, People = Accounts(left) };
    }

    /// <summary>Whether the account is this guardian's, by either address.</summary>
    public static bool Is(Guid person, Recipient guardian) =>
        guardian.PersonId == person || (guardian.Phone is not null && PersonId.FromPhone(guardian.Phone) == person);

    /// <summary>A guardian may sign in with the e-mail address or with the phone.</summary>
    public static Guid[] Accounts(IEnumerable<Recipient> guardians) =>
        [.. guardians.SelectMany(g => new[] { g.PersonId, g.Phone is { } phone ? PersonId.FromPhone(phone) : g.PersonId }).Distinct()];
}

/// <param name="Version">Of the message that named them.</param>
public sealed record ToldWaiting(long Version, IReadOnlyList<string> Subjects);

/// <summary>
/// Keeps the addresses and acknowledges. Every message is acknowledged to those whom it names, even one that comes late; the
/// addresses kept are those of the newest version.
/// </summary>
public sealed class EnrolmentAcknowledgedConsumer(Reception reception) : IConsumer<EnrolmentAcknowledged>
{
    public Task Consume(ConsumeContext<EnrolmentAcknowledged> context) =>
        reception.Take(
            context,
            context.Message.CampaignId,
            async (reading, campaign, m, cause) => Acknowledge(await reading.Load<EnrolmentContact>(m.EnrolmentId), campaign, m, cause)
        );

    public static Telling Acknowledge(EnrolmentContact? known, KnownCampaign campaign, EnrolmentAcknowledged m, Cause cause)
    {
        if (known is { Erased: true })
            return Decision.Nothing;
        var wishes = m.Wishes.OrderBy(w => w.Rank).Select(w => new WishLine(w.Rank, campaign.Subject(w.Subject))).ToList();
        var contact = ContactOf(m);
        var notice = new EnrolmentNotice(m.What, m.EnrolmentId, contact.Pupil, m.Level, campaign.Name, wishes, m.At);
        contact = contact with
        {
            ToldWaiting = known?.ToldWaiting,
            Waiting = m.What == "withdrawn" ? null : known?.Waiting,
            Standing = m.What switch
            {
                "withdrawn" => null,
                // It names the one wish whose place was given up.
                "declined" => known?.Standing,
                _ => notice,
            },
        };
        // Inserted when new: two messages of one enrolment at once meet on the key, and one of them is tried again.
        var kept =
            known is null ? Decision.Nothing.AndInsert(contact)
            : known.Version < m.Version ? Decision.Nothing.AndStore(contact)
            : Decision.Nothing;
        return new Telling(kept.AndKnown("enrolment", m.EnrolmentId), contact.Tell(notice, cause, m.At), m.By);
    }

    private static EnrolmentContact ContactOf(EnrolmentAcknowledged m)
    {
        var guardians = m.Guardians.Select(g => Recipient.Of(g.PersonId, g.Name, g.Email, g.Phone, g.Language)).ToList();
        return new EnrolmentContact(
            m.EnrolmentId,
            m.CampaignId,
            m.Version,
            Clean.FirstName(m.PupilFirstName),
            guardians,
            [.. EnrolmentContact.Accounts(guardians).Union(m.Accounts ?? [])],
            m.SchoolUai
        );
    }
}

/// <summary>Forgets the addresses, what waits to be sent to them, and the traces of what was.</summary>
public sealed class EnrolmentErasedConsumer(Reception reception, ForgetId forget, TimeProvider clock) : IConsumer<EnrolmentErased>
{
    public async Task Consume(ConsumeContext<EnrolmentErased> context)
    {
        await reception.Take(
            context,
            async (reading, m, _) =>
                Erase(await reading.Load<EnrolmentContact>(m.EnrolmentId), m).And(ForgetId.Owed(m.EnrolmentId, clock.GetUtcNow()))
        );
        await forget.Soon(context.Message.EnrolmentId, context.CancellationToken);
    }

    public static Decision Erase(EnrolmentContact? known, EnrolmentErased m)
    {
        var erased = EnrolmentContact.ErasedOne(m.EnrolmentId, m.CampaignId, m.Version);
        return (known is null ? Decision.Nothing.AndInsert(erased) : Decision.Nothing.AndStore(erased))
            .AndSql($"delete from {DeliveryTable.Name} where enrolment_id = ?", m.EnrolmentId)
            .AndKnown("enrolment", m.EnrolmentId);
    }
}
