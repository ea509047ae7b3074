using Stages.Pairing.Explanations;

namespace Stages.Pairing.Search;

/// <summary>Improves the quality of a finished plan without touching its weight.</summary>
internal static class Finishing
{
    private const int StagesLooked = 300;

    /// <param name="plan">The plan to improve.</param>
    /// <param name="mayChange">Stages whose modules and group may change; approved ones and those of an earlier proposal may not.</param>
    /// <param name="cancel">Stops between two steps.</param>
    public static void Improve(Plan plan, Func<int, bool> mayChange, CancellationToken cancel)
    {
        // A pupil moved to another week, or a stage to other modules, may have made room for a group.
        do Once(plan, mayChange, cancel);
        while (Leftovers.Place(plan, cancel));
    }

    private static void Once(Plan plan, Func<int, bool> mayChange, CancellationToken cancel)
    {
        // No unplaced wish fits a free seat, and none waits for a group that could be: each that does is weight for nothing.
        Seating.FillFreeSeats(plan);
        Construction.OpenMore(plan, new Draw(0));
        if (cancel.IsCancellationRequested)
            return;
        MoveToPreferredWeeks(plan, mayChange);
        NameOneLevel(plan, mayChange);
        ChooseModules(plan, mayChange);
        Seating.FillFreeSeats(plan);
    }

    /// <summary>A pupil in a week they accept but do not prefer changes places with one who does not mind, or takes a free seat.</summary>
    private static void MoveToPreferredWeeks(Plan plan, Func<int, bool> mayChange)
    {
        var c = plan.C;
        for (var wish = 0; wish < c.Wishes; wish++)
        {
            var from = plan.StageOfWish[wish];
            if (from < 0 || Prefers(plan, wish, plan.StageWeek[from]) || !mayChange(from))
                continue;
            var looked = 0;
            foreach (var item in plan.OpenStages.Items(c.WishPool[wish]))
            {
                var to = item / 2;
                if (
                    !Prefers(plan, wish, plan.StageWeek[to])
                    || (plan.Modules[to] & ~plan.FreeSlotsWithout(wish, plan.StageWeek[to])) != 0
                    || !mayChange(to)
                )
                    continue;
                if (Move(plan, wish, from, to) || Exchange(plan, wish, from, to) || ++looked > StagesLooked)
                    break;
            }
        }
    }

    private static bool Move(Plan plan, int wish, int from, int to)
    {
        if (plan.Size[to] >= plan.GroupMax(to) || plan.Size[from] <= plan.C.GroupMin)
            return false;
        plan.Unseat(wish, null);
        plan.Seat(wish, to, null);
        return true;
    }

    private static bool Exchange(Plan plan, int wish, int from, int to)
    {
        var c = plan.C;
        var week = plan.StageWeek[from];
        var pupil = c.WishPupil[wish];
        foreach (var other in plan.Group(to))
        {
            var minds = Prefers(plan, other, plan.StageWeek[to]) && !Prefers(plan, other, week);
            if (
                minds
                || c.WishPupil[other] == pupil
                || !c.Combos[plan.ComboOf[from]].Takes(c.WishPool[other])
                || (plan.Modules[from] & ~plan.FreeSlotsWithout(other, week)) != 0
            )
                continue;
            plan.Unseat(wish, null);
            plan.Unseat(other, null);
            plan.Seat(wish, to, null);
            plan.Seat(other, from, null);
            return true;
        }

        return false;
    }

    /// <summary>A stage announced for two levels whose group is all of one is a stage of that one.</summary>
    private static void NameOneLevel(Plan plan, Func<int, bool> mayChange)
    {
        var c = plan.C;
        for (var s = 0; s < c.Stages; s++)
        {
            if (plan.Modules[s] == 0 || !mayChange(s) || !c.Combos[plan.ComboOf[s]].HasTwoLevels)
                continue;
            var pool = c.WishPool[plan.Group(s)[0]];
            var isOne = true;
            foreach (var wish in plan.Group(s))
                isOne &= c.WishPool[wish] == pool;
            if (isOne)
                plan.Reopen(s, c.SingleCombo(plan.StageOffer[s], pool), plan.Modules[s], null);
        }
    }

    /// <summary>
    /// Among the modules that teacher and whole group can follow, those that count most: four, then the teacher's preferred
    /// slots.
    /// </summary>
    private static void ChooseModules(Plan plan, Func<int, bool> mayChange)
    {
        var c = plan.C;
        for (var s = 0; s < c.Stages; s++)
        {
            if (plan.Modules[s] == 0 || !mayChange(s))
                continue;
            var week = plan.StageWeek[s];
            var common = plan.OfferFree(plan.StageOffer[s], week) | plan.Modules[s];
            foreach (var wish in plan.Group(s))
            {
                var pw = c.WishPupil[wish] * c.Weeks + week;
                common &= c.PupilSlots[pw] & (~plan.Busy[pw] | plan.Modules[s]);
            }

            var preferred = c.OfferPrefers[plan.StageOffer[s] * c.Weeks + week];
            var (best, most) = (plan.Modules[s], Worth(plan, s, plan.Modules[s], preferred));
            for (var size = c.Grid.ModulesMin; size <= c.Grid.ModulesMax; size++)
            {
                foreach (var modules in c.Grid.Enumerate(common, size))
                {
                    if (Worth(plan, s, modules, preferred) is var worth && worth > most)
                        (best, most) = (modules, worth);
                }
            }

            if (best != plan.Modules[s])
                plan.Shift(s, best);
        }
    }

    private static int Worth(Plan plan, int stage, ulong modules, ulong preferred) =>
        BitOperations.PopCount(modules & preferred) + (BitOperations.PopCount(modules) == QualityWorth.WholeStage ? plan.Size[stage] : 0);

    private static bool Prefers(Plan plan, int wish, int week) => plan.C.PupilPrefers[plan.C.WishPupil[wish] * plan.C.Weeks + week];
}
