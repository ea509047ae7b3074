namespace Stages.Pairing.Search;

/// <summary>The second objective, as the independent checker counts it.</summary>
internal static class Quality
{
    public static long Of(Plan plan)
    {
        var c = plan.C;
        var quality = 0L;
        for (var s = 0; s < c.Stages; s++)
        {
            if (plan.Modules[s] != 0)
                quality += plan.Quality(s);
        }

        for (var f = 0; f < c.Families.Length; f++)
        {
            quality += OfFamily(plan, f);
        }

        return quality;
    }

    /// <summary>
    /// No plan has more: every wish in a preferred week and in a whole stage, as many stages as groups could be, each at hours that its
    /// teacher prefers, and every family as it asked.
    /// </summary>
    public static long AtMost(Campaign c)
    {
        var whole = c.Grid.ModulesMax >= QualityWorth.WholeStage ? 1 : 0;
        var preferred = c.OfferPrefers.Length == 0 ? 0 : c.OfferPrefers.Max(BitOperations.PopCount);
        long most = c.Wishes / c.GroupMin * QualityWorth.PreferredSlot * Math.Min(preferred, c.Grid.ModulesMax);
        for (var wish = 0; wish < c.Wishes; wish++)
        {
            var weeks = c.PupilPrefers.AsSpan(c.WishPupil[wish] * c.Weeks, c.Weeks);
            most += whole + (weeks.Contains(true) ? QualityWorth.PreferredWeek : 0);
        }
        foreach (var rule in c.FamilyRule)
            most += rule switch
            {
                SiblingsRule.SameWeek => QualityWorth.SiblingsTogether,
                SiblingsRule.SameSlots => QualityWorth.SiblingsAtTheSameHours,
                _ => 0,
            };
        return most;
    }

    private static int OfFamily(Plan plan, int family) =>
        plan.C.FamilyRule[family] switch
        {
            SiblingsRule.SameWeek when Together(plan, family) => QualityWorth.SiblingsTogether,
            SiblingsRule.SameSlots when AtTheSameHours(plan, plan.C.Families[family]) => QualityWorth.SiblingsAtTheSameHours,
            _ => 0,
        };

    /// <summary>Every one has a place, and of any two the modules of one are among those of the other.</summary>
    private static bool AtTheSameHours(Plan plan, int[] family)
    {
        for (var i = 0; i < family.Length; i++)
        {
            if (plan.PlacedOf[family[i]] == 0)
                return false;
            for (var j = 0; j < i; j++)
            {
                var (here, there) = (true, true);
                for (var week = 0; week < plan.C.Weeks; week++)
                {
                    var (one, other) = (plan.OwnModules(family[i], week), plan.OwnModules(family[j], week));
                    (here, there) = (here && (one & ~other) == 0, there && (other & ~one) == 0);
                }

                if (!here && !there)
                    return false;
            }
        }

        return true;
    }

    /// <summary>Siblings are together when every one of them has a place and all their stages lie in one week.</summary>
    public static bool Together(Plan plan, int family)
    {
        var c = plan.C;
        var week = -1;
        foreach (var pupil in c.Families[family])
        {
            if (plan.PlacedOf[pupil] == 0)
                return false;
            for (var w = c.FirstWishOf[pupil]; w < c.FirstWishOf[pupil + 1]; w++)
            {
                if (plan.StageOfWish[w] < 0)
                    continue;
                var here = plan.StageWeek[plan.StageOfWish[w]];
                if (week >= 0 && week != here)
                    return false;
                week = here;
            }
        }

        return week >= 0;
    }
}
