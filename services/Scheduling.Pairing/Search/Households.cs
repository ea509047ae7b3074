namespace Stages.Pairing.Search;

/// <summary>Keeps siblings apart while two threads work: each half of a family then has hours of its own.</summary>
/// <remarks>
/// Siblings are often of different levels, hence in the other thread's half, and what that one does at this moment must not be read.
/// So for one round the hours of a family are shared out: each half keeps those that it has, and what is free goes to one of them,
/// to the other the next time.
/// </remarks>
internal sealed class Households(Plan plan)
{
    private readonly Campaign c = plan.C;
    private readonly int[][] families = [.. plan.C.Families.Where(family => plan.C.Apart[family[0]].Length > 0)];
    private readonly List<int[]> divided = [];

    /// <param name="isInFirst">Whether a pupil belongs to the first half.</param>
    /// <param name="round">Who has what is free changes from one to the next.</param>
    public void Divide(Func<int, bool> isInFirst, int round)
    {
        for (var f = 0; f < families.Length; f++)
        {
            int[] first = [.. families[f].Where(isInFirst)];
            if (first.Length == 0 || first.Length == families[f].Length)
                continue;
            int[] second = [.. families[f].Except(first)];
            divided.Add(families[f]);
            ShareOut(first, second, firstHasTheFree: ((round + f) & 1) == 0);
        }
    }

    /// <summary>The round is over: all of a family see again what the others have.</summary>
    public void Unite()
    {
        foreach (var family in divided)
        {
            foreach (var pupil in family)
                plan.Tell(pupil, c.Apart[pupil]);
            for (var week = 0; week < c.Weeks; week++)
            {
                var taken = Taken(family, week);
                foreach (var pupil in family)
                    plan.Busy[pupil * c.Weeks + week] = taken;
            }
        }

        divided.Clear();
    }

    private void ShareOut(int[] first, int[] second, bool firstHasTheFree)
    {
        foreach (var half in new[] { first, second })
        {
            foreach (var pupil in half)
                plan.Tell(pupil, [.. half.Where(p => p != pupil)]);
        }

        for (var week = 0; week < c.Weeks; week++)
        {
            var (ofFirst, ofSecond) = (Taken(first, week), Taken(second, week));
            foreach (var pupil in first)
                plan.Busy[pupil * c.Weeks + week] = ofFirst | (firstHasTheFree ? ofSecond : ~ofFirst);
            foreach (var pupil in second)
                plan.Busy[pupil * c.Weeks + week] = ofSecond | (firstHasTheFree ? ~ofSecond : ofFirst);
        }
    }

    private ulong Taken(int[] pupils, int week)
    {
        var taken = 0UL;
        foreach (var pupil in pupils)
            taken |= plan.OwnModules(pupil, week);
        return taken;
    }
}
