using System.Globalization;
using Marten;
using Stages.Notifications.Campaigns;
using Stages.Notifications.Contacts;
using Stages.Notifications.Deliveries;
using Stages.Notifications.Letters;
using Stages.Notifications.Letters.Notices;
using Stages.Notifications.Timetables;
using Stages.ServiceDefaults;

namespace Stages.Notifications.Reminders;

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
            await journal.Write(session => Give(session, when, group, now, cancel), cancel);
            wake.Ring();
        }
    }

    private async ValueTask Give(IDocumentSession session, string when, Reminder[] reminders, DateTimeOffset now, CancellationToken cancel)
    {
        var stages = (await session.LoadManyAsync<KnownStage>(cancel, [.. reminders.Select(r => r.StageId).Distinct()])).ToDictionary(s =>
            s.Id
        );
        var contacts = (
            await session.LoadManyAsync<EnrolmentContact>(cancel, [.. stages.Values.SelectMany(s => s.Enrolments).Distinct()])
        ).ToDictionary(c => c.Id);
        var teachers = (
            await session.LoadManyAsync<TeacherContact>(cancel, [.. stages.Values.Select(s => s.OfferId).Distinct()])
        ).ToDictionary(t => t.Id);
        var campaigns = (
            await session.LoadManyAsync<KnownCampaign>(cancel, [.. reminders.Select(r => r.CampaignId).Distinct()])
        ).ToDictionary(c => c.Id);

        var attendances = new List<Attendance>();
        foreach (var reminder in reminders)
        {
            session.Delete(reminder);
            // Too late (the service was down), or moved since.
            if (reminder.StartsAt <= now || !stages.TryGetValue(reminder.StageId, out var stage))
                continue;
            if (
                stage.Modules.FirstOrDefault(m => m.ModuleId == reminder.ModuleId) is not { Cancelled: false } module
                || module.StartsAt != reminder.StartsAt
            )
                continue;
            attendances.AddRange(Attendances(stage, module, campaigns[stage.CampaignId], contacts, teachers));
        }
        outgoing.Add(session, Deliveries(when, attendances, now));
    }

    /// <summary>One person at one module.</summary>
    private sealed record Attendance(Recipient To, bool Teacher, About About, ReminderLine Line);

    private static IEnumerable<Attendance> Attendances(
        KnownStage stage,
        ModuleLine module,
        KnownCampaign campaign,
        IReadOnlyDictionary<Guid, EnrolmentContact> contacts,
        IReadOnlyDictionary<Guid, TeacherContact> teachers
    )
    {
        ReminderLine Line(IReadOnlyList<string> who) =>
            new(who, campaign.Subject(stage.Subject), stage.Levels, stage.TeacherFirstName, module);
        foreach (var member in Families.Of(stage.Enrolments.Where(contacts.ContainsKey), contacts, stage.Id))
            yield return new(member.To, false, member.About, Line([.. member.Pupils.Select(p => p.FirstName)]));
        if (teachers.TryGetValue(stage.OfferId, out var offer) && offer.Teacher is { } teacher)
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
