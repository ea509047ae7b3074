using Stages.Pairing.Search;

namespace Stages.Pairing.Explanations;

/// <summary>The unplaced wishes of one pool, and for each week and set of modules how many of their pupils could attend.</summary>
internal sealed class Crowd
{
    private readonly Plan plan;
    private readonly int[] wishes;
    private readonly int[] sizes;

    private Crowd(Plan plan, int[] unplaced)
    {
        this.plan = plan;
        var c = plan.C;
        // A pupil with two wishes for one subject would sit in one group once.
        wishes = [.. unplaced.DistinctBy(w => c.WishPupil[w])];
        sizes = new int[c.Weeks * c.Grid.Patterns.Length];
        for (var k = 0; k < c.Weeks; k++)
        {
            foreach (var wish in wishes)
            {
                var free = plan.FreeSlots(c.WishPupil[wish], k);
                if (!c.Grid.HoldsStage(free))
                    continue;
                for (var p = 0; p < c.Grid.Patterns.Length; p++)
                {
                    if ((c.Grid.Patterns[p] & ~free) == 0)
                        sizes[k * c.Grid.Patterns.Length + p]++;
                }
            }
        }
    }

    public static Crowd Of(Plan plan, int pool) => new(plan, Waiting(plan, pool));

    /// <summary>The pool's wishes without a place, in the campaign's order.</summary>
    public static int[] Waiting(Plan plan, int pool)
    {
        var unplaced = plan.Unplaced.Items(pool).ToArray();
        Array.Sort(unplaced);
        return unplaced;
    }

    public int Size(int week, int pattern) => sizes[week * plan.C.Grid.Patterns.Length + pattern];

    /// <summary>This wish first, then others who could come, at most <paramref name="most"/> in all.</summary>
    public List<int> Group(int wish, int week, ulong modules, int most)
    {
        var group = new List<int> { wish };
        Join(group, week, modules, most);
        return group;
    }

    /// <summary>Those who could come as well, one of each household, until the group is of <paramref name="most"/>.</summary>
    public void Join(List<int> group, int week, ulong modules, int most)
    {
        var c = plan.C;
        foreach (var other in wishes)
        {
            if (group.Count >= most)
                break;
            var household = c.OneAtATime[c.WishPupil[other]];
            if (
                (modules & ~plan.FreeSlots(c.WishPupil[other], week)) == 0
                && group.TrueForAll(w => c.OneAtATime[c.WishPupil[w]] != household)
            )
                group.Add(other);
        }
    }
}
