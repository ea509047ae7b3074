using Stages.Pairing;
using Offer = Stages.Scheduling.Offers.Offer;
using Rules = Stages.Pairing.Rules;
using Teaching = Stages.Pairing.Teaching;

namespace Stages.Scheduling.Runs;

/// <summary>The problem to solve, and the present stages that the engine is to keep or to change as little as can be.</summary>
public sealed record Instance(Problem Problem, Proposal? Previous, IReadOnlyList<KnownStage> Known);

/// <summary>
/// Translates campaign, candidates, offers and present stages. A kept stage has to be possible in the problem even where people
/// have changed their minds since, or the engine would leave it out: what it uses is added to its pupils and its teacher.
/// </summary>
public static class Instances
{
    public static string WishId(Guid enrolment, string subject) => $"{enrolment}/{subject}";

    public static (Guid Enrolment, string Subject) WishOf(string id) => (Guid.Parse(id.AsSpan(0, 36)), id[37..]);

    public static Instance Of(
        CampaignPlan plan,
        IEnumerable<Candidate> candidates,
        IEnumerable<Offer> offers,
        IEnumerable<Stage> stages,
        Keep keep,
        OtherCampaigns? elsewhere = null
    )
    {
        elsewhere ??= OtherCampaigns.None;
        var counting = offers.Where(o => o.Counts).OrderBy(o => o.Id).ToDictionary(o => o.Id);
        Stage[] live = [.. stages.Where(s => s.IsLive)];
        Stage[] fixedStages = [.. live.Where(s => IsKept(s, keep) && (IsWithoutTeacher(s) || StaysApart(plan, s)))];
        Stage[] known =
        [
            .. live.Except(fixedStages).Where(s => !IsWithoutTeacher(s) && (IsKept(s, keep) || keep == Keep.All)).OrderBy(s => s.Id),
        ];
        Stage[] pinned = [.. known.Where(s => IsKept(s, keep))];

        var pupils = Pupils(plan, [.. candidates], pinned, fixedStages, elsewhere);
        var teachers = Offers(plan, counting.Values, pinned, fixedStages, elsewhere);
        var wishes = pupils.SelectMany(p => p.Wishes).Select(w => w.Id).ToHashSet(StringComparer.Ordinal);
        ProposedStage[] previous =
        [
            .. known.Select(s => new ProposedStage(
                s.OfferId.ToString(),
                s.Subject,
                s.Levels,
                s.Week,
                [.. s.Modules.Select(m => m.Slot).Order()],
                [.. s.Seats.Select(seat => WishId(seat.EnrolmentId, s.Subject)).Where(wishes.Contains)],
                IsKept(s, keep)
            )),
        ];
        return new Instance(
            new Problem(RulesOf(plan), plan.Levels, [.. plan.Subjects.Select(s => s.Code)], pupils, teachers),
            previous.Length == 0 ? null : new Proposal(0, 0, new Score(0, 0, 0, 0, 0, 0), previous, []),
            [
                .. known.Select(s => new KnownStage(
                    s.Id,
                    s.OfferId.ToString(),
                    s.Subject,
                    s.Levels,
                    s.Week,
                    [.. s.Modules.Select(m => m.Slot).Order()],
                    IsKept(s, keep)
                )),
            ]
        );

        // Kept or not, a stage whose teacher left, or is not accepted, is none that the engine may give them.
        bool IsWithoutTeacher(Stage stage) => stage.TeacherGone || !counting.ContainsKey(stage.OfferId);
    }

    /// <summary>What people were told stays, and so does what a coordinator pinned.</summary>
    public static bool IsKept(Stage stage, Keep keep) =>
        stage.Status == StageStatus.Published || stage.Pinned || (stage.Status == StageStatus.Approved && keep != Keep.None);

    /// <summary>
    /// A published stage that has lost pupils is no stage by the rules; it stays beside the problem and its people are busy, as do
    /// those of a stage that waits for a teacher.
    /// </summary>
    private static bool StaysApart(CampaignPlan plan, Stage stage) =>
        stage.Status == StageStatus.Published && stage.Seats.Count < plan.Rules.GroupMin;

    public static Rules RulesOf(CampaignPlan plan) =>
        new(
            [.. plan.Weeks.Select(w => w.Label)],
            SlotCode.Days,
            plan.SlotStarts.Count,
            plan.Rules.GroupMin,
            plan.Rules.ModulesMin,
            plan.Rules.ModulesMax,
            plan.Rules.ModulesPerDayMax,
            plan.Rules.SingleWeek,
            [.. plan.Rules.AdjacentLevels.Where(pair => pair.All(plan.Levels.Contains))],
            new WishWeights(plan.Rules.FirstWish, plan.Rules.FurtherWish),
            [
                .. plan.Weeks.SelectMany(w =>
                    Enumerable
                        .Range(0, Grid.Count(plan))
                        .Where(s => Grid.IsClosed(plan, w.Label, s))
                        .Select(s => new ClosedSlot(w.Label, s))
                ),
            ],
            plan.Rules.GroupMax
        );

