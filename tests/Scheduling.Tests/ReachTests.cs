using CsCheck;
using Stages.Scheduling.Candidates;
using Stages.Scheduling.Offers;
using Stages.Scheduling.Timetables;

namespace Stages.Scheduling.Tests;

/// <summary>What a coordinator of one territory can do to a stage that several territories share.</summary>
public sealed class ReachTests
{
    private static readonly string[] Schools = ["0340008Z", "0341111A", "0300222D", "0660001B"];
    private static readonly DateTimeOffset Now = Some.Now.AddDays(1);
    private static readonly Guid[] Offers =
    [
        Some.OfferId,
        new("01900000-0000-7000-8000-0000000000a1"),
        new("01900000-0000-7000-8000-0000000000a2"),
    ];

    /// <summary>A stage, another beside it, and pupils of neither; of every school.</summary>
    private sealed record World(Stage Stage, Stage Elsewhere, IReadOnlyList<Candidate> Pupils, IReadOnlyList<Offer> Teachers);

    private static readonly Gen<World> AnyWorld =
        from seated in Gen.Int[2, 6]
        from elsewhere in Gen.Int[2, 5]
        from schools in One(Schools).Array[14]
        from offers in One(Schools).Array[Offers.Length]
        select Make(seated, elsewhere, schools, offers);

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static World Make(int seated, int elsewhere, string[] schools, string[] offers)
    {
        Candidate[] pupils = [.. schools.Select((s, i) => Some.Candidate(Some.Pupil(i + 1)) with { SchoolUai = s })];
        Seat[] seats = [.. pupils.Select(p => new Seat(p.Id, p.Level, p.SchoolUai))];
        return new World(
            Some.TheStage() with
            {
                Seats = [.. seats.Take(seated)],
            },
            Some.TheStage() with
            {
                Id = new("01900000-0000-7000-8000-0000000000b1"),
                OfferId = Offers[2],
                Seats = [.. seats.Skip(seated).Take(elsewhere)],
            },
            pupils,
            [.. Offers.Select((id, i) => Some.TheOffer() with { Id = id, SchoolUai = offers[i] })]
        );
    }

    private static Gen<MoveStage> AnyMove(World world) =>
        from keeps in Gen.Bool.Array[world.Stage.Seats.Count]
        from takes in Gen.Bool.Array[world.Pupils.Count]
        from honest in Gen.Bool.Array[world.Pupils.Count]
        from few in Gen.Int[0, 3]
        from offer in One<Guid?>(null, Offers[0], Offers[1], Offers[2])
        from week in One<string?>(null, "A", "B")
        from pupils in Gen.Bool
        select new MoveStage
        {
            TeacherOfferId = offer,
            Week = week,
            Pupils = pupils
                ?
                [
                    .. world.Stage.Seats.Where((_, i) => keeps[i]).Select(s => new PupilForm(s.EnrolmentId)),
                    .. world
                        .Pupils.Skip(world.Stage.Seats.Count)
                        .Where((_, i) => takes[i])
                        .Take(few)
                        .Select((p, i) => new PupilForm(p.Id, null, honest[i] ? FromOf(world, p.Id) : world.Elsewhere.Id)),
                ]
                : null,
        };

    private static Guid? FromOf(World world, Guid pupil) =>
        world.Elsewhere.Seats.Any(s => s.EnrolmentId == pupil) ? world.Elsewhere.Id : null;

    private static readonly Gen<(World World, MoveStage Move, string? Territory)> Any = AnyWorld.SelectMany(world =>
        Gen.Select(AnyMove(world), One<string?>(null, "034", "030", "0660001B"), (move, territory) => (world, move, territory))
    );

