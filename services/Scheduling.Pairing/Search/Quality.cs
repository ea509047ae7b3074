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
            if (Together(plan, f))
                quality += QualityWorth.SiblingsTogether;
        }

        return quality;
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
