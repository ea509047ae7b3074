namespace Stages.Pairing.Search;

/// <summary>The search: close the stages of a few related offers, form better ones, seat who is left over; keep it if it pays.</summary>
/// <remarks>
/// A worse plan is kept with probability exp(−loss / temperature), so that the search leaves local optima while it is hot.
/// With <see cref="KeepsWeight"/> a plan of less weight is never kept, and the temperature is for the quality alone.
/// One instance works on one <see cref="Region"/> and has its own journal and chance.
/// </remarks>
internal sealed partial class RuinAndRecreate
{
    private const int MaxRuined = 3,
        Tries = 24;

    // How strongly quality guides a stage's choice when it is its turn; whoever is left over must find another place.
    private static readonly int[] Emphasis = [15, 60, 200];

    private readonly Plan plan;
    private readonly Campaign c;
    private readonly Region region;
    private readonly Draw draw;
    private readonly StageFinder finder;
    private readonly Journal journal = new();
    private readonly bool hasWholeStages;
    private readonly int[] ruined = new int[MaxRuined];
    private readonly List<int> loose = [];

    public RuinAndRecreate(Plan plan, Region region, Draw draw)
    {
        (this.plan, this.region, this.draw, c) = (plan, region, draw, plan.C);
        finder = new StageFinder(plan);
        hasWholeStages = c.Grid.ModulesMax >= QualityWorth.WholeStage && c.Grid.ModulesMin == QualityWorth.WholeStage - 1;
    }

    /// <summary>What the bound's prices say of each wish and week, in points.</summary>
    public int[]? Appeal { get; set; }

    /// <summary>What staying in an earlier proposal's place is worth, or null.</summary>
    public Loyalty? Loyalty { get; set; }

    /// <summary>The weeks that siblings have, or null.</summary>
    public Siblings? Siblings
    {
        get => finder.Siblings;
        init => finder.Siblings = value;
    }

    /// <summary>The second objective's turn: no step may lower the weight.</summary>
    public bool KeepsWeight { get; init; }

    public void Run(long steps, double temperature, Func<bool> goOn)
    {
        if (region.OfferWeeks.Length == 0 || region.Pools.Length == 0)
            return;
        for (var i = 0L; i < steps; i++)
        {
            if ((i & 31) == 31 && !goOn())
                return;
            Step(temperature);
        }
    }

    // What this step has changed so far: units of weight, and points of quality and loyalty.
    private long weight,
        points;

    private void Step(double temperature)
    {
        journal.Start();
        loose.Clear();
        (weight, points) = (0, 0);
        // Four of five: a reshaping costs little beside a rebuilding.
        if (KeepsWeight && region.JoiningWishes.Length > 0 && draw.Below(20) == 0)
            JoinSiblings();
        else if (KeepsWeight && draw.Below(5) != 0)
            Reshape();
        else
            Rebuild();
        if (!IsWorthKeeping(temperature))
            journal.Undo(plan);
    }

    // A step that lowers the weight is never worth it when it is quality's turn, one that raises it always.
    private bool IsWorthKeeping(double temperature)
    {
        if (KeepsWeight && weight != 0)
            return weight > 0;
        var gain = (weight * Plan.PointsPerWeight) + points;
        return gain >= 0 || draw.Unit() < Math.Exp(gain / temperature);
    }

    private void Rebuild()
    {
        var count = ChooseRuined();
        if (count == 0)
            return;
        for (var i = 0; i < count; i++)
            Ruin(ruined[i]);
        finder.Noise = draw.Below(4) == 0 ? 0 : 1 + draw.Below(600);
        finder.Appeal = draw.Below(2) == 0 ? Appeal : null;
        finder.Whole = KeepsWeight && hasWholeStages;
        finder.QualityPoints = KeepsWeight ? Emphasis[draw.Below(Emphasis.Length)] : StageFinder.UsualQualityPoints;
        for (var i = 0; i < count; i++)
            Recreate(ruined[i]);
        foreach (var wish in loose)
        {
            if (plan.StageOfWish[wish] < 0)
                Place(wish);
        }
    }

