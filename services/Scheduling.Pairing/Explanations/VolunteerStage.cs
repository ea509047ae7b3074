using Stages.Pairing.Search;

namespace Stages.Pairing.Explanations;

/// <summary>The group that one more teacher of a subject and level could have, at the modules that suit the weightiest.</summary>
internal static class VolunteerStage
{
    public static (int Week, ulong Modules, int[] Wishes)? Best(Plan plan, int pool)
    {
        var c = plan.C;
        (int Week, ulong Modules) best = default;
        var most = 0L;
        var unplaced = plan.Unplaced.Items(pool).ToArray();
        var households = new HashSet<int>();
        for (var week = 0; week < c.Weeks; week++)
        {
            // The weightiest 64 decide; more would not fit one group anyway.
            var those = unplaced
                .Where(w => c.Grid.HoldsStage(plan.FreeSlots(c.WishPupil[w], week)))
                .OrderByDescending(w => plan.Gain(c.WishPupil[w]))
                .ThenBy(w => w)
                .Take(64)
                .ToArray();
            if (those.Length < c.GroupMin)
                continue;
            foreach (var modules in c.Grid.Patterns)
            {
                var weight = 0L;
                households.Clear();
                foreach (var w in those)
                {
                    if (
                        households.Count < c.VolunteerGroup
                        && (modules & ~plan.FreeSlots(c.WishPupil[w], week)) == 0
                        && households.Add(c.OneAtATime[c.WishPupil[w]])
                    )
                        weight += plan.Gain(c.WishPupil[w]);
                }

                if (households.Count >= c.GroupMin && weight > most)
                    (best, most) = ((week, modules), weight);
            }
        }

        return most == 0 ? null : (best.Week, best.Modules, Group(plan, unplaced, best.Week, best.Modules));
    }

    // Of a pupil with two wishes for the same subject only one can be in a group, and of siblings who are kept apart.
    private static int[] Group(Plan plan, int[] unplaced, int week, ulong modules) =>
        [
            .. unplaced
                .Where(w => (modules & ~plan.FreeSlots(plan.C.WishPupil[w], week)) == 0)
                .OrderByDescending(w => plan.Gain(plan.C.WishPupil[w]))
                .ThenBy(w => w)
                .DistinctBy(w => plan.C.OneAtATime[plan.C.WishPupil[w]])
                .Take(plan.C.VolunteerGroup),
        ];
}
