namespace Stages.Pairing.Tests;

/// <summary>The same campaign with other ids and every list in another order.</summary>
internal static class Reordered
{
    public static Problem Of(Problem problem, int seed)
    {
        var random = new Random(seed);
        T[] Mixed<T>(IEnumerable<T> items)
        {
            var array = items.ToArray();
            random.Shuffle(array);
            return array;
        }

        return problem with
        {
            Levels = Mixed(problem.Levels),
            Subjects = Mixed(problem.Subjects),
            Pupils = Mixed(
                problem.Pupils.Select(p =>
                    p with
                    {
                        Id = "x" + random.NextInt64(),
                        Wishes = Mixed(p.Wishes.Select(w => w with { Id = "w" + random.NextInt64() })),
                    }
                )
            ),
            Offers = Mixed(problem.Offers.Select(o => o with { Id = "o" + random.NextInt64(), Teaches = Mixed(o.Teaches) })),
        };
    }
}
