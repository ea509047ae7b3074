using System.Numerics;

namespace Stages.Pairing.Benchmarks;

/// <summary>First come, first served, as a coordinator with a spreadsheet does it: a floor, not a method.</summary>
/// <remarks>
/// Teachers in the order of the list open stages at the slots they like best, for the subject and level in which most of those
/// waiting can come; the first enrolled of these fill it.
/// </remarks>
internal sealed class FirstCome
{
    private const int ModuleSetsLooked = 6;

    private readonly Rules rules;
    private readonly Dictionary<(string Subject, string Level), Queue> queues;
    private readonly Dictionary<string, List<(int Week, ulong Modules)>> taken = new(StringComparer.Ordinal);

    private FirstCome(Problem problem)
    {
        rules = problem.Rules;
        queues = problem
            .Pupils.OrderBy(p => p.EnrolledAt)
            .SelectMany(p => p.Wishes.Select(w => (Pupil: p, w.Id, w.Subject)))
            .GroupBy(w => (w.Subject, w.Pupil.Level))
            .ToDictionary(g => g.Key, g => new Queue(rules, [.. g.Select(w => (w.Pupil, w.Id))]));
    }

    public static Proposal Serve(Problem problem)
    {
        var serving = new FirstCome(problem);
        var stages = problem.Offers.SelectMany(offer => serving.rules.Weeks.SelectMany((_, week) => serving.Stages(offer, week))).ToList();
        return new Proposal(0, 0, new Score(0, long.MaxValue, 0, 0, 0, 0), stages, []);
    }

    private List<ProposedStage> Stages(Offer offer, int week)
    {
        var stages = new List<ProposedStage>();
        var name = rules.Weeks[week];
        var free =
            Mask(offer.Slots.GetValueOrDefault(name, [])) & ~Mask([.. (rules.Closed ?? []).Where(x => x.Week == name).Select(x => x.Slot)]);
        while (stages.Count < offer.StagesPerWeek && Best(offer, week, free) is var (queue, group, modules, subject, level))
        {
            free &= ~modules;
            foreach (var place in group)
            {
                var pupil = queue.Take(place);
                (taken.TryGetValue(pupil, out var list) ? list : taken[pupil] = []).Add((week, modules));
            }

            stages.Add(new ProposedStage(offer.Id, subject, [level], name, Slots(modules), [.. group.Select(queue.Wish)]));
        }

        return stages;
    }

    private (Queue Queue, List<int> Group, ulong Modules, string Subject, string Level)? Best(Offer offer, int week, ulong free)
    {
        (Queue Queue, List<int> Group, ulong Modules, string Subject, string Level)? best = null;
        var likes = Mask(offer.Preferred is { } preferred && preferred.TryGetValue(rules.Weeks[week], out var list) ? list : []);
        // The slot each day that the teacher likes best.
        int[] days = [.. Slots(free).OrderBy(s => (likes & (1UL << s)) == 0).ThenBy(s => s).DistinctBy(s => s / rules.SlotsPerDay).Order()];
        foreach (var size in new[] { rules.ModulesMax, rules.ModulesMin })
        {
            foreach (var modules in Sets(days, size, 0).Take(ModuleSetsLooked))
            {
                foreach (var (subject, level) in offer.Teaches.SelectMany(t => t.Levels.Select(l => (t.Subject, l))))
                {
                    if (!queues.TryGetValue((subject, level), out var queue))
                        continue;
                    var group = queue.First(offer.GroupMax, week, modules, pupil => Clashes(pupil, week, modules));
                    if (group.Count >= rules.GroupMin && group.Count > (best?.Group.Count ?? 0))
                        best = (queue, group, modules, subject, level);
                }
            }

            if (best is not null)
                break;
        }

        return best;
    }

    private bool Clashes(string pupil, int week, ulong modules) =>
        taken.TryGetValue(pupil, out var list)
        && list.Exists(x => (x.Week != week && rules.SingleWeek) || (x.Week == week && (x.Modules & modules) != 0));

    private static IEnumerable<ulong> Sets(int[] slots, int size, int from)
    {
        if (size == 0)
            yield return 0;
        for (var i = from; size > 0 && i < slots.Length; i++)
        {
            foreach (var rest in Sets(slots, size - 1, i + 1))
                yield return rest | (1UL << slots[i]);
        }
    }

    private static ulong Mask(int[] slots) => slots.Aggregate(0UL, (mask, slot) => mask | (1UL << slot));

    private static int[] Slots(ulong mask) => [.. Enumerable.Range(0, 64).Where(s => (mask & (1UL << s)) != 0)];

    /// <summary>
    /// Who waits for a subject at a level, first come first; a word of bits per slot, without which half a million pupils take
    /// minutes.
    /// </summary>
    private sealed class Queue
    {
        private readonly (Pupil Pupil, string Wish)[] waiting;
        private readonly ulong[] unplaced;
        private readonly ulong[][] free;
        private readonly int slotsPerWeek;

        public Queue(Rules rules, (Pupil Pupil, string Wish)[] waiting)
        {
            this.waiting = waiting;
            slotsPerWeek = rules.Days * rules.SlotsPerDay;
            unplaced = new ulong[(waiting.Length + 63) / 64];
            free = [.. Enumerable.Range(0, rules.Weeks.Count * slotsPerWeek).Select(_ => new ulong[unplaced.Length])];
            for (var i = 0; i < waiting.Length; i++)
            {
                unplaced[i / 64] |= 1UL << i;
                foreach (var week in waiting[i].Pupil.Weeks.Keys)
                {
                    foreach (var slot in waiting[i].Pupil.Slots.GetValueOrDefault(week, []))
                        free[(rules.Weeks.TakeWhile(name => name != week).Count() * slotsPerWeek) + slot][i / 64] |= 1UL << i;
                }
            }
        }

        public string Wish(int place) => waiting[place].Wish;

        public string Take(int place)
        {
            unplaced[place / 64] &= ~(1UL << place);
            return waiting[place].Pupil.Id;
        }

        public List<int> First(int most, int week, ulong modules, Func<string, bool> clashes)
        {
            var group = new List<int>();
            for (var word = 0; word < unplaced.Length && group.Count < most; word++)
            {
                var meeting = unplaced[word];
                for (var rest = modules; rest != 0 && meeting != 0; rest &= rest - 1)
                    meeting &= free[(week * slotsPerWeek) + BitOperations.TrailingZeroCount(rest)][word];
                for (; meeting != 0 && group.Count < most; meeting &= meeting - 1)
                {
                    var place = (word * 64) + BitOperations.TrailingZeroCount(meeting);
                    if (!clashes(waiting[place].Pupil.Id))
                        group.Add(place);
                }
            }

            return group;
        }
    }
}
