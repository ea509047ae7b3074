namespace Stages.Pairing.Search;

/// <summary>After an earlier proposal: where each wish was promised a place, and what it costs to move or lose it.</summary>
internal sealed class Loyalty
{
    private readonly Plan plan;
    private readonly int[] home;
    private readonly ulong[] modules;

    /// <param name="plan">The plan as the earlier proposal left it, without what no longer holds.</param>
    /// <param name="points">The price of a move in points of the search.</param>
    public Loyalty(Plan plan, int points)
    {
        this.plan = plan;
        Points = points;
        home = [.. plan.StageOfWish];
        modules = [.. plan.Modules];
    }

    public int Points { get; }

    /// <summary>Whether the wish was promised a place; such a one is not evicted for a higher priority.</summary>
    public bool WasPromised(int wish) => home[wish] >= 0;

    /// <summary>What a seat there is worth beyond its weight: staying in one's teacher's stage at the same modules.</summary>
    public int Bonus(int wish, int stage) =>
        home[wish] >= 0
        && plan.StageOffer[stage] == plan.StageOffer[home[wish]]
        && plan.StageWeek[stage] == plan.StageWeek[home[wish]]
        && plan.Modules[stage] == modules[home[wish]]
            ? Points
            : 0;
}
