using Stages.Pairing.Bound;

namespace Stages.Pairing.Search;

/// <summary>For tiny campaigns: looks at every plan that could beat the one found, so that what it returns is the best there is.</summary>
/// <remarks>
/// Wish after wish goes to a stage or to none. A stage is a teacher's number with the slots that all of its group share; which
/// of these become its modules is settled last, when they only have to exist. A branch ends where the market's prices say
/// that it cannot beat the plan at hand: what pupils keep after paying, decided or at best, and what each offer can still earn.
/// </remarks>
internal sealed class ExactSearch
{
    private const int MostWishes = 20,
        MostStages = 24;
    private const long MostNodes = 300_000,
        NodesBetweenLooks = 16,
        MostTries = 5_000_000,
        TriesBetweenLooks = 4096;

    private readonly Plan plan;
    private readonly Campaign c;
    private readonly Prices prices;
    private readonly Func<bool> over;
    private readonly int[] order,
        positionOf,
        stageOf,
        bestStageOf;
    private readonly long[] keptFrom,
        mostOf,
        earned;
    private readonly int[][] payers;

    // By stage: the slots that its group shares with the teacher, the combos that take them all (a bit for each of the offer's), the group.
    private readonly ulong[] shared,
        combos,
        chosen,
        bestModules;
    private readonly int[] size;
    private readonly int[] taken;
    private readonly int[,] sharedPupils;
    private readonly int[] opened;
    private int openCount;
    private long best,
        nodes,
        tries;
    private bool stopped;

    private ExactSearch(Plan plan, Prices prices, Func<bool> over)
    {
        (this.plan, this.prices, this.over, c) = (plan, prices, over, plan.C);
        var offerWeeks = c.Offers * c.Weeks;
        (stageOf, bestStageOf) = (new int[c.Wishes], new int[c.Wishes]);
        Array.Fill(stageOf, -1);
        (shared, combos, chosen, bestModules) = (new ulong[c.Stages], new ulong[c.Stages], new ulong[c.Stages], new ulong[c.Stages]);
        (size, opened, sharedPupils) = (new int[c.Stages], new int[c.Stages], new int[c.Stages, c.Stages]);
        (taken, earned) = (new int[offerWeeks], new long[offerWeeks]);
        best = plan.Weight();

        // The weightiest pupils first, each with all its wishes: what follows them counts least.
        order = [.. Enumerable.Range(0, c.Wishes).OrderByDescending(w => c.PupilPriority[c.WishPupil[w]]).ThenBy(w => c.WishPupil[w])];
        positionOf = new int[c.Wishes];
        for (var i = 0; i < order.Length; i++)
            positionOf[order[i]] = i;
        keptFrom = new long[c.Wishes + 1];
        for (var i = c.Wishes - 1; i >= 0; i--)
            keptFrom[i] =
                (i == 0 || c.WishPupil[order[i - 1]] != c.WishPupil[order[i]]) ? keptFrom[NextPupil(i)] + KeptAtMost(i, 0, -1) : 0;
        mostOf = [.. Enumerable.Range(0, offerWeeks).Select(prices.MostOf)];
        payers =
        [
            .. Enumerable
                .Range(0, offerWeeks)
                .Select(ow =>
                    Enumerable.Range(0, c.Wishes).Where(w => CouldJoin(w, ow)).OrderByDescending(w => PriceOf(w, ow % c.Weeks)).ToArray()
                ),
        ];
    }

    public static bool Suits(Campaign c) =>
        c.Wishes <= MostWishes && c.Stages <= MostStages && c.OfferCombos.All(list => list.Length <= 64);

    /// <summary>
    /// Makes the plan the best possible and says so; false if that would take too long, the plan then being the best seen.
    /// </summary>
    /// <param name="over">Whether the run's time is over; asked now and then.</param>
    public static bool Complete(Plan plan, Prices prices, Func<bool> over)
    {
        var search = new ExactSearch(plan, prices, over);
        var before = search.best;
        search.Branch(0, 0, 0, 0);
        if (search.best > before)
            search.Write();
        return search.nodes <= MostNodes && !search.stopped;
    }

    private bool Stops() => stopped || (nodes % NodesBetweenLooks == 0 && (stopped = over()));

    // Modules for ten stages of a few teachers can take longer to look for than all the rest: that ends as well.
    private bool TriesEnough() => stopped || (++tries % TriesBetweenLooks == 0 && (stopped = tries > MostTries || over()));

