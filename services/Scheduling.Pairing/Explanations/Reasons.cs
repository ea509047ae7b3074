using Stages.Pairing.Search;

namespace Stages.Pairing.Explanations;

/// <summary>Why a wish has no place: the first of these that holds, each sentence true of the plan as it stands.</summary>
internal static class Reasons
{
    /// <param name="crowdOf">Who waits, by pool.</param>
    /// <param name="spare">Offers × weeks + week that could still open a stage.</param>
    public static (string Reason, LocalText Text) Of(Plan plan, int wish, int pool, Func<int, Crowd> crowdOf, int[] spare)
    {
        var c = plan.C;
        if (c.TeachersOfPool[pool].Length == 0)
            return (UnplacedReason.NoTeacher, Sentences.NoTeacher);
        if (!Shares(c, wish, c.TeachersOfPool[pool]))
            return (UnplacedReason.NoCommonSlot, Sentences.NoCommonSlot);
        if (!Shares(c, wish, c.OffersOfPool[pool]))
            return (UnplacedReason.GroupsFull, Sentences.NoGroupTaken);
        return HasTime(plan, wish, pool) ? OfGroups(plan, wish, pool, crowdOf, spare) : (UnplacedReason.Clash, Clash(plan, wish));
    }

    /// <summary>There are teachers who share enough hours with the pupil, and the pupil is free at enough of these.</summary>
    private static (string Reason, LocalText Text) OfGroups(Plan plan, int wish, int pool, Func<int, Crowd> crowdOf, int[] spare)
    {
        var c = plan.C;
        var pupil = c.WishPupil[wish];
        var (suits, free, higher, lower) = (false, false, false, false);
        foreach (var item in plan.OpenStages.Items(pool))
        {
            var stage = item / 2;
            if (!plan.Fits(wish, stage))
                continue;
            suits = true;
            free |= plan.Size[stage] < plan.GroupMax(stage);
            foreach (var other in plan.Group(stage))
            {
                higher |= c.PupilPriority[c.WishPupil[other]] > c.PupilPriority[pupil];
                lower |= c.PupilPriority[c.WishPupil[other]] <= c.PupilPriority[pupil];
            }
        }

        if (free)
            return (UnplacedReason.PlaceFree, Sentences.PlaceFree);
        if (suits)
            return higher && !lower ? (UnplacedReason.Outranked, Sentences.Outranked) : (UnplacedReason.GroupsFull, Sentences.GroupsFull);
        int[] teachers =
        [
            .. spare.Where(ow => c.Grid.HoldsStage(plan.OfferFree(ow / c.Weeks, ow % c.Weeks) & plan.FreeSlots(pupil, ow % c.Weeks))),
        ];
        if (teachers.Length > 0)
            return PossibleGroup.Find(plan, wish, pool, crowdOf, teachers) is not null
                ? (UnplacedReason.PlaceFree, Sentences.GroupPossible)
                : (UnplacedReason.TooFewPupils, Sentences.TooFewPupils);
        foreach (var item in plan.OpenStages.Items(pool))
        {
            var week = plan.StageWeek[item / 2];
            if ((plan.Modules[item / 2] & ~c.PupilSlots[pupil * c.Weeks + week]) == 0)
                return (UnplacedReason.Clash, Clash(plan, wish));
        }

        return (UnplacedReason.GroupsFull, Sentences.TeachersTaken);
    }

    private static bool Shares(Campaign c, int wish, int[] offers)
    {
        var pupil = c.WishPupil[wish];
        foreach (var o in offers)
        {
            for (var k = 0; k < c.Weeks; k++)
            {
                if (c.Grid.HoldsStage(c.OfferSlots[o * c.Weeks + k] & c.PupilSlots[pupil * c.Weeks + k]))
                    return true;
            }
        }

        return false;
    }

    private static bool HasTime(Plan plan, int wish, int pool)
    {
        var c = plan.C;
        foreach (var o in c.OffersOfPool[pool])
        {
            for (var k = 0; k < c.Weeks; k++)
            {
                if (c.Grid.HoldsStage(c.OfferSlots[o * c.Weeks + k] & plan.FreeSlots(c.WishPupil[wish], k)))
                    return true;
            }
        }

        return false;
    }

    /// <summary>The pupil's own stage, a sibling's, or both: only those that there are.</summary>
    private static LocalText Clash(Plan plan, int wish)
    {
        var pupil = plan.C.WishPupil[wish];
        var ofSiblings = Array.Exists(plan.C.Apart[pupil], sibling => plan.PlacedOf[sibling] > 0);
        return plan.PlacedOf[pupil] == 0 ? Sentences.ClashOfSiblings
            : ofSiblings ? Sentences.ClashOfBoth
            : Sentences.Clash;
    }
}