    // Half the time an unplaced wish says where to look: at an offer that could teach it.
    private int ChooseRuined()
    {
        var first = -1;
        if (draw.Below(4) != 0)
        {
            var pool = region.Pools[draw.Below(region.Pools.Length)];
            for (var i = 0; i < 4 && (plan.Unplaced.Count(pool) == 0 || region.OfPool[pool].Length == 0); i++)
                pool = region.Pools[draw.Below(region.Pools.Length)];
            if (plan.Unplaced.Count(pool) > 0 && region.OfPool[pool].Length > 0)
            {
                var wish = plan.Unplaced.Items(pool)[draw.Below(plan.Unplaced.Count(pool))];
                first = OfferFor(wish, pool);
                if (first >= 0)
                    loose.Add(wish);
            }
        }

        if (first < 0)
            first = region.OfferWeeks[draw.Below(region.OfferWeeks.Length)];
        ruined[0] = first;
        var count = 1;
        var wanted = 1 + draw.Below(MaxRuined);
        var combos = c.OfferCombos[first / c.Weeks];
        for (var i = 0; i < 6 && count < wanted; i++)
        {
            var related = region.OfPool[c.Combos[combos[draw.Below(combos.Length)]].First];
            if (related.Length == 0)
                continue;
            var other = related[draw.Below(related.Length)];
            if (Array.IndexOf(ruined, other, 0, count) < 0)
                ruined[count++] = other;
        }

        return count;
    }

    private int OfferFor(int wish, int pool)
    {
        var offers = region.OfPool[pool];
        var pupil = c.WishPupil[wish];
        for (var i = 0; i < 8; i++)
        {
            var ow = offers[draw.Below(offers.Length)];
            if (c.Grid.HoldsStage(plan.FreeSlots(pupil, ow % c.Weeks) & c.OfferSlots[ow]))
                return ow;
        }

        return -1;
    }

    private void Ruin(int ow)
    {
        for (var s = c.FirstStageOf[ow]; s < c.FirstStageOf[ow + 1]; s++)
        {
            if (plan.Modules[s] == 0 || plan.Pinned[s])
                continue;
            points -= StagePoints(s);
            while (plan.Size[s] > 0)
            {
                var wish = plan.Group(s)[^1];
                weight -= plan.Loss(c.WishPupil[wish]);
                points -= Preference(wish, s);
                plan.Unseat(wish, journal);
                loose.Add(wish);
            }

            plan.Close(s, journal);
        }
    }

    private void Recreate(int ow)
    {
        var (offer, week) = (ow / c.Weeks, ow % c.Weeks);
        while (plan.SpareStage(offer, week) is >= 0 and var stage && finder.Find(offer, week, draw, out var found))
        {
            var mark = journal.Mark;
            if (!finder.Open(stage, found, journal))
            {
                journal.Undo(plan, mark);
                return;
            }

            points += StagePoints(stage);
            // All of a group were unplaced before; two wishes of one pupil are never in one stage, so each counts what it would lose now.
            foreach (var wish in plan.Group(stage))
            {
                weight += plan.Loss(c.WishPupil[wish]);
                points += Preference(wish, stage);
            }
        }
    }

    private int StagePoints(int stage)
    {
        var quality = BitOperations.PopCount(
            plan.Modules[stage] & c.OfferPrefers[plan.StageOffer[stage] * c.Weeks + plan.StageWeek[stage]]
        );
        if (c.Combos[plan.ComboOf[stage]].HasTwoLevels)
            quality -= QualityWorth.TwoLevels;
        return (quality + FourthModule(stage)) * StageFinder.UsualQualityPoints;
    }

    // Whether teacher and group could meet once more: then the finishing makes the stage a whole one, which counts one for each of
    // the group. Other stages of theirs are left out of account, so that this depends on the group alone.
    private int FourthModule(int stage)
    {
        if (!hasWholeStages)
            return 0;
        var week = plan.StageWeek[stage];
        var modules = plan.Modules[stage];
        if (BitOperations.PopCount(modules) == QualityWorth.WholeStage)
            return plan.Size[stage];
        if (KeepsWeight)
            return 0;
        var common = c.OfferSlots[plan.StageOffer[stage] * c.Weeks + week] & ~modules;
        foreach (var wish in plan.Group(stage))
            common &= c.PupilSlots[c.WishPupil[wish] * c.Weeks + week];
        for (; common != 0; common &= common - 1)
        {
            if (c.Grid.DayHasRoom(modules, BitOperations.TrailingZeroCount(common)))
                return plan.Size[stage];
        }

        return 0;
    }

