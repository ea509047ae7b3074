using Stages.Pairing.Search;

namespace Stages.Pairing.Explanations;

/// <summary>
/// Forms what the explanations would otherwise tell a family: that a teacher is free and enough pupils wait. The search looks at
/// the best group of each teacher alone; where brothers and sisters who share a device make that one too small, another is left.
/// </summary>
internal static class Leftovers
{
    /// <summary>Opens group after group until none is possible, and fills their seats.</summary>
    /// <returns>Whether there was any.</returns>
    public static bool Place(Plan plan, CancellationToken cancel)
    {
        var any = false;
        while (!cancel.IsCancellationRequested && Next(plan) is { } group && Form(plan, group))
            any = true;
        if (any)
            Seating.FillFreeSeats(plan);
        return any;
    }

    private static PossibleGroup? Next(Plan plan)
    {
        Crowd?[] crowds = new Crowd?[plan.C.Pools];
        Crowd CrowdOf(int pool) => crowds[pool] ??= Crowd.Of(plan, pool);
        for (var pool = 0; pool < plan.C.Pools; pool++)
        {
            var spare = PossibleGroup.SpareOffers(plan, pool);
            if (spare.Length == 0)
                continue;
            foreach (var wish in Crowd.Waiting(plan, pool))
            {
                if (PossibleGroup.Find(plan, wish, pool, CrowdOf, spare) is { } found)
                    return found;
            }
        }

        return null;
    }

    private static bool Form(Plan plan, PossibleGroup group)
    {
        var weeks = plan.C.Weeks;
        var stage = plan.SpareStage(group.OfferWeek / weeks, group.OfferWeek % weeks);
        plan.Open(stage, group.Combo, group.Modules, null);
        foreach (var wish in group.Wishes.Where(wish => plan.Fits(wish, stage)))
            plan.Seat(wish, stage, null);
        if (plan.Size[stage] >= plan.C.GroupMin)
            return true;
        plan.Dissolve(stage, null);
        return false;
    }
}