    private static List<Pupil> Pupils(
        CampaignPlan plan,
        IReadOnlyList<Candidate> candidates,
        Stage[] pinned,
        Stage[] apart,
        OtherCampaigns elsewhere
    )
    {
        var siblings = new SiblingsAsked(candidates, pinned, apart);
        var keptOf = pinned
            .SelectMany(s => s.Seats.Select(seat => (seat.EnrolmentId, Stage: s)))
            .ToLookup(x => x.EnrolmentId, x => x.Stage);
        var apartOf = apart
            .SelectMany(s => s.Seats.Select(seat => (seat.EnrolmentId, Stage: s)))
            .ToLookup(x => x.EnrolmentId, x => x.Stage);
        var pupils = new List<Pupil>();
        foreach (var c in candidates.Where(c => !c.Withdrawn && plan.Levels.Contains(c.Level)).OrderBy(c => c.Id))
        {
            Wish[] wishes =
            [
                .. c
                    .Wishes.Where(w => plan.SubjectOf(w.Subject) is not null && !apartOf[c.Id].Any(s => s.Subject == w.Subject))
                    .OrderBy(w => w.Rank)
                    .Select(w => new Wish(WishId(c.Id, w.Subject), w.Subject)),
            ];
            if (wishes.Length == 0)
                continue;

            var weeks = c
                .Weeks.Where(w => Grid.MondayOf(plan, w.Label) is not null)
                .ToDictionary(w => w.Label, w => Math.Clamp(w.Preference, 1, 2), StringComparer.Ordinal);
            var slots = c
                .Weeks.Where(w => weeks.ContainsKey(w.Label))
                .ToDictionary(
                    w => w.Label,
                    w => w.Slots.Select(s => Grid.Number(plan, s)).OfType<int>().ToHashSet(),
                    StringComparer.Ordinal
                );
            foreach (var (week, free) in slots)
                free.ExceptWith(elsewhere.Slots(c.Child, plan, week));
            foreach (var (week, taken) in siblings.TakenBeside(c))
                Slots(slots, week).ExceptWith(taken);
            foreach (var stage in keptOf[c.Id])
            {
                weeks.TryAdd(stage.Week, 1);
                Slots(slots, stage.Week).UnionWith(stage.Modules.Select(m => m.Slot));
            }
            foreach (var stage in apartOf[c.Id])
            {
                Slots(slots, stage.Week).ExceptWith(stage.Modules.Select(m => m.Slot));
                if (plan.Rules.SingleWeek)
                    foreach (var other in weeks.Keys.Where(w => w != stage.Week).ToArray())
                    {
                        weeks.Remove(other);
                        slots.Remove(other);
                    }
            }
            pupils.Add(
                new Pupil(
                    c.Id.ToString(),
                    c.Level,
                    c.SchoolUai,
                    Math.Clamp(c.Priority, 0, 1000),
                    c.Turn,
                    weeks,
                    slots
                        .Where(s => weeks.ContainsKey(s.Key))
                        .ToDictionary(s => s.Key, s => s.Value.Order().ToArray(), StringComparer.Ordinal),
                    wishes,
                    c.SiblingGroup?.ToString(),
                    siblings.RuleOf(c)
                )
            );
        }
        return pupils;
    }

    private static List<Pairing.Offer> Offers(
        CampaignPlan plan,
        IEnumerable<Offer> offers,
        Stage[] pinned,
        Stage[] apart,
        OtherCampaigns elsewhere
    )
    {
        var keptOf = pinned.ToLookup(s => s.OfferId);
        var apartOf = apart.Where(s => !s.TeacherGone).ToLookup(s => s.OfferId);
        var teachers = new List<Pairing.Offer>();
        foreach (var o in offers)
        {
            var (kept, beside) = (keptOf[o.Id].ToArray(), apartOf[o.Id].ToArray());
            var slots = o
                .Terms.Slots.Where(w => Grid.MondayOf(plan, w.Key) is not null)
                .ToDictionary(
                    w => w.Key,
                    w => w.Value.Select(s => Grid.Number(plan, s.Slot)).OfType<int>().ToHashSet(),
                    StringComparer.Ordinal
                );
            foreach (var (week, free) in slots)
                free.ExceptWith(elsewhere.Slots(o.PersonId, plan, week));
            foreach (var stage in beside)
                Slots(slots, stage.Week).ExceptWith(stage.Modules.Select(m => m.Slot));
            foreach (var stage in kept)
                Slots(slots, stage.Week).UnionWith(stage.Modules.Select(m => m.Slot));
            var preferred = o
                .Terms.Slots.Where(w => slots.ContainsKey(w.Key))
                .ToDictionary(
                    w => w.Key,
                    w =>
                        w.Value.Where(s => s.Preference == "preferred")
                            .Select(s => Grid.Number(plan, s.Slot))
                            .OfType<int>()
                            .Where(slots[w.Key].Contains)
                            .Order()
                            .ToArray(),
                    StringComparer.Ordinal
                );
            var busiest = kept.GroupBy(s => s.Week, StringComparer.Ordinal).Select(g => g.Count()).DefaultIfEmpty(0).Max();
            teachers.Add(
                new Pairing.Offer(
                    o.Id.ToString(),
                    [
                        .. o
                            .Terms.Teaches.Where(t => plan.SubjectOf(t.Subject) is not null)
                            .Select(t => new Teaching(t.Subject, [.. t.Levels.Where(plan.Levels.Contains)])),
                    ],
                    slots.ToDictionary(s => s.Key, s => s.Value.Order().ToArray(), StringComparer.Ordinal),
                    Math.Max(busiest, o.Terms.Limits.StagesPerWeek - beside.Length),
                    Math.Max(Timetables.Rules.Group.Most(plan, o), kept.Select(s => s.Seats.Count).DefaultIfEmpty(0).Max()),
                    preferred
                )
            );
        }
        return teachers;
    }

    private static HashSet<int> Slots(Dictionary<string, HashSet<int>> slots, string week)
    {
        if (!slots.TryGetValue(week, out var set))
            slots[week] = set = [];
        return set;
    }
}
