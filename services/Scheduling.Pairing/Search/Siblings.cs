namespace Stages.Pairing.Search;

/// <summary>The week that each pupil's brothers and sisters have, as it was when the round began.</summary>
/// <remarks>
/// Siblings are often of different levels, hence in the other thread's half: what it is doing at this moment must not be read.
/// </remarks>
internal sealed class Siblings(Campaign c)
{
    private const sbyte None = -1;

    private readonly sbyte[] weekOfOthers = NoWeeks(c.Pupils);

    /// <summary>Looks at every family anew; between rounds only.</summary>
    public void Refresh(Plan plan)
    {
        foreach (var family in c.Families)
        {
            foreach (var pupil in family)
                weekOfOthers[pupil] = (sbyte)WeekOfOthers(plan, family, pupil);
        }
    }

    /// <summary>What a place in that week is worth; half of it for each of two wishes, since siblings together count once.</summary>
    public int Points(int pupil, int week, int pointsOfQuality) =>
        weekOfOthers[pupil] == week
            ? QualityWorth.SiblingsTogether * pointsOfQuality / (c.FirstWishOf[pupil + 1] - c.FirstWishOf[pupil])
            : 0;

    private static int WeekOfOthers(Plan plan, int[] family, int pupil)
    {
        int week = None;
        foreach (var other in family)
        {
            if (other == pupil)
                continue;
            var here = plan.WeekOf(other);
            if (here < 0 || (week >= 0 && week != here))
                return None;
            week = here;
        }

        return week;
    }

    private static sbyte[] NoWeeks(int pupils)
    {
        var weeks = new sbyte[pupils];
        Array.Fill(weeks, None);
        return weeks;
    }
}
