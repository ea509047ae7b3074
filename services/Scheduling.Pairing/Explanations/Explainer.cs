using Stages.Pairing.Search;

namespace Stages.Pairing.Explanations;

/// <summary>Says of every unplaced wish why it has no place in the final plan, and what would give it one.</summary>
internal sealed class Explainer
{
    private const int OffersLooked = 12;

    private readonly Plan plan;
    private readonly Campaign c;
    private readonly int[] number;
    private readonly Lazy<Crowd>[] crowds;

    private Explainer(Plan plan)
    {
        (this.plan, c) = (plan, plan.C);
        number = StageNumbers(plan);
        crowds = [.. Enumerable.Range(0, c.Pools).Select(pool => new Lazy<Crowd>(() => Crowd.Of(plan, pool)))];
    }

    public static IReadOnlyList<UnplacedWish> Explain(Plan plan)
    {
        var explainer = new Explainer(plan);
        var byPool = new List<(int Wish, UnplacedWish Text)>[plan.C.Pools];
        Parallel.For(0, plan.C.Pools, new ParallelOptions { MaxDegreeOfParallelism = 2 }, pool => byPool[pool] = explainer.Pool(pool));
        return [.. byPool.SelectMany(x => x).OrderBy(x => x.Wish).Select(x => x.Text)];
    }

    /// <summary>The number that each open stage has in the proposal.</summary>
    public static int[] StageNumbers(Plan plan)
    {
        var numbers = new int[plan.C.Stages];
        var next = 0;
        for (var s = 0; s < numbers.Length; s++)
            numbers[s] = plan.Modules[s] == 0 ? -1 : next++;
        return numbers;
    }

    private List<(int Wish, UnplacedWish Text)> Pool(int pool)
    {
        var unplaced = Crowd.Waiting(plan, pool);
        var found = new List<(int, UnplacedWish)>(unplaced.Length);
        if (unplaced.Length == 0)
            return found;
        var crowd = crowds[pool].Value;
        var spare = PossibleGroup.SpareOffers(plan, pool);
        foreach (var wish in unplaced)
        {
            var (reason, text) = Reasons.Of(plan, wish, pool, p => crowds[p].Value, spare);
            found.Add((wish, new UnplacedWish(c.WishIds[wish], reason, text, Remedies(wish, pool, crowd, spare))));
        }

        return found;
    }

    private List<Remedy> Remedies(int wish, int pool, Crowd crowd, int[] spare)
    {
        var remedies = new List<Remedy>(2);
        if (FullStage(wish, pool) is >= 0 and var full)
            remedies.Add(new Remedy.Seat(number[full]));
        if (NearestFreeSeat(wish, pool) is { } near)
            remedies.Add(near);
        if (GroupInWaiting(wish, pool, crowd, spare) is { } waiting)
            remedies.Add(waiting);
        if (VolunteerGroup(wish, pool, crowd) is { } volunteer)
            remedies.Add(volunteer);
        return remedies;
    }

    /// <summary>One more seat: a full stage that the pupil could attend, in a preferred week if there is one.</summary>
    private int FullStage(int wish, int pool)
    {
        var found = -1;
        foreach (var item in plan.OpenStages.Items(pool))
        {
            var stage = item / 2;
            if (plan.Size[stage] < plan.GroupMax(stage) || !plan.Fits(wish, stage))
                continue;
            if (c.PupilPrefers[c.WishPupil[wish] * c.Weeks + plan.StageWeek[stage]])
                return stage;
            found = stage;
        }

        return found;
    }

