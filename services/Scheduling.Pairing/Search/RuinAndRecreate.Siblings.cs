namespace Stages.Pairing.Search;

/// <content>
/// A family that asks for the same hours: one of its children changes places with someone who meets when the siblings do.
/// </content>
internal sealed partial class RuinAndRecreate
{
    private void JoinSiblings()
    {
        var joining = region.JoiningWishes;
        if (Siblings is null || joining.Length == 0)
            return;
        var wish = joining[draw.Below(joining.Length)];
        var (pupil, from) = (c.WishPupil[wish], plan.StageOfWish[wish]);
        if (from < 0 || !region.Owns(from) || Siblings.IsWithOthers(pupil, plan.StageWeek[from], plan.Modules[from]))
            return;
        var open = plan.OpenStages.Items(c.WishPool[wish]);
        var at = draw.Below(open.Length);
        for (var i = 0; i < open.Length; i++)
        {
            var there = open[at] >> 1;
            at = at + 1 == open.Length ? 0 : at + 1;
            if (
                Siblings.IsWithOthers(pupil, plan.StageWeek[there], plan.Modules[there])
                && region.Owns(there)
                && (plan.Modules[there] & ~plan.FreeSlotsWithout(wish, plan.StageWeek[there])) == 0
                && GoTo(wish, from, there)
            )
                return;
        }
    }

    private bool GoTo(int wish, int from, int there)
    {
        var other = -1;
        var isFree = plan.Size[there] < plan.GroupMax(there) && plan.Size[from] > c.GroupMin;
        foreach (var sitting in plan.Group(there))
        {
            if (
                !isFree
                && c.WishPupil[sitting] != c.WishPupil[wish]
                && Suits(sitting, plan.ComboOf[from], plan.Modules[from], plan.StageWeek[from])
            )
                other = sitting;
        }

        if (!isFree && other < 0)
            return false;
        Rise(wish);
        if (other >= 0)
            Rise(other);
        Sit(wish, there);
        if (other >= 0)
            Sit(other, from);
        return true;
    }
}