    [Fact]
    public void whoever_and_whatever_a_command_changes_is_of_the_territory()
    {
        var carriedOut = 0;
        Any.Sample(
            x =>
            {
                var (world, move, territory) = x;
                var caller = Some.Coordinator with { Territory = territory };
                var decision = MoveStageEndpoint.DecideFor(caller, world.Stage, move, Around(world, move), Now);
                if (decision.Refusal is not null || territory is null || decision.ChangesNothing)
                    return;
                Interlocked.Increment(ref carriedOut);
                foreach (var moved in Moved(decision))
                {
                    var before = moved.Id == world.Elsewhere.Id ? world.Elsewhere : world.Stage;
                    var (had, has) = (before.Seats, moved.Event.Seats);
                    foreach (var seat in had.ExceptBy(has.Select(s => s.EnrolmentId), s => s.EnrolmentId))
                        caller.Covers(seat.SchoolUai).ShouldBeTrue($"{seat} was sent away by {territory}");
                    foreach (var seat in has.ExceptBy(had.Select(s => s.EnrolmentId), s => s.EnrolmentId))
                        caller.Covers(seat.SchoolUai).ShouldBeTrue($"{seat} was brought by {territory}");
                    if (moved.Event.OfferId != before.OfferId)
                        caller.Covers(world.Teachers.Single(t => t.Id == moved.Event.OfferId).SchoolUai).ShouldBeTrue();
                }
            },
            iter: 4_000
        );
        carriedOut.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void what_is_anothers_is_answered_as_what_does_not_exist() =>
        Any.Where(x => x.Territory is not null)
            .Sample(
                x =>
                {
                    var (world, move, territory) = x;
                    var caller = Some.Coordinator with { Territory = territory };
                    var seated = world.Stage.Seats.Select(s => s.EnrolmentId).ToHashSet();
                    bool Known(Candidate c) => seated.Contains(c.Id) || caller.Covers(c.SchoolUai);
                    // The same world, in which nobody of elsewhere has ever enrolled, taught, or been in a group.
                    var without = world with
                    {
                        Pupils = [.. world.Pupils.Where(Known)],
                        Teachers = [.. world.Teachers.Where(t => t.Id == world.Stage.OfferId || caller.Covers(t.SchoolUai))],
                    };
                    string Told(World w) =>
                        MoveStageEndpoint.DecideFor(caller, world.Stage, move, Around(w, move), Now).Refusal switch
                        {
                            null => "done",
                            InConflict c => string.Join(',', c.Conflicts.Select(y => $"{y.Code} {y.EnrolmentId}")),
                            FieldsRefused f => string.Join(',', f.Fields.Select(y => y.Code)),
                            var other => other.Code,
                        };
                    // A group with a pupil or the teacher of the territory concerns the caller, and may be known.
                    var theirs = world.Teachers.Single(t => t.Id == world.Elsewhere.OfferId);
                    if (caller.Covers(theirs.SchoolUai) || world.Elsewhere.Seats.Any(s => caller.Covers(s.SchoolUai)))
                        return;
                    Told(world).ShouldBe(Told(without with { Elsewhere = world.Elsewhere with { Seats = [] } }));
                },
                iter: 1_000
            );

    [Fact]
    public void the_whole_academie_is_held_by_the_rules_alone()
    {
        var around = Some.Around();
        var caller = Some.Coordinator;
        var move = new MoveStage { Week = "B" };
        MoveStageEndpoint
            .DecideFor(caller, Some.TheStage(), move, around, Now)
            .Refusal.ShouldBeOfType<InConflict>()
            .Conflicts.ShouldBe(
                MoveStageEndpoint
                    .Decide(Some.TheStage(), move, around, Actor.Of(caller), Now)
                    .Refusal.ShouldBeOfType<InConflict>()
                    .Conflicts
            );
    }

    /// <summary>As it is read from the database for this move.</summary>
    private static Surroundings Around(World world, MoveStage move)
    {
        var offer = world.Teachers.FirstOrDefault(t => t.Id == (move.TeacherOfferId ?? world.Stage.OfferId));
        var ids = world.Stage.Seats.Select(s => s.EnrolmentId).Concat((move.Pupils ?? []).Select(p => p.EnrolmentId!.Value)).ToHashSet();
        return new Surroundings(
            Some.Plan(),
            offer,
            world.Pupils.Where(p => ids.Contains(p.Id)).ToDictionary(p => p.Id),
            [
                .. new[] { world.Stage, world.Elsewhere }.Where(s =>
                    s.OfferId == offer?.Id || s.Seats.Any(seat => ids.Contains(seat.EnrolmentId))
                ),
            ]
        );
    }

    private static IEnumerable<(Guid Id, StageMoved Event)> Moved(Decision decision) =>
        decision
            .Events.OfType<StageMoved>()
            .Select(e => (Some.StageId, e))
            .Concat(decision.Effects.OfType<Effect.Append>().SelectMany(a => a.Events.OfType<StageMoved>().Select(e => (a.Stream, e))));
}
