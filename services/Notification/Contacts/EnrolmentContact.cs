using Stages.Contracts.Enrolment;
using Stages.Notifications.Timetables;

namespace Stages.Notifications.Contacts;

/// <summary>
/// Whom to tell about one pupil's enrolment. After an erasure nothing of it is left but the id, so that later news finds nobody
/// to tell.
/// </summary>
/// <param name="Pupil">As letters and calendars name the child: by first name, with an initial where a sibling has the same.</param>
/// <param name="People">Accounts of the guardians and of whoever enrolled: what a feed and an export look for.</param>
/// <param name="ToldWaiting">Of which waiting wishes the family has been told.</param>
/// <param name="Standing">The enrolment as it stands, for who confirms an address later; null once it is withdrawn.</param>
/// <param name="Waiting">The wishes that wait, for the same.</param>
/// <param name="Declined">Subjects in which the family gave a place up: nobody who said no is written that they wait.</param>
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
    WaitingNotice? Waiting = null,
    IReadOnlyList<string>? Declined = null,
    string FirstName = "",
    string FamilyName = ""
)
{
    /// <summary>Whether the family gave a place in this subject up, and was offered no other since: a question that is answered.</summary>
    public bool Gave(string subject) => Declined?.Contains(subject, StringComparer.Ordinal) == true;

    public EnrolmentContact Given(string subject) => this with { Declined = [.. (Declined ?? []).Where(s => s != subject)] };

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
            async (reading, campaign, m, cause) =>
                Acknowledge(
                    await reading.Load<EnrolmentContact>(m.EnrolmentId),
                    campaign,
                    m,
                    cause,
                    await PlaceGivenUp.IsToldByItsStage(reading, m),
                    await Siblings.Of(reading, m)
                )
        );

    /// <param name="siblings">Other children of the family in the campaign; those who are not in a stage yet are named anew.</param>
    /// <param name="told">What becomes of a place will say it, with what it means to calendars: one message for one thing.</param>
    public static Telling Acknowledge(
        EnrolmentContact? known,
        KnownCampaign campaign,
        EnrolmentAcknowledged m,
        Cause cause,
        bool told = false,
        Siblings? siblings = null
    )
    {
        if (known is { Erased: true })
            return Decision.Nothing;
        var wishes = m.Wishes.OrderBy(w => w.Rank).Select(w => new WishLine(w.Rank, campaign.Subject(w.Subject))).ToList();
        siblings ??= Siblings.None;
        var contact = siblings.Name(ContactOf(m), known);
        var notice = new EnrolmentNotice(m.What, m.EnrolmentId, contact.Pupil, m.Level, campaign.Name, wishes, m.At);
        contact = contact with
        {
            ToldWaiting = known?.ToldWaiting,
            Declined = m.What == "declined" ? [.. (known?.Declined ?? []).Union(m.Wishes.Select(w => w.Subject))] : known?.Declined,
            Waiting = m.What is "withdrawn" or "merged-into" ? null : known?.Waiting,
            Standing = m.What switch
            {
                "withdrawn" or "merged-into" => null,
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
        var renamed = known?.Version >= m.Version ? [] : siblings.Renamed(contact);
        kept = kept.AndStore(renamed);
        return new Telling(kept.AndKnown("enrolment", m.EnrolmentId), told ? [] : contact.Tell(notice, cause, m.At), m.By);
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
            m.SchoolUai,
            FirstName: Clean.FirstName(m.PupilFirstName),
            FamilyName: Clean.Person(m.PupilLastName)
        );
    }
}

/// <summary>Forgets the addresses, what waits to be sent to them, and the traces of what was.</summary>
public sealed class EnrolmentErasedConsumer(Reception reception, ForgetId forget, TimeProvider clock) : IConsumer<EnrolmentErased>
{
    public async Task Consume(ConsumeContext<EnrolmentErased> context)
    {
        await reception.Forget(
            context,
            async (reading, m) =>
            {
                var known = await reading.Load<EnrolmentContact>(m.EnrolmentId);
                return Erase(known, m)
                    .And(await Erasure.Unnamed(reading, m.EnrolmentId, known?.Guardians ?? []))
                    .And(ForgetId.Owed(m.EnrolmentId, clock.GetUtcNow()));
            }
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
