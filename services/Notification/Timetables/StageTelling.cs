using Stages.Notifications.Reminders;

namespace Stages.Notifications.Timetables;

/// <summary>The people behind a stage and its news, as far as they are known here.</summary>
/// <param name="Feeds">Secrets of the calendars of those to whom the stage is new.</param>
public sealed record StagePeople(
    IReadOnlyDictionary<Guid, EnrolmentContact> Families,
    IReadOnlyDictionary<Guid, TeacherContact> Teachers,
    IReadOnlyDictionary<Guid, string> Feeds
);

/// <summary>
/// Tells everybody concerned what became of a stage: keeps the stage, its reminders and the calendars of its people, and writes
/// the deliveries, all in the transaction of the message.
/// </summary>
public sealed class StageTelling(TimeProvider clock)
{
    /// <param name="m">A publication is a change of what was not there.</param>
    /// <param name="isNew">Whether the message is the stage's publication, for which nothing need be known of it.</param>
    public async ValueTask<Telling> Changed(Reading reading, StageChanged m, bool isNew, Cause cause)
    {
        var before = await reading.Load<KnownStage>(m.StageId);
        if (before is null && !isNew)
            return Decision.WaitsFor("stage", m.StageId);
        if (before?.Version >= m.Version)
            return Decision.Nothing;
        if (await reading.Load<KnownCampaign>(m.CampaignId) is not { } campaign)
            return Decision.WaitsFor("campaign", m.CampaignId);

        var now = clock.GetUtcNow();
        var after = KnownStage.After(before, m, now);
        var news = StageNews
            .Of(before, after)
            .Because((m.Gone ?? []).DistinctBy(g => g.EnrolmentId).ToDictionary(g => g.EnrolmentId, g => g.Why));
        // Of whom anything is told is told with it which of their other children attend.
        Guid[] concerned = news.Enrolments.Count == 0 ? [] : [.. news.Enrolments.Union(after.Enrolments)];
        var (families, teachers, wait) = await People(reading, concerned, news.Teachers(after), cause);
        if (wait is not null)
            return wait;
        var newcomers = Families.Of(news.Placed, families, m.StageId).Select(member => member.To);
        var newTeacher = news.NewTeacher is { } offer ? teachers[offer].Teacher : null;
        var (feeds, made) = await PersonalCalendars.For(reading, [.. newcomers, .. newTeacher is null ? [] : new[] { newTeacher }], now);
        IReadOnlyList<Delivery> told = after.IsLongOver(now)
            ? []
            : Tell(campaign, before, after, news, new StagePeople(families, teachers, feeds), cause);
        var asked = news.Placed.Select(e => families[e]).Where(c => c.Gave(after.Subject)).Select(c => c.Given(after.Subject)).ToArray();
        return new Telling(Keep(before, after, now).And(made).AndStore(asked), told);
    }

    public async ValueTask<Telling> Cancelled(Reading reading, StageCancelled m, Cause cause)
    {
        if (await reading.Load<KnownStage>(m.StageId) is not { } before)
            return Decision.WaitsFor("stage", m.StageId);
        if (before.Version >= m.Version || before.Cancelled)
            return Decision.Nothing;
        if (await reading.Load<KnownCampaign>(m.CampaignId) is not { } campaign)
            return Decision.WaitsFor("campaign", m.CampaignId);
        var (families, teachers, wait) = await People(reading, before.Enrolments, [before.OfferId], cause);
        if (wait is not null)
            return wait;
        var now = clock.GetUtcNow();
        var after = before.CancelledBy(m, now);
        var people = new StagePeople(families, teachers, new Dictionary<Guid, string>());
        return new Telling(Keep(before, after, now), before.IsLongOver(now) ? [] : TellCancelled(campaign, after, m, people, cause));
    }

