namespace Stages.Pairing.Search;

/// <summary>Puts single wishes into stages that exist.</summary>
internal static class Seating
{
    /// <summary>Seats every unplaced wish that fits a free seat as things stand, the weightiest first.</summary>
    public static void FillFreeSeats(Plan plan)
    {
        var c = plan.C;
        var order = Enumerable
            .Range(0, c.Wishes)
            .Where(w => plan.StageOfWish[w] < 0)
            .OrderByDescending(w => plan.Gain(c.WishPupil[w]))
            .ToArray();
        // A second pass: a pupil's second wish may have been looked at before the first bound the pupil to a week.
        foreach (var wish in order.Concat(order))
        {
            if (plan.StageOfWish[wish] < 0)
                Insert(plan, wish, null);
        }
    }

    /// <summary>Seats the wish in the fullest stage with a free seat that it fits, a preferred week first.</summary>
    public static bool Insert(Plan plan, int wish, Journal? journal)
    {
        var c = plan.C;
        var pupil = c.WishPupil[wish];
        var (best, bestScore) = (-1, int.MinValue);
        foreach (var item in plan.FreeStages.Items(c.WishPool[wish]))
        {
            var stage = item / 2;
            if (!plan.Fits(wish, stage))
                continue;
            var score = (c.PupilPrefers[pupil * c.Weeks + plan.StageWeek[stage]] ? 1000 : 0) + plan.Size[stage];
            if (score > bestScore)
                (best, bestScore) = (stage, score);
        }

        if (best < 0)
            return false;
        plan.Seat(wish, best, journal);
        return true;
    }
}
