using Stages.Notifications.Timetables;

namespace Stages.Notifications.Reminders;

/// <summary>Every minute: reminds families whose place is about to lapse. What was answered or taken back since is no reminder.</summary>
public sealed class RemindOfAnswers(Journal journal, IDocumentStore store, Outgoing outgoing, Wake wake, TimeProvider clock)
{
    private const int AtOnce = 200;

    public async Task Run(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var query = store.QuerySession();
        var due = await query.Query<AnswerReminder>().Where(r => r.DueAt <= now).OrderBy(r => r.DueAt).Take(AtOnce).ToListAsync(cancel);
        if (due.Count == 0)
            return;
        await journal.Decide(reading => Give(reading, due, now), cancel: cancel);
        wake.Ring();
    }

    private async ValueTask<Decision> Give(Reading reading, IReadOnlyList<AnswerReminder> due, DateTimeOffset now)
    {
        await reading.Share(Erasure.Lock);
        var stages = (await reading.LoadMany<KnownStage>(due.Select(r => r.StageId))).ToDictionary(s => s.Id);
        var contacts = (await reading.LoadMany<EnrolmentContact>(due.Select(r => r.EnrolmentId))).ToDictionary(c => c.Id);
        var campaigns = (await reading.LoadMany<KnownCampaign>(due.Select(r => r.CampaignId))).ToDictionary(c => c.Id);
        var told = due.SelectMany(r =>
            stages.GetValueOrDefault(r.StageId) is { } stage && contacts.GetValueOrDefault(r.EnrolmentId) is { } contact
                ? Remind(r, stage, contact, campaigns[r.CampaignId], now)
                : []
        );
        return Decision.All(due.Select(r => Decision.Nothing.AndDelete<AnswerReminder>(r.Id))).And(await outgoing.Tell(reading, [.. told]));
    }

    /// <summary>Each guardian, while the very question is still open.</summary>
    public static IEnumerable<Delivery> Remind(
        AnswerReminder reminder,
        KnownStage stage,
        EnrolmentContact contact,
        KnownCampaign campaign,
        DateTimeOffset now
    )
    {
        if (
            stage.Cancelled
            || reminder.Before <= now
            || stage.Answers?.Contains(new AnswerDue(reminder.EnrolmentId, reminder.Before)) != true
        )
            return [];
        var facts = stage.Facts(campaign);
        return contact
            .Guardians.DistinctBy(g => g.Key)
            .Select(to =>
                Delivery.Of(
                    reminder.Id.ToString(),
                    to,
                    new AnswerNotice([contact.Line()], facts, facts.Until(reminder.Before)!),
                    contact.About(stage.Id),
                    now
                )
            );
    }
}
