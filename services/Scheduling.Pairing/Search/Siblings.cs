namespace Stages.Pairing.Search;

/// <summary>The week, or the hours, that each pupil's brothers and sisters have, as it was when the round began.</summary>
/// <remarks>
/// Siblings are often of different levels, hence in the other thread's half: what it is doing at this moment must not be read.
/// Families that ask for neither are no concern of the quality.
/// </remarks>
internal sealed class Siblings(Campaign c)
{
    private const sbyte None = -1;

    private readonly sbyte[] weekOfOthers = NoWeeks(c.Pupils);

    // Where a family asks for the same hours: those of the sibling who has the most. Elsewhere nothing.
    private readonly ulong[] hoursOfOthers = new ulong[c.Pupils];

    /// <summary>Looks at every family anew; between rounds only.</summary>
    public void Refresh(Plan plan)
    {
        for (var f = 0; f < c.Families.Length; f++)
        {
            if (c.FamilyRule[f] is not (SiblingsRule.SameWeek or SiblingsRule.SameSlots))
                continue;
            foreach (var pupil in c.Families[f])
            {
                var week = WeekOfOthers(plan, c.Families[f], pupil);
                weekOfOthers[pupil] = (sbyte)week;
                hoursOfOthers[pupil] =
                    week == None || c.FamilyRule[f] == SiblingsRule.SameWeek ? 0 : HoursOfOthers(plan, c.Families[f], pupil, week);
            }
        }
    }

    /// <summary>What a place in that week can be worth; half of it for each of two wishes, since siblings together count once.</summary>
    public int PointsOfWeek(int pupil, int week, int pointsOfQuality) =>
        weekOfOthers[pupil] == week ? Share(pupil, QualityWorth.SiblingsTogether * pointsOfQuality) : 0;

    /// <summary>What a place at these modules is worth.</summary>
    public int Points(int pupil, int week, ulong modules, int pointsOfQuality)
    {
        if (hoursOfOthers[pupil] == 0)
            return PointsOfWeek(pupil, week, pointsOfQuality);
        return IsWithOthers(pupil, week, modules) ? Share(pupil, QualityWorth.SiblingsAtTheSameHours * pointsOfQuality) : 0;
    }

    /// <summary>Whether these modules are at the hours that a sibling has whose family asks for the same.</summary>
    public bool IsWithOthers(int pupil, int week, ulong modules) =>
        hoursOfOthers[pupil] is not 0 and var hours && weekOfOthers[pupil] == week && ((modules & ~hours) == 0 || (hours & ~modules) == 0);

    private int Share(int pupil, int points) => points / (c.FirstWishOf[pupil + 1] - c.FirstWishOf[pupil]);

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

    private static ulong HoursOfOthers(Plan plan, int[] family, int pupil, int week)
    {
        var most = 0UL;
        foreach (var other in family)
        {
            var hours = other == pupil ? 0 : plan.OwnModules(other, week);
            if (BitOperations.PopCount(hours) > BitOperations.PopCount(most))
                most = hours;
        }

        return most;
    }

    private static sbyte[] NoWeeks(int pupils)
    {
        var weeks = new sbyte[pupils];
        Array.Fill(weeks, None);
        return weeks;
    }
}