    /// <summary>Further slots: the stage with a free seat for which the pupil, in a week they accept, lacks the fewest slots.</summary>
    private Remedy.PupilSlots? NearestFreeSeat(int wish, int pool)
    {
        var pupil = c.WishPupil[wish];
        var (best, fewest) = (-1, int.MaxValue);
        foreach (var item in plan.FreeStages.Items(pool))
        {
            var stage = item / 2;
            var week = plan.StageWeek[stage];
            if (
                !c.PupilOf[pupil].Weeks.ContainsKey(c.WeekNames[week])
                || (c.SingleWeek && plan.WeekOf(pupil) is >= 0 and var own && own != week)
                || (plan.Busy[pupil * c.Weeks + week] & plan.Modules[stage]) != 0
            )
                continue;
            var lacking = BitOperations.PopCount(plan.Modules[stage] & ~c.PupilSlots[pupil * c.Weeks + week]);
            // Who could come already lacks nothing that the family could give.
            if (lacking == 0)
                continue;
            if (lacking < fewest || (lacking == fewest && stage < best))
                (best, fewest) = (stage, lacking);
        }

        return best < 0
            ? null
            : new Remedy.PupilSlots(
                number[best],
                c.WeekNames[plan.StageWeek[best]],
                Grid.SlotsOf(plan.Modules[best] & ~c.PupilSlots[pupil * c.Weeks + plan.StageWeek[best]])
            );
    }

    /// <summary>
    /// More pupils: a teacher with time left, and the modules at which the most of those waiting could meet, still too few.
    /// </summary>
    private Remedy.Pupils? GroupInWaiting(int wish, int pool, Crowd crowd, int[] spare)
    {
        var pupil = c.WishPupil[wish];
        var (bestOffer, bestPattern, most, looked) = (-1, -1, -1, 0);
        foreach (var ow in spare)
        {
            var week = ow % c.Weeks;
            var free = plan.OfferFree(ow / c.Weeks, week) & plan.FreeSlots(pupil, week);
            if (!c.Grid.HoldsStage(free))
                continue;
            for (var p = 0; p < c.Grid.Patterns.Length; p++)
            {
                var size = crowd.Size(week, p);
                if (size > most && size < c.GroupMin && (c.Grid.Patterns[p] & ~free) == 0)
                    (bestOffer, bestPattern, most) = (ow, p, size);
            }

            if (most == c.GroupMin - 1 || ++looked >= OffersLooked)
                break;
        }

        if (bestOffer < 0)
            return null;
        var modules = c.Grid.Patterns[bestPattern];
        var group = crowd.Group(wish, bestOffer % c.Weeks, modules, c.GroupMin);
        return new Remedy.Pupils(
            c.OfferOf[bestOffer / c.Weeks].Id,
            c.SubjectNames[pool / c.Levels],
            [c.LevelNames[pool % c.Levels]],
            c.WeekNames[bestOffer % c.Weeks],
            Grid.SlotsOf(modules),
            [.. group.Select(w => c.WishIds[w])],
            c.GroupMin - group.Count
        );
    }

    /// <summary>A volunteer: the modules at which this pupil and the most of those waiting could meet, enough for a group.</summary>
    private Remedy.Volunteer? VolunteerGroup(int wish, int pool, Crowd crowd)
    {
        var pupil = c.WishPupil[wish];
        var (bestWeek, bestPattern, most) = (-1, -1, c.GroupMin - 1);
        for (var k = 0; k < c.Weeks; k++)
        {
            var free = plan.FreeSlots(pupil, k);
            for (var p = 0; free != 0 && p < c.Grid.Patterns.Length; p++)
            {
                if (crowd.Size(k, p) > most && (c.Grid.Patterns[p] & ~free) == 0)
                    (bestWeek, bestPattern, most) = (k, p, crowd.Size(k, p));
            }
        }

        if (bestWeek < 0)
            return null;
        var group = crowd.Group(wish, bestWeek, c.Grid.Patterns[bestPattern], c.VolunteerGroup);
        return group.Count < c.GroupMin
            ? null
            : new Remedy.Volunteer(
                c.SubjectNames[pool / c.Levels],
                [c.LevelNames[pool % c.Levels]],
                c.WeekNames[bestWeek],
                Grid.SlotsOf(c.Grid.Patterns[bestPattern]),
                [.. group.Select(w => c.WishIds[w])]
            );
    }
}