    /// <param name="at">Position of the wish to decide.</param>
    /// <param name="weight">Of the pupils that are decided.</param>
    /// <param name="kept">What these keep after paying, in the prices' unit.</param>
    /// <param name="placed">How many wishes of the pupil under way have a place.</param>
    private void Branch(int at, long weight, long kept, int placed)
    {
        if (at > 0 && at < order.Length && c.WishPupil[order[at]] != c.WishPupil[order[at - 1]])
            placed = 0;
        if (++nodes > MostNodes || Stops() || AtMost(at, kept, placed) <= best || !GroupsCanFill(at))
            return;
        if (at == order.Length)
        {
            // Every group is large enough; modules for all exist, and what deeper branches chose is forgotten.
            if (!HaveModules(0))
                return;
            best = weight;
            stageOf.CopyTo(bestStageOf, 0);
            chosen.CopyTo(bestModules, 0);
            return;
        }

        var wish = order[at];
        var pupil = c.WishPupil[wish];
        var gain = c.WorthOf(pupil, placed + 1) - c.WorthOf(pupil, placed);
        for (var ow = 0; ow < taken.Length; ow++)
        {
            if (!CouldJoin(wish, ow) || (c.SingleWeek && WeekOf(at, placed) is >= 0 and var week && week != ow % c.Weeks))
                continue;
            var price = PriceOf(wish, ow % c.Weeks);
            for (var s = c.FirstStageOf[ow]; s < c.FirstStageOf[ow + 1]; s++)
            {
                var isNew = size[s] == 0;
                var (slots, fitting) = (shared[s], combos[s]);
                if (Sit(wish, s))
                {
                    (taken[ow], earned[ow]) = (taken[ow] + 1, earned[ow] + price);
                    Branch(at + 1, weight + gain, kept + (gain * prices.Scale) - price, placed + 1);
                    (taken[ow], earned[ow]) = (taken[ow] - 1, earned[ow] - price);
                }

                Rise(wish, s, slots, fitting);
                // A teacher's stages that nobody is in yet are all the same.
                if (isNew)
                    break;
            }
        }

        Branch(at + 1, weight, kept, placed);
    }

    /// <summary>What a plan that agrees with the decisions so far can count at most.</summary>
    private long AtMost(int at, long kept, int placed)
    {
        var sum = kept;
        if (at < order.Length)
        {
            var isFirst = at == 0 || c.WishPupil[order[at - 1]] != c.WishPupil[order[at]];
            sum += isFirst ? keptFrom[at] : KeptAtMost(at, placed, WeekOf(at, placed)) + keptFrom[NextPupil(at)];
        }

        for (var ow = 0; ow < taken.Length; ow++)
        {
            var seats = ((c.FirstStageOf[ow + 1] - c.FirstStageOf[ow]) * c.OfferGroupMax[ow / c.Weeks]) - taken[ow];
            var most = earned[ow];
            foreach (var wish in payers[ow])
            {
                if (seats == 0)
                    break;
                if (positionOf[wish] < at)
                    continue;
                most += PriceOf(wish, ow % c.Weeks);
                seats--;
            }

            sum += Math.Min(most, mostOf[ow]);
        }

        // Rounded down, since weights are whole.
        return sum / prices.Scale;
    }

    /// <summary>The most that a pupil can keep of its wishes from this position on, when so many before are placed.</summary>
    private long KeptAtMost(int at, int placed, int week)
    {
        var pupil = c.WishPupil[order[at]];
        Span<long> cheapest = stackalloc long[MostWishes];
        var n = 0;
        for (var i = at; i < order.Length && c.WishPupil[order[i]] == pupil; i++)
        {
            var price = long.MaxValue;
            for (var k = 0; k < c.Weeks; k++)
            {
                if (prices.Reachable(order[i], k) && (!c.SingleWeek || week < 0 || week == k))
                    price = Math.Min(price, PriceOf(order[i], k));
            }

            if (price < long.MaxValue)
                cheapest[n++] = price;
        }

        cheapest[..n].Sort();
        var (most, paid) = (0L, 0L);
        for (var i = 0; i < n; i++)
        {
            paid += cheapest[i];
            most = Math.Max(most, ((c.WorthOf(pupil, placed + i + 1) - c.WorthOf(pupil, placed)) * prices.Scale) - paid);
        }

        return most;
    }

    /// <summary>Whether each group under the minimum could still reach it with wishes that are not decided.</summary>
    private bool GroupsCanFill(int at)
    {
        for (var i = 0; i < openCount; i++)
        {
            var s = opened[i];
            var missing = c.GroupMin - size[s];
            if (missing <= 0)
                continue;
            var ow = plan.StageOffer[s] * c.Weeks + plan.StageWeek[s];
            foreach (var wish in payers[ow])
            {
                if (
                    positionOf[wish] >= at
                    && (combos[s] & CombosOf(wish, ow / c.Weeks)) != 0
                    && c.Grid.HoldsStage(shared[s] & SlotsOf(wish, ow % c.Weeks))
                    && --missing == 0
                )
                    break;
            }

            if (missing > 0)
                return false;
        }

        return true;
    }

