namespace Stages.Pairing.Search;

/// <summary>A first plan: offers open their best stages in turn, those that can do the least first; then free seats are filled.</summary>
internal static class Construction
{
    public static void Build(Plan plan, int[]? appeal, Draw draw)
    {
        Open(plan, new StageFinder(plan) { Appeal = appeal }, draw);
        Seating.FillFreeSeats(plan);
    }

    /// <summary>Stages that teachers with time left can open for those who have no place.</summary>
    public static void OpenMore(Plan plan, Draw draw) => Open(plan, new StageFinder(plan), draw);

    private static void Open(Plan plan, StageFinder finder, Draw draw)
    {
        var c = plan.C;
        var order = Enumerable
            .Range(0, c.Offers * c.Weeks)
            .Where(ow => c.FirstStageOf[ow] < c.FirstStageOf[ow + 1])
            .OrderBy(ow => Flexibility(plan, ow / c.Weeks, ow % c.Weeks))
            .ToArray();
        for (var round = 0; round < c.Grid.Slots / c.Grid.ModulesMin; round++)
        {
            var opened = 0;
            foreach (var ow in order)
            {
                if (
                    plan.SpareStage(ow / c.Weeks, ow % c.Weeks) is >= 0 and var stage
                    && finder.Find(ow / c.Weeks, ow % c.Weeks, draw, out var found)
                )
                {
                    if (!finder.Open(stage, found, null))
                        plan.Dissolve(stage, null);
                    else
                        opened++;
                }
            }

            if (opened == 0)
                break;
        }
    }

    private static int Flexibility(Plan plan, int offer, int week)
    {
        var c = plan.C;
        return c.OfferCombos[offer].Length * BitOperations.PopCount(c.OfferSlots[offer * c.Weeks + week]);
    }
}
