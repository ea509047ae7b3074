using System.Globalization;
using Stages.Notifications.Timetables;

namespace Stages.Notifications.Reminders;

/// <summary>What is known here of the stages of which people are reminded.</summary>
public sealed record KnownPeople(
    IReadOnlyDictionary<Guid, KnownStage> Stages,
    IReadOnlyDictionary<Guid, EnrolmentContact> Contacts,
    IReadOnlyDictionary<Guid, TeacherContact> Teachers,
    IReadOnlyDictionary<Guid, KnownCampaign> Campaigns
);

/// <summary>
/// Every minute: gives the reminders that are due. Two copies at once write the same deliveries, whose ids follow from the module
/// or the day and the person, so nobody is reminded twice.
/// </summary>
public sealed class RemindPeople(Journal journal, IDocumentStore store, Outgoing outgoing, Wake wake, TimeProvider clock)
{
    /// <summary>Reminders of the last hour in one transaction.</summary>
    private const int AtOnce = 200;

    public async Task Run(CancellationToken cancel)
    {
        await Give(Reminder.Hour, cancel);
        await Give(Reminder.Day, cancel);
    }

    private async Task Give(string when, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var query = store.QuerySession();
        var due = await query.Query<Reminder>().Where(r => r.When == when && r.DueAt <= now).OrderBy(r => r.DueAt).ToListAsync(cancel);
        // All of one day's at once: the evening message of a person names every session of the next day.
        var groups = when == Reminder.Day ? due.GroupBy(r => (r.CampaignId, r.Date)).Select(g => g.ToArray()) : due.Chunk(AtOnce);
        foreach (var group in groups)
        {
            await journal.Decide(reading => Give(reading, when, group, now), cancel: cancel);
            wake.Ring();
        }
    }

    private async ValueTask<Decision> Give(Reading reading, string when, Reminder[] reminders, DateTimeOffset now)
    {
        await reading.Share(Erasure.Lock);
        var stages = await reading.LoadMany<KnownStage>(reminders.Select(r => r.StageId));
        var contacts = await reading.LoadMany<EnrolmentContact>(stages.SelectMany(s => s.Enrolments));
        var teachers = await reading.LoadMany<TeacherContact>(stages.Select(s => s.OfferId));
        var campaigns = await reading.LoadMany<KnownCampaign>(reminders.Select(r => r.CampaignId));
        var known = new KnownPeople(
            stages.ToDictionary(s => s.Id),
            contacts.ToDictionary(c => c.Id),
            teachers.ToDictionary(t => t.Id),
            campaigns.ToDictionary(c => c.Id)
        );
        return Done(reminders).And(await outgoing.Tell(reading, [.. Remind(when, reminders, known, now)]));
    }

    /// <summary>Given, too late or outdated: none of them is looked at again.</summary>
    public static Decision Done(IEnumerable<Reminder> reminders) =>
        Decision.All(reminders.Select(reminder => Decision.Nothing.AndDelete<Reminder>(reminder.Id)));

    /// <summary>
    /// Who is reminded of what: of nothing that has begun, because the service was down, and nothing that was moved since.
    /// </summary>
    public static IEnumerable<Delivery> Remind(string when, IEnumerable<Reminder> reminders, KnownPeople known, DateTimeOffset now)
    {
        var attendances = new List<Attendance>();
        foreach (var reminder in reminders)
            if (
                reminder.StartsAt > now
                && known.Stages.TryGetValue(reminder.StageId, out var stage)
                && stage.Modules.FirstOrDefault(m => m.ModuleId == reminder.ModuleId) is { Cancelled: false } module
                && module.StartsAt == reminder.StartsAt
            )
                attendances.AddRange(Attendances(stage, module, known));
        return Deliveries(when, attendances, now);
    }

    /// <summary>One person at one module.</summary>
    private sealed record Attendance(Recipient To, bool Teacher, About About, ReminderLine Line);

    private static IEnumerable<Attendance> Attendances(KnownStage stage, ModuleLine module, KnownPeople known)
    {
        ReminderLine Line(IReadOnlyList<string> who) =>
            new(who, known.Campaigns[stage.CampaignId].Subject(stage.Subject), stage.Levels, stage.TeacherFirstName, module);
        foreach (var member in Families.Of(stage.Enrolments.Where(known.Contacts.ContainsKey), known.Contacts, stage.Id))
            yield return new(member.To, false, member.About, Line([.. member.Pupils.Select(p => p.FirstName)]));
        if (!stage.TeacherGone && known.Teachers.TryGetValue(stage.OfferId, out var offer) && offer.Teacher is { } teacher)
            yield return new(teacher, true, offer.About(stage.Id), Line([]));
    }

    private static IEnumerable<Delivery> Deliveries(string when, List<Attendance> attendances, DateTimeOffset now) =>
        attendances
            .GroupBy(a => (a.To.Key, a.Teacher, Occasion: Occasion(when, a.Line.Module)))
            .Select(g =>
                Delivery.Of(
                    $"{when}/{g.First().About.CampaignId}/{g.Key.Occasion}/{(g.Key.Teacher ? "teacher" : "family")}",
                    g.First().To,
                    new ReminderNotice(when, g.Key.Teacher, [.. g.Select(a => a.Line).OrderBy(l => l.Module.StartsAt)]),
                    g.First().About,
                    now
                )
            );

    private static string Occasion(string when, ModuleLine module) =>
        when == Reminder.Day
            ? module.Date.ToString("O", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{module.ModuleId}/{module.StartsAt.UtcDateTime:O}");
}
