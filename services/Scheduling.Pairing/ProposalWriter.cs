using Stages.Pairing.Search;

namespace Stages.Pairing;

/// <summary>Turns a plan's numbers back into names.</summary>
internal static class ProposalWriter
{
    public static Proposal Write(
        Plan plan,
        int seed,
        long bound,
        IReadOnlyList<UnplacedWish> unplaced,
        double seconds,
        IReadOnlyList<Change>? changes = null
    )
    {
        var c = plan.C;
        var weight = plan.Weight();
        var gap = bound == 0 ? 0 : Math.Round((bound - weight) / (double)bound, 6);
        var score = new Score(weight, bound, gap, Quality.Of(plan), plan.PlacedWishes(), c.Wishes);
        var stages = new List<ProposedStage>();
        for (var s = 0; s < c.Stages; s++)
        {
            if (plan.Modules[s] != 0)
                stages.Add(Stage(plan, s));
        }

        return new Proposal(seed, Math.Round(seconds, 3), score, stages, unplaced, changes);
    }

    public static ProposedStage Stage(Plan plan, int stage)
    {
        var c = plan.C;
        var combo = c.Combos[plan.ComboOf[stage]];
        return new ProposedStage(
            c.OfferOf[plan.StageOffer[stage]].Id,
            c.SubjectNames[combo.First / c.Levels],
            LevelsOf(c, combo),
            c.WeekNames[plan.StageWeek[stage]],
            Grid.SlotsOf(plan.Modules[stage]),
            [.. plan.Group(stage).ToArray().Order().Select(w => c.WishIds[w])],
            plan.Pinned[stage]
        );
    }

    public static string[] LevelsOf(Campaign c, Combo combo) =>
        combo.HasTwoLevels
            ? [c.LevelNames[combo.First % c.Levels], c.LevelNames[combo.Second % c.Levels]]
            : [c.LevelNames[combo.First % c.Levels]];
}
