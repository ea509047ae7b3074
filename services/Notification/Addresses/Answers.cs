using Stages.Notifications.Timetables;

namespace Stages.Notifications.Addresses;

/// <summary>What follows when the reader of an address answers, or signs in with it.</summary>
public static class Answers
{
    /// <summary>Why a delivery to somebody who said no cannot go.</summary>
    public const string NotTheirs = "not-theirs";

    private static readonly TimeSpan Often = TimeSpan.FromDays(30);

    /// <param name="present">How things stand for this person now, in place of all that waited.</param>
    public static Decision Confirm(KnownAddress known, Decision present, DateTimeOffset now) =>
        known.IsConfirmed
            ? Decision.Nothing
            : Decision
                .Nothing.AndStore(known.Become(KnownAddress.Confirmed, now))
                .AndSql(
                    $"""
                    delete from {DeliveryTable.Name}
                    where recipient_hash = ?
                      and (status = '{Statuses.Held}' or (status = '{Statuses.Unsent}' and last_error = '{NotTheirs}'))
                    """,
                    known.Trace
                )
                .And(present);

    /// <summary>Whoever signs in now and then need never be asked again.</summary>
    public static Decision Seen(KnownAddress known, DateTimeOffset now) =>
        now - known.Touched < Often ? Decision.Nothing : Decision.Nothing.AndStore(known with { Touched = now });

    /// <summary>What waited is listed to the coordinators as not to be delivered; what was on its way is stopped.</summary>
    public static Decision Refuse(KnownAddress known, DateTimeOffset now) =>
        known.State == KnownAddress.Refused
            ? Decision.Nothing
            : Decision
                .Nothing.AndStore(known.Become(KnownAddress.Refused, now))
                .AndSql(
                    $"""
                    update {DeliveryTable.Name} set status = '{Statuses.Unsent}', last_error = '{NotTheirs}', address = null,
                      phone = case when channel = '{Channels.Mail}' then phone end
                    where recipient_hash = ? and kind not in ('{SignInNotice.Name}', '{ConfirmAddressNotice.Name}')
                      and status in ('{Statuses.Held}', '{Statuses.Pending}', '{Statuses.Failed}', '{Statuses.Abandoned}')
                    """,
                    known.Trace
                )
                .AndSql(CallBack, known.Trace);

    /// <summary>
    /// The question that is answered is not asked again, and nobody is called about it. One that is at the mail server in this moment
    /// may still be noted as sent.
    /// </summary>
    private const string CallBack = $"""
        update {DeliveryTable.Name} set status = '{Statuses.Abandoned}', last_error = '{NotTheirs}', address = null, phone = null,
          notice = null
        where recipient_hash = ? and kind = '{ConfirmAddressNotice.Name}' and status = '{Statuses.Pending}'
        """;
}

