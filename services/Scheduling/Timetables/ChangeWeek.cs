namespace Stages.Scheduling.Timetables;

/// <summary>The stage lies in another week, at the same slots unless its modules move as well.</summary>
public sealed record ChangeWeek(string Week) : StageChange
{
    public override Move On(Move move, Surroundings around, DateTimeOffset now) => move with { After = move.After with { Week = Week } };

    /// <summary>The week where the first of these modules lies, if it is one of the campaign's: dates say it without a label.</summary>
    public static string? Of(CampaignPlan plan, IReadOnlyList<ModuleForm>? modules) =>
        modules is { Count: > 0 } && modules[0].Date is { } date
            ? plan.Weeks.FirstOrDefault(w => date >= w.Monday && date < w.Monday.AddDays(SlotCode.Days))?.Label
            : null;
}
