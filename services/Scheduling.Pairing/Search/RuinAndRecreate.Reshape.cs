namespace Stages.Pairing.Search;

/// <content>
/// The second objective's own move: a stage takes a better form, and whom that does not suit changes places with someone else.
/// </content>
internal sealed partial class RuinAndRecreate
{
    private const int MostMisfits = 3,
        StagesLooked = 48;

    private readonly List<int> misfits = [];

    /// <summary>A fourth module, one level instead of two, or a slot that the teacher prefers.</summary>
    private void Reshape()
    {
        var ow = region.OfferWeeks[draw.Below(region.OfferWeeks.Length)];
        var stage = c.FirstStageOf[ow] + draw.Below(c.FirstStageOf[ow + 1] - c.FirstStageOf[ow]);
        if (plan.Modules[stage] == 0 || plan.Pinned[stage])
            return;
        var (combo, modules) = draw.Below(4) switch
        {
            0 => (OneLevel(stage), plan.Modules[stage]),
            1 => (plan.ComboOf[stage], WithPreferredSlot(stage)),
            _ => (plan.ComboOf[stage], WithFourthModule(stage)),
        };
        if (combo == plan.ComboOf[stage] && modules == plan.Modules[stage])
            return;
        FindMisfits(stage, combo, modules);
        foreach (var wish in misfits)
        {
            if (!ChangePlaces(wish, stage, combo, modules) && !Leave(wish, stage))
            {
                weight = long.MinValue;
                return;
            }
        }

        points -= StagePoints(stage);
        plan.Reopen(stage, combo, modules, journal);
        points += StagePoints(stage);
    }

    private int OneLevel(int stage)
    {
        var (first, second) = c.Combos[plan.ComboOf[stage]];
        if (second < 0)
            return plan.ComboOf[stage];
        var ofFirst = 0;
        foreach (var wish in plan.Group(stage))
            ofFirst += c.WishPool[wish] == first ? 1 : 0;
        return c.SingleCombo(plan.StageOffer[stage], ofFirst * 2 >= plan.Size[stage] ? first : second);
    }

    private ulong WithFourthModule(int stage)
    {
        var modules = plan.Modules[stage];
        return hasWholeStages && BitOperations.PopCount(modules) < QualityWorth.WholeStage
            ? Better(stage, modules, plan.OfferFree(plan.StageOffer[stage], plan.StageWeek[stage]))
            : modules;
    }

    private ulong WithPreferredSlot(int stage)
    {
        var modules = plan.Modules[stage];
        var (offer, week) = (plan.StageOffer[stage], plan.StageWeek[stage]);
        var preferred = c.OfferPrefers[offer * c.Weeks + week];
        var others = modules & ~preferred;
        for (var skipped = draw.Below(1 + BitOperations.PopCount(others)); skipped > 0; skipped--)
            others &= others - 1;
        return others == 0 ? modules : Better(stage, modules & ~(others & (~others + 1)), plan.OfferFree(offer, week) & preferred);
    }

    /// <summary>These modules and one of <paramref name="choice"/>: the one that suits most of the group.</summary>
    private ulong Better(int stage, ulong modules, ulong choice)
    {
        var (best, least) = (plan.Modules[stage], MostMisfits + 1);
        for (; choice != 0; choice &= choice - 1)
        {
            if (!c.Grid.DayHasRoom(modules, BitOperations.TrailingZeroCount(choice)))
                continue;
            var with = modules | (choice & (~choice + 1));
            FindMisfits(stage, plan.ComboOf[stage], with);
            if (misfits.Count < least || (misfits.Count == least && draw.Below(2) == 0 && least <= MostMisfits))
                (best, least) = (with, misfits.Count);
        }

        return best;
    }

    private void FindMisfits(int stage, int combo, ulong modules)
    {
        misfits.Clear();
        foreach (var wish in plan.Group(stage))
        {
            if (!Suits(wish, combo, modules, plan.StageWeek[stage]))
                misfits.Add(wish);
        }
    }

    private bool Suits(int wish, int combo, ulong modules, int week) =>
        c.Combos[combo].Takes(c.WishPool[wish]) && (modules & ~plan.FreeSlotsWithout(wish, week)) == 0;

    private bool ChangePlaces(int wish, int stage, int combo, ulong modules)
    {
        var open = plan.OpenStages.Items(c.WishPool[wish]);
        var (best, least) = (-1, int.MinValue);
        var at = draw.Below(open.Length);
        for (var i = Math.Min(open.Length, StagesLooked); i > 0 && least < 0; i--)
        {
            var there = open[at] >> 1;
            at = at + 1 == open.Length ? 0 : at + 1;
            if (there == stage || !region.Owns(there) || (plan.Modules[there] & ~plan.FreeSlotsWithout(wish, plan.StageWeek[there])) != 0)
                continue;
            var gain = Preference(wish, there) - Preference(wish, stage);
            foreach (var other in plan.Group(there))
            {
                // It sits down before the stage takes its new form: it has to be free for both.
                if (c.WishPupil[other] == c.WishPupil[wish] || !Suits(other, combo, modules | plan.Modules[stage], plan.StageWeek[stage]))
                    continue;
                var both = gain + Preference(other, stage) - Preference(other, there);
                if (both > least)
                    (best, least) = (other, both);
            }
        }

        if (best < 0)
            return false;
        var place = plan.StageOfWish[best];
        Rise(wish);
        Rise(best);
        Sit(wish, place);
        Sit(best, stage);
        return true;
    }

    private bool Leave(int wish, int stage)
    {
        if (plan.Size[stage] <= c.GroupMin || FreeSeatAfterRising(wish, stage) is not (>= 0 and var target))
            return false;
        Rise(wish);
        Sit(wish, target);
        return true;
    }
}