    private int Preference(int wish, int stage) =>
        (
            c.PupilPrefers[c.WishPupil[wish] * c.Weeks + plan.StageWeek[stage]]
                ? QualityWorth.PreferredWeek * StageFinder.UsualQualityPoints
                : 0
        )
        + (Siblings?.Points(c.WishPupil[wish], plan.StageWeek[stage], plan.Modules[stage], StageFinder.UsualQualityPoints) ?? 0)
        + (Loyalty?.Bonus(wish, stage) ?? 0);

    private void Sit(int wish, int stage)
    {
        weight += plan.Gain(c.WishPupil[wish]);
        points += Preference(wish, stage) - (FourthModule(stage) * StageFinder.UsualQualityPoints);
        plan.Seat(wish, stage, journal);
        points += FourthModule(stage) * StageFinder.UsualQualityPoints;
    }

    private void Rise(int wish)
    {
        var stage = plan.StageOfWish[wish];
        weight -= plan.Loss(c.WishPupil[wish]);
        points -= Preference(wish, stage) + (FourthModule(stage) * StageFinder.UsualQualityPoints);
        plan.Unseat(wish, journal);
        points += FourthModule(stage) * StageFinder.UsualQualityPoints;
    }

    /// <summary>
    /// Seats an unplaced wish: in a free seat, or by moving someone else to a free seat, or instead of someone who counts less.
    /// </summary>
    private void Place(int wish)
    {
        if (FreeSeat(wish, -1) is >= 0 and var stage)
            Sit(wish, stage);
        else
            PlaceByEjection(wish);
    }

    private int FreeSeat(int wish, int except)
    {
        var free = plan.FreeStages.Items(c.WishPool[wish]);
        if (free.Length == 0)
            return -1;
        var at = draw.Below(free.Length);
        var looked = Math.Min(free.Length, 64);
        var (best, most) = (-1, -1);
        for (var i = 0; i < looked; i++)
        {
            var stage = free[at] >> 1;
            at = at + 1 == free.Length ? 0 : at + 1;
            if (stage == except || !plan.Fits(wish, stage) || !region.Owns(stage))
                continue;
            if (!KeepsWeight)
                return stage;
            // When it is quality's turn, where the wish counts most; else any place will do.
            var quality =
                Preference(wish, stage)
                + (BitOperations.PopCount(plan.Modules[stage]) == QualityWorth.WholeStage ? StageFinder.UsualQualityPoints : 0);
            if (quality > most)
                (best, most) = (stage, quality);
        }

        return best;
    }

    private void PlaceByEjection(int wish)
    {
        var pool = c.WishPool[wish];
        var open = plan.OpenStages.Items(pool);
        if (open.Length == 0)
            return;
        var at = draw.Below(open.Length);
        var tries = Math.Min(open.Length, 2 * Tries);
        var gain = plan.Gain(c.WishPupil[wish]);
        var (cheapest, least) = (-1, (long)gain);
        for (var i = 0; i < tries; i++)
        {
            var stage = open[at] >> 1;
            at = at + 1 == open.Length ? 0 : at + 1;
            if (!plan.Fits(wish, stage) || !region.Owns(stage))
                continue;
            foreach (var other in plan.Group(stage))
            {
                var loss = plan.Loss(c.WishPupil[other]);
                if (loss < least && Loyalty?.WasPromised(other) != true)
                    (cheapest, least) = (other, loss);
                // The other keeps a place: only the stage changes.
                if (FreeSeatAfterRising(other, stage) is >= 0 and var target)
                {
                    Rise(other);
                    Sit(other, target);
                    Sit(wish, stage);
                    return;
                }
            }
        }

        if (cheapest >= 0)
        {
            var stage = plan.StageOfWish[cheapest];
            Rise(cheapest);
            Sit(wish, stage);
            if (FreeSeat(cheapest, -1) is >= 0 and var target)
                Sit(cheapest, target);
        }
    }

    private int FreeSeatAfterRising(int wish, int from)
    {
        var free = plan.FreeStages.Items(c.WishPool[wish]);
        if (free.Length == 0)
            return -1;
        var at = draw.Below(free.Length);
        var looked = Math.Min(free.Length, 16);
        for (var i = 0; i < looked; i++)
        {
            var stage = free[at] >> 1;
            at = at + 1 == free.Length ? 0 : at + 1;
            if (stage != from && (plan.Modules[stage] & ~plan.FreeSlotsWithout(wish, plan.StageWeek[stage])) == 0 && region.Owns(stage))
                return stage;
        }

        return -1;
    }
}
