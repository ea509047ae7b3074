using Stages.Pairing;
using Offer = Stages.Scheduling.Offers.Offer;

namespace Stages.Scheduling.Runs;

/// <summary>The rules by which a proposal becomes stages: which stay, which are moved, which are new and which are gone.</summary>
public static class AdoptStages
{
    /// <summary>A stage of the proposal, with its number there and the id that it has or gets here.</summary>
    public sealed record Numbered(int Number, Guid Id, ProposedStage Stage);

    /// <summary>
    /// Number in the proposal → the known stage that it is: first by teacher, subject, levels, week and modules, then by all but
    /// the modules.
    /// </summary>
    public static Dictionary<int, Guid> Match(IReadOnlyList<ProposedStage> proposed, IReadOnlyList<KnownStage> known)
    {
        var found = new Dictionary<int, Guid>();
        var left = known.GroupBy(k => (k.Offer, k.Week)).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var exact in new[] { true, false })
            for (var i = 0; i < proposed.Count; i++)
            {
                var s = proposed[i];
                if (found.ContainsKey(i) || !left.TryGetValue((s.Offer, s.Week), out var theirs))
                    continue;
                var k = theirs.Find(k =>
                    k.Subject == s.Subject
                    && k.Levels.SequenceEqual(s.Levels)
                    && (exact ? k.Modules.SequenceEqual(s.Modules.Order()) : !k.Pinned)
                );
                if (k is null)
                    continue;
                found[i] = k.StageId;
                theirs.Remove(k);
            }
        return found;
    }

    public static Guid[] Pupils(IEnumerable<Numbered> stages) =>
        [.. stages.SelectMany(s => s.Stage.Wishes).Select(w => Instances.WishOf(w).Enrolment).Distinct()];

    public static Guid[] Offers(IEnumerable<Numbered> stages) => [.. stages.Select(s => Guid.Parse(s.Stage.Offer)).Distinct()];

    /// <summary>
    /// What the run kept by its rule is kept by the same rule now: a stage approved or pinned while it ran is not undone.
    /// </summary>
    public static Decision Replace(IEnumerable<Stage> stages, Keep keep, Adopting adopting) =>
        Decision.All(
            stages
                .Where(s => s.IsLive && !Instances.IsKept(s, keep))
                .Select(s => Decision.Of(new StageReplaced(adopting.RunId, adopting.By, adopting.At)).At(s.Id))
        );

    /// <param name="held">The stages that hold each wish, once the replaced ones are gone.</param>
    public static Decision Draft(
        Guid campaign,
        Adopting adopting,
        IReadOnlyList<Numbered> stages,
        IReadOnlyList<Stage> present,
        IReadOnlyList<Candidate> candidates,
        IReadOnlyList<Offer> offers,
        ILookup<(Guid Enrolment, string Subject), Guid> held
    )
    {
        var here = present.ToDictionary(s => s.Id);
        var pupils = candidates.ToDictionary(c => c.Id);
        var teachers = offers.Where(o => o.Counts).ToDictionary(o => o.Id);
        return Decision.All(
            stages.Select(s =>
            {
                var seats = Seats(s, pupils, held);
                return here.TryGetValue(s.Id, out var stage)
                    ? Move(stage, s.Stage, seats, adopting)
                    : Begin(campaign, s, seats, teachers.GetValueOrDefault(Guid.Parse(s.Stage.Offer)), adopting);
            })
        );
    }

    /// <summary>
    /// Who withdrew or was placed otherwise since the run is left out; the coordinator sees a group that became too small as a
    /// conflict.
    /// </summary>
    private static Seat[] Seats(
        Numbered s,
        IReadOnlyDictionary<Guid, Candidate> candidates,
        ILookup<(Guid Enrolment, string Subject), Guid> held
    ) =>
        [
            .. s
                .Stage.Wishes.Select(Instances.WishOf)
                .Select(w => (w.Subject, Candidate: candidates.GetValueOrDefault(w.Enrolment)))
                .Where(x => x.Candidate is { Withdrawn: false } c && c.Wishes.Any(w => w.Subject == x.Subject))
                .Where(x => held[(x.Candidate!.Id, x.Subject)].All(stage => stage == s.Id))
                .Select(x => new Seat(x.Candidate!.Id, x.Candidate.Level, x.Candidate.SchoolUai)),
        ];

    private static Decision Begin(Guid campaign, Numbered s, Seat[] seats, Offer? offer, Adopting adopting) =>
        seats.Length == 0 || offer is null
            ? Decision.Nothing
            : Decision.Nothing.AndStart<Stage>(
                s.Id,
                new StageDrafted(
                    s.Id,
                    campaign,
                    adopting.RunId,
                    offer.Id,
                    s.Stage.Subject,
                    s.Stage.Levels,
                    s.Stage.Week,
                    [.. s.Stage.Modules.Order().Select((slot, m) => new Module(adopting.ModuleId(s.Number, m), slot, 0))],
                    seats,
                    adopting.By,
                    adopting.At
                )
            );

    /// <summary>
    /// A stage that the proposal keeps: nothing to say when it is as it was, and nothing changes in one that is approved, pinned
    /// or published.
    /// </summary>
    private static Decision Move(Stage stage, ProposedStage s, Seat[] seats, Adopting adopting)
    {
        if (stage.Status != StageStatus.Draft || stage.Pinned || s.Pinned || seats.Length == 0)
            return Decision.Nothing;
        var same =
            stage.Modules.Select(m => m.Slot).Order().SequenceEqual(s.Modules.Order())
            && stage.Seats.Select(x => x.EnrolmentId).ToHashSet().SetEquals(seats.Select(x => x.EnrolmentId));
        if (same)
            return Decision.Nothing;
        var modules = Modules(stage.Modules, [.. s.Modules.Order()], adopting, stage.Id);
        return Decision.Of(new StageMoved(stage.OfferId, s.Week, modules, seats, adopting.By, adopting.At)).At(stage.Id);
    }

    /// <summary>Modules keep their ids where they can: a fourth is new, a missing one is gone.</summary>
    private static Module[] Modules(IReadOnlyList<Module> old, int[] slots, Adopting adopting, Guid stage) =>
        [
            .. slots.Select(
                (slot, i) =>
                    i < old.Count
                        ? old[i] with
                        {
                            Slot = slot,
                        }
                        : new Module(TimetableIds.Derived(adopting.At, $"{stage}/{adopting.RunId}/{i}"), slot, 0)
            ),
        ];
}