    private bool Sit(int wish, int stage)
    {
        var (offer, week) = (plan.StageOffer[stage], plan.StageWeek[stage]);
        if (size[stage] == 0)
        {
            (shared[stage], combos[stage]) = (c.OfferSlots[offer * c.Weeks + week], ulong.MaxValue);
            opened[openCount++] = stage;
        }

        shared[stage] &= SlotsOf(wish, week);
        combos[stage] &= CombosOf(wish, offer);
        size[stage]++;
        stageOf[wish] = stage;
        Mark(wish, stage, 1);
        return size[stage] <= c.OfferGroupMax[offer]
            && combos[stage] != 0
            && c.Grid.HoldsStage(shared[stage])
            && sharedPupils[stage, stage] == 0
            && HaveModules(0);
    }

    private void Rise(int wish, int stage, ulong slots, ulong fitting)
    {
        Mark(wish, stage, -1);
        stageOf[wish] = -1;
        if (--size[stage] == 0)
            openCount--;
        (shared[stage], combos[stage]) = (slots, fitting);
    }

    // Two stages of one pupil, or of siblings who are kept apart, must not overlap; two such wishes cannot be in one stage.
    private void Mark(int wish, int stage, int by)
    {
        MarkWith(c.WishPupil[wish], wish, stage, by);
        foreach (var sibling in c.Apart[c.WishPupil[wish]])
            MarkWith(sibling, wish, stage, by);
    }

    private void MarkWith(int pupil, int wish, int stage, int by)
    {
        for (var other = c.FirstWishOf[pupil]; other < c.FirstWishOf[pupil + 1]; other++)
        {
            if (other != wish && stageOf[other] is >= 0 and var there)
            {
                sharedPupils[stage, there] += by;
                if (there != stage)
                    sharedPupils[there, stage] += by;
            }
        }
    }

    /// <summary>Whether all stages can have modules within their shared slots, those of one teacher, pupil or household apart.</summary>
    private bool HaveModules(int index)
    {
        if (index == openCount)
            return true;
        if (TriesEnough())
            return false;
        var stage = opened[index];
        var free = shared[stage];
        for (var i = 0; i < index; i++)
        {
            var other = opened[i];
            if (
                plan.StageWeek[other] == plan.StageWeek[stage]
                && (plan.StageOffer[other] == plan.StageOffer[stage] || sharedPupils[stage, other] > 0)
            )
                free &= ~chosen[other];
        }

        foreach (var modules in c.Grid.Patterns)
        {
            if ((modules & ~free) != 0)
                continue;
            chosen[stage] = modules;
            if (HaveModules(index + 1))
                return true;
        }

        return false;
    }

    private int WeekOf(int at, int placed)
    {
        for (var i = at - 1; placed > 0 && i >= 0 && c.WishPupil[order[i]] == c.WishPupil[order[at]]; i--)
        {
            if (stageOf[order[i]] is >= 0 and var stage)
                return plan.StageWeek[stage];
        }

        return -1;
    }

    private int NextPupil(int at)
    {
        var pupil = c.WishPupil[order[at]];
        while (at < order.Length && c.WishPupil[order[at]] == pupil)
            at++;
        return at;
    }

    private long PriceOf(int wish, int week) => prices.Price[wish * c.Weeks + week];

    private ulong SlotsOf(int wish, int week) => c.PupilSlots[c.WishPupil[wish] * c.Weeks + week];

    private bool CouldJoin(int wish, int ow) =>
        c.FirstStageOf[ow] < c.FirstStageOf[ow + 1]
        && CombosOf(wish, ow / c.Weeks) != 0
        && c.Grid.HoldsStage(c.OfferSlots[ow] & SlotsOf(wish, ow % c.Weeks));

    private ulong CombosOf(int wish, int offer)
    {
        var takes = 0UL;
        var list = c.OfferCombos[offer];
        for (var i = 0; i < list.Length; i++)
            takes |= c.Combos[list[i]].Takes(c.WishPool[wish]) ? 1UL << i : 0;
        return takes;
    }

    private void Write()
    {
        for (var s = 0; s < c.Stages; s++)
        {
            if (plan.Modules[s] != 0)
                plan.Dissolve(s, null);
        }

        foreach (var stage in bestStageOf.Where(s => s >= 0).Distinct().Order())
        {
            int[] group = [.. Enumerable.Range(0, c.Wishes).Where(w => bestStageOf[w] == stage)];
            var offer = plan.StageOffer[stage];
            var fitting = group.Aggregate(ulong.MaxValue, (all, w) => all & CombosOf(w, offer));
            // One level if that takes them all.
            var combo = Enumerable
                .Range(0, c.OfferCombos[offer].Length)
                .Where(i => (fitting & (1UL << i)) != 0)
                .Select(i => c.OfferCombos[offer][i])
                .MinBy(x => c.Combos[x].HasTwoLevels);
            plan.Open(stage, combo, bestModules[stage], null);
            foreach (var wish in group)
                plan.Seat(wish, stage, null);
        }
    }
}
