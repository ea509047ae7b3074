using Stages.Pairing.Search;

namespace Stages.Pairing.Explanations;

/// <summary>A group that could be formed of those who wait, with a teacher who has time left.</summary>
/// <param name="OfferWeek">Offer × weeks + week.</param>
/// <param name="Combo">The level taught, or the two that the teacher may join.</param>
/// <param name="Modules">When it would meet.</param>
/// <param name="Wishes">As many as a group needs at least.</param>
internal sealed record PossibleGroup(int OfferWeek, int Combo, ulong Modules, IReadOnlyList<int> Wishes)
{
    /// <summary>The first that has this wish in it; null when there is none.</summary>
    /// <param name="crowdOf">Who waits, by pool.</param>
    /// <param name="spare">Offers × weeks + week that could still open a stage.</param>
    public static PossibleGroup? Find(Plan plan, int wish, int pool, Func<int, Crowd> crowdOf, int[] spare)
    {
        foreach (var offerWeek in spare)
        {
            if (OfOffer(plan, wish, pool, crowdOf, offerWeek) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>Offers × weeks + week that could still open a stage for this pool.</summary>
    public static int[] SpareOffers(Plan plan, int pool)
    {
        var c = plan.C;
        var found = new List<int>();
        foreach (var o in c.OffersOfPool[pool])
        {
            for (var k = 0; k < c.Weeks; k++)
            {
                if (plan.SpareStage(o, k) >= 0 && c.Grid.HoldsStage(plan.OfferFree(o, k)))
                    found.Add(o * c.Weeks + k);
            }
        }

        return [.. found];
    }

    private static PossibleGroup? OfOffer(Plan plan, int wish, int pool, Func<int, Crowd> crowdOf, int offerWeek)
    {
        var c = plan.C;
        var (offer, week) = (offerWeek / c.Weeks, offerWeek % c.Weeks);
        var free = plan.OfferFree(offer, week) & plan.FreeSlots(c.WishPupil[wish], week);
        foreach (var number in c.OfferCombos[offer].Where(i => c.Combos[i].Takes(pool)))
        {
            var combo = c.Combos[number];
            var (first, second) = (crowdOf(combo.First), combo.HasTwoLevels ? crowdOf(combo.Second) : null);
            for (var p = 0; p < c.Grid.Patterns.Length; p++)
            {
                var modules = c.Grid.Patterns[p];
                if ((modules & ~free) != 0 || first.Size(week, p) + (second?.Size(week, p) ?? 0) < c.GroupMin)
                    continue;
                var group = first.Group(wish, week, modules, c.GroupMin);
                second?.Join(group, week, modules, c.GroupMin);
                if (group.Count >= c.GroupMin)
                    return new PossibleGroup(offerWeek, number, modules, group);
            }
        }

        return null;
    }
}
