using Stages.Notifications.Timetables;

namespace Stages.Notifications.Reminders;

/// <summary>That a family is to be reminded of a place that it must answer; gone once it has been.</summary>
/// <param name="Before">The deadline as it was told: a place that is asked anew is another question.</param>
public sealed record AnswerReminder(Guid Id, Guid StageId, Guid CampaignId, Guid EnrolmentId, DateTimeOffset Before, DateTimeOffset DueAt)
{
    /// <summary>A day before the deadline, or half way where there is less time than two days.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromDays(1);

    /// <summary>Where there is less time than this, the place itself was told a moment ago.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(2);

    /// <summary>Those of the places that are asked since the last change.</summary>
    public static Decision Plan(KnownStage? before, KnownStage after, DateTimeOffset now) =>
        Decision.Nothing.AndStore([
            .. (after.Answers ?? []).Except(before?.Answers ?? []).Where(a => a.Before - now >= Shortest).Select(a => Of(after, a, now)),
        ]);

    private static AnswerReminder Of(KnownStage stage, AnswerDue due, DateTimeOffset now)
    {
        var half = (due.Before - now) / 2;
        var id = Delivery.IdOf($"reminder/answer/{stage.Id}/{due.EnrolmentId}/{due.Before.UtcTicks}");
        return new(id, stage.Id, stage.CampaignId, due.EnrolmentId, due.Before, due.Before - (half < Lead ? half : Lead));
    }
}
