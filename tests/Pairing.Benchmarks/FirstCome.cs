namespace Stages.Pairing.Benchmarks;

/// <summary>First come, first served, as a coordinator with a spreadsheet does it: a floor, not a method.</summary>
/// <remarks>
/// Teachers in the order of the list open stages at the slots they like best, for the subject and level in which most of those
/// waiting can come; the first enrolled of these fill it.
/// </remarks>
internal static class FirstCome
{
    private const int ModuleSetsLooked = 6;

    public static Proposal Serve(Problem problem)
    {
        var rules = problem.Rules;
        var queues = problem.Pupils.OrderBy(p => p.EnrolledAt).SelectMany(p => p.Wishes.Select(w => new Waiting(p, w.Id, w.Subject, rules)))
            .GroupBy(w => (w.Subject, w.Pupil.Level)).ToDictionary(g => g.Key, g => g.ToList());
        var taken = new Dictionary<string, List<(string Week, ulong Modules)>>(StringComparer.Ordinal);
        var stages = new List<ProposedStage>();
        foreach (var offer in problem.Offers)
        {
            foreach (var week in rules.Weeks)
            {
                var free = Mask(offer.Slots.GetValueOrDefault(week, [])) & ~Mask([.. (rules.Closed ?? []).Where(x => x.Week == week).Select(x => x.Slot)]);
                for (var opened = 0; opened < offer.StagesPerWeek; opened++)
                {
                    if (Best(rules, offer, week, free, queues, taken) is not { } best)
                        break;
                    free &= ~best.Modules;
                    foreach (var waiting in best.Group)
                    {
                        waiting.IsPlaced = true;
                        (taken.TryGetValue(waiting.Pupil.Id, out var list) ? list : taken[waiting.Pupil.Id] = []).Add((week, best.Modules));
                    }

                    stages.Add(new ProposedStage(offer.Id, best.Subject, [best.Level], week, Slots(best.Modules), [.. best.Group.Select(g => g.Wish)]));
                    queues[(best.Subject, best.Level)].RemoveAll(w => w.IsPlaced);
                }
            }
        }

        return new Proposal(0, 0, new Score(0, long.MaxValue, 0, 0, 0, 0), stages, []);
    }

    private static (List<Waiting> Group, ulong Modules, string Subject, string Level)? Best(
        Rules rules, Offer offer, string week, ulong free, Dictionary<(string, string), List<Waiting>> queues, Dictionary<string, List<(string Week, ulong Modules)>> taken)
    {
        (List<Waiting> Group, ulong Modules, string Subject, string Level)? best = null;
        var likes = Mask(offer.Preferred is { } preferred && preferred.TryGetValue(week, out var list) ? list : []);
        // The slot each day that the teacher likes best.
        int[] days = [.. Slots(free).OrderBy(s => (likes & (1UL << s)) == 0).ThenBy(s => s).DistinctBy(s => s / rules.SlotsPerDay).Order()];
        foreach (var size in new[] { rules.ModulesMax, rules.ModulesMin })
        {
            foreach (var modules in Sets(days, size, 0).Take(ModuleSetsLooked))
            {
                foreach (var (subject, level) in offer.Teaches.SelectMany(t => t.Levels.Select(l => (t.Subject, l))))
                {
                    var group = new List<Waiting>();
                    foreach (var waiting in queues.GetValueOrDefault((subject, level), []))
                    {
                        if (!waiting.IsPlaced && (modules & ~waiting.Slots(week)) == 0 && !Clashes(rules, taken, waiting.Pupil.Id, week, modules)
                            && !group.Exists(w => w.Pupil.Id == waiting.Pupil.Id))
                            group.Add(waiting);
                        if (group.Count == offer.GroupMax)
                            break;
                    }

                    if (group.Count >= rules.GroupMin && group.Count > (best?.Group.Count ?? 0))
                        best = (group, modules, subject, level);
                }
            }

            if (best is not null)
                break;
        }

        return best;
    }

    private static bool Clashes(Rules rules, Dictionary<string, List<(string Week, ulong Modules)>> taken, string pupil, string week, ulong modules) =>
        taken.TryGetValue(pupil, out var list) && list.Exists(x => (x.Week != week && rules.SingleWeek) || (x.Week == week && (x.Modules & modules) != 0));

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

    private sealed class Waiting(Pupil pupil, string wish, string subject, Rules rules)
    {
        private readonly ulong[] slots = [.. rules.Weeks.Select(k => pupil.Weeks.ContainsKey(k) ? Mask(pupil.Slots.GetValueOrDefault(k, [])) : 0)];

        public Pupil Pupil => pupil;

        public string Wish => wish;

        public string Subject => subject;

        public bool IsPlaced { get; set; }

        public ulong Slots(string week) => slots[rules.Weeks is IList<string> list ? list.IndexOf(week) : rules.Weeks.ToList().IndexOf(week)];
    }
}
