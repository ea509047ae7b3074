using Stages.Notifications.Timetables;

namespace Stages.Notifications.Reminders;

/// <summary>
/// A reminder that is still to come; gone once it has been given. Its id follows from the module, so that a move replaces it.
/// </summary>
/// <param name="When"><c>day</c>: the evening before; <c>hour</c>: one hour before.</param>
/// <param name="Date">Local date of the module: the evening's reminders of one person are one message.</param>
public sealed record Reminder(
    Guid Id,
    string When,
    Guid StageId,
    Guid CampaignId,
    Guid ModuleId,
    DateOnly Date,
    DateTimeOffset StartsAt,
    DateTimeOffset DueAt
)
{
    public const string Day = "day";
    public const string Hour = "hour";

    /// <summary>Local time, on the day before, at which people are reminded of the next day.</summary>
    private static readonly TimeOnly Evening = new(17, 30);

    /// <summary>Plans anew the reminders of a stage; one whose time is already over is none, so a past campaign reminds nobody.</summary>
    public static Decision Replan(KnownStage? before, KnownStage after, DateTimeOffset now)
    {
        var planned = Of(after).Where(r => r.DueAt > now).ToList();
        var gone = (before?.Modules ?? [])
            .SelectMany(m => new[] { IdOf(m.ModuleId, Day), IdOf(m.ModuleId, Hour) })
            .Where(old => planned.All(r => r.Id != old));
        return gone.Aggregate(Decision.Nothing, (decision, old) => decision.AndDelete<Reminder>(old)).AndStore([.. planned]);
    }

    public static IEnumerable<Reminder> Of(KnownStage stage) =>
        stage
            .Modules.Where(m => !m.Cancelled)
            .SelectMany(m =>
                new[]
                {
                    New(stage, m, Day, TimeZones.Instant(stage.TimeZone, m.Date.AddDays(-1), Evening)),
                    New(stage, m, Hour, m.StartsAt.AddHours(-1)),
                }
            );

    private static Reminder New(KnownStage stage, ModuleLine m, string when, DateTimeOffset due) =>
        new(IdOf(m.ModuleId, when), when, stage.Id, stage.CampaignId, m.ModuleId, m.Date, m.StartsAt, due);

    private static Guid IdOf(Guid moduleId, string when) => Delivery.IdOf($"reminder/{when}/{moduleId}");
}