    /// <summary>Who is told what of a stage that became another one.</summary>
    public static IReadOnlyList<Delivery> Tell(
        KnownCampaign campaign,
        KnownStage? before,
        KnownStage after,
        StageNews news,
        StagePeople people,
        Cause cause
    )
    {
        var facts = after.Facts(campaign);
        var told = new Told(cause);
        var attend = Families.Of(after.Enrolments.Where(people.Families.ContainsKey), people.Families, after.Id);
        foreach (var member in Families.Of(news.Enrolments, people.Families, after.Id))
        {
            var attending = attend.FirstOrDefault(a => a.To.Key == member.To.Key)?.Pupils ?? [];
            told.Add(member, new Membership(before, after, news, facts).Tell(member, attending, people.Feeds));
        }

        var about = new About(after.CampaignId, null, after.Id);
        if (news.NewTeacher is { } offer && people.Teachers[offer].Teacher is { } newTeacher)
            told.Add(
                newTeacher,
                about,
                new TimetableNotice(facts, after.Enrolments.Count, people.Feeds.GetValueOrDefault(newTeacher.PersonId))
            );
        if (news.FormerTeacher is { } former && people.Teachers[former].Teacher is { } replaced)
            told.Add(replaced, about, new StageOverNotice(news.OtherTeacher ? "replaced" : "teacher-gone", null, facts, null));
        if (news.TellsTeacher && people.Teachers[after.OfferId].Teacher is { } teacher)
            told.Add(
                teacher,
                about,
                new StageChangedNotice(null, facts, before!.Modules, false, news.OtherGroup ? after.Enrolments.Count : null)
            );
        return told.Deliveries;
    }

    /// <summary>Who is told that a stage does not take place.</summary>
    public static IReadOnlyList<Delivery> TellCancelled(
        KnownCampaign campaign,
        KnownStage after,
        StageCancelled m,
        StagePeople people,
        Cause cause
    )
    {
        var facts = after.Facts(campaign);
        var told = new Told(cause);
        var reason = Clean.Sentence(m.Reason);
        foreach (var member in Families.Of(after.Enrolments, people.Families, after.Id))
            told.Add(member, new StageOverNotice("cancelled", member.Pupils, facts, reason));
        if (!after.TeacherGone && people.Teachers[after.OfferId].Teacher is { } teacher)
            told.Add(teacher, new About(after.CampaignId, null, after.Id), new StageOverNotice("cancelled", null, facts, reason));
        return told.Deliveries;
    }

    private static Decision Keep(KnownStage? before, KnownStage after, DateTimeOffset now)
    {
        var kept = before is null ? Decision.Nothing.AndInsert(after) : Decision.Nothing.AndStore(after);
        return kept.And(Reminder.Replan(before, after, now)).And(AnswerReminder.Plan(before, after, now)).AndKnown("stage", after.Id);
    }

    private static async Task<(
        IReadOnlyDictionary<Guid, EnrolmentContact> Families,
        IReadOnlyDictionary<Guid, TeacherContact> Teachers,
        Decision? Wait
    )> People(Reading reading, IReadOnlyCollection<Guid> enrolments, IEnumerable<Guid> offers, Cause cause)
    {
        var (families, wait) = Families.Complete(enrolments, await Families.Known(reading, enrolments), cause);
        Guid[] wanted = [.. offers.Distinct()];
        var teachers = (await reading.LoadMany<TeacherContact>(wanted)).ToDictionary(t => t.Id);
        foreach (var offer in wanted.Where(offer => !teachers.ContainsKey(offer)))
            wait ??= Decision.WaitsFor("offer", offer);
        return (families, teachers, wait);
    }

    /// <summary>Deliveries of one message, with ids that follow from it.</summary>
    private sealed class Told(Cause cause)
    {
        public List<Delivery> Deliveries { get; } = [];

        public void Add(FamilyMember member, Notice notice) => Add(member.To, member.About, notice);

        public void Add(Recipient to, About about, Notice notice) => Deliveries.Add(Delivery.Of(cause.Name, to, notice, about, cause.At));
    }
}
