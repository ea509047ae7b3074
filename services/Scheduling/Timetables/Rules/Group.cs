using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Timetables.Rules;

/// <summary>How large a group is, and of which levels.</summary>
public static class Group
{
    public static readonly IReadOnlyList<Rule<Stage>> All =
    [
        new("levels-apart", IsOfOneLevelOrTwoAdjacent),
        new("group-too-small", IsAsLargeAsTheMinimum),
        new("group-too-large", IsNoLargerThanTheMaximum),
    ];

    /// <summary>The largest group of this teacher: what the campaign allows, or less if they say so.</summary>
    public static int Most(CampaignPlan plan, Offer? offer) => Most(plan, offer?.Terms.Limits);

    public static int Most(CampaignPlan plan, Limits? limits) => Math.Min(plan.Rules.GroupMax, limits?.GroupMax ?? plan.Rules.GroupMax);

    /// <summary>A group is of one level, or of two that the campaign lists as adjacent.</summary>
    private static IEnumerable<Breach> IsOfOneLevelOrTwoAdjacent(Stage stage, Surroundings around)
    {
        if (stage.Levels.Count == 1 || around.Plan.Rules.AdjacentLevels.Any(pair => pair.ToHashSet().SetEquals(stage.Levels)))
            yield break;
        var (fr, en) = Words.Levels(stage);
        yield return new($"{fr} ne forment pas un groupe dans cette campagne.", $"{en} share no group in this campaign.");
    }

    /// <summary>A group has at least as many pupils as the campaign says.</summary>
    private static IEnumerable<Breach> IsAsLargeAsTheMinimum(Stage stage, Surroundings around)
    {
        var (count, least) = (stage.Seats.Count, around.Plan.Rules.GroupMin);
        if (count < least)
            yield return new(
                $"Le groupe aurait {Count.Fr(count, "élève")} ; le minimum est {least}.",
                $"The group would have {Count.En(count, "pupil")}; the minimum is {least}."
            );
    }

    /// <summary>A group has at most as many pupils as the campaign and its teacher accept.</summary>
    private static IEnumerable<Breach> IsNoLargerThanTheMaximum(Stage stage, Surroundings around)
    {
        var (count, most) = (stage.Seats.Count, Most(around.Plan, around.Offer));
        if (count > most)
            yield return new(
                $"Le groupe aurait {Count.Fr(count, "élève")} ; le maximum est {most}.",
                $"The group would have {Count.En(count, "pupil")}; the maximum is {most}."
            );
    }
}