/// <summary>All that this service knows of the people whose address this is.</summary>
public sealed record Situation(
    IReadOnlyList<EnrolmentContact> Enrolments,
    IReadOnlyList<TeacherContact> Offers,
    IReadOnlyList<KnownStage> Stages,
    IReadOnlyDictionary<Guid, KnownCampaign> Campaigns,
    IReadOnlyDictionary<Guid, string> Feeds
)
{
    /// <summary>
    /// Of those who are written to there, and of those whose mail came back: for them something waits at this number.
    /// </summary>
    /// <returns>With the feeds that had to be made.</returns>
    public static async Task<(Situation All, Decision Made)> Of(KnownAddress known, Reading reading, DateTimeOffset now)
    {
        await reading.Share(Erasure.Lock);
        var address = known.Id;
        var here = await WaitingAt(known, reading);
        Guid?[] accounts = [address, .. here];
        var contacts = await reading.Query<EnrolmentContact>().Where(c => c.People.Contains(address)).ToListAsync(reading.Cancel);
        var enrolments = contacts
            .Where(c => !c.Erased)
            .Select(c => c with { Guardians = [.. c.Guardians.Select(g => At(address, here, g))] })
            .Where(c => c.Guardians.Any(g => g.AddressId == address))
            .ToList();
        var teachers = await reading.Query<TeacherContact>().Where(t => t.PersonId.IsOneOf(accounts)).ToListAsync(reading.Cancel);
        var offers = teachers
            .Select(o => o with { Teacher = o.Teacher is { } t ? At(address, here, t) : null })
            .Where(o => o.PersonId == address || o.Teacher?.AddressId == address)
            .ToList();
        var stages = new List<KnownStage>();
        foreach (var id in enrolments.Select(e => e.Id).Concat(offers.Select(o => o.Id)))
            stages.AddRange(await reading.Documents.Query<KnownStage>().Where(s => s.Attending.Contains(id)).ToListAsync(reading.Cancel));
        var campaigns = await reading.LoadMany<KnownCampaign>(
            enrolments.Select(e => e.CampaignId).Concat(offers.Select(o => o.CampaignId)).Concat(stages.Select(s => s.CampaignId))
        );
        Recipient[] people =
        [
            .. enrolments.SelectMany(e => e.Guardians).Where(g => g.AddressId == address),
            .. offers.Select(o => o.Teacher).OfType<Recipient>(),
        ];
        var (feeds, made) = await PersonalCalendars.For(reading, people, now);
        return (new Situation(enrolments, [.. offers], [.. stages.DistinctBy(s => s.Id)], campaigns.ToDictionary(c => c.Id), feeds), made);
    }

    private static Task<IReadOnlyList<Guid>> WaitingAt(KnownAddress known, Reading reading) =>
        reading.Documents.AdvancedSql.QueryAsync<Guid>(
            $"select distinct person_id from {DeliveryTable.Name} where recipient_hash = ? and status = '{Statuses.Held}'",
            reading.Cancel,
            [known.Trace]
        );

    /// <summary>The person as they are told there: by the number, where it is that one and something waits at it for them.</summary>
    private static Recipient At(Guid address, IReadOnlyList<Guid> here, Recipient to) =>
        to.AddressId != address && to with { Email = null } is var byPhone && byPhone.AddressId == address && here.Contains(to.PersonId)
            ? byPhone
            : to;

    /// <summary>
    /// How things stand, as if each of them happened now: one letter for each enrolment or offer that stands, one for each stage that is
    /// still to come, one for what waits. Nothing of what has come and gone.
    /// </summary>
    public IReadOnlyList<Delivery> Tell(Guid address, string cause, DateTimeOffset now)
    {
        var told = new List<Delivery>();
        var known = Enrolments.ToDictionary(e => e.Id);
        var coming = Stages.Where(s => !s.Cancelled && s.Modules.Any(m => !m.Cancelled && m.StartsAt > now)).ToList();
        foreach (var enrolment in Enrolments)
        {
            var to = enrolment.Guardians.First(g => g.AddressId == address);
            if (enrolment.Standing is { } standing)
                Add(to, enrolment.About(), standing with { What = "submitted" }, enrolment.Id);
            if (enrolment.Waiting is { Wishes.Count: > 0 } waiting)
                Add(to, enrolment.About(), waiting, enrolment.Id);
        }
        foreach (var offer in Offers.Where(o => o is { Withdrawn: false, Teacher: not null }))
            Add(offer.Teacher!, offer.About(), Standing(offer, now), offer.Id);
        foreach (var stage in coming)
        {
            var facts = stage.Facts(Campaigns[stage.CampaignId]);
            foreach (var member in Families.Of(stage.Enrolments.Where(known.ContainsKey), known, stage.Id))
                if (member.To.AddressId == address)
                    Add(
                        member.To,
                        member.About,
                        new PlaceNotice(
                            member.Pupils,
                            facts,
                            Feeds.GetValueOrDefault(member.To.PersonId),
                            Until: facts.Until(stage.AnswerBefore(member.Pupils.Select(p => p.EnrolmentId)))
                        ),
                        stage.Id
                    );
            if (!stage.TeacherGone && Offers.FirstOrDefault(o => o.Id == stage.OfferId) is { Teacher: { } teacher } own)
                Add(
                    teacher,
                    own.About(stage.Id),
                    new TimetableNotice(facts, stage.Enrolments.Count, Feeds.GetValueOrDefault(teacher.PersonId)),
                    stage.Id
                );
        }
        return told;

        void Add(Recipient to, About about, Notice notice, Guid of) => told.Add(Delivery.Of($"{cause}/{of}", to, notice, about, now));
    }

    private Notice Standing(TeacherContact offer, DateTimeOffset now)
    {
        var campaign = Campaigns[offer.CampaignId];
        return offer.Answered is { Accepted: false } refused
            ? refused
            : new OfferNotice(
                "declared",
                offer.Id,
                campaign.Name,
                [.. offer.Subjects.Select(campaign.Subject)],
                now,
                offer.Waiting && offer.Answered is null
            );
    }
}
