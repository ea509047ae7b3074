using Stages.Scheduling.Timetables;

namespace Stages.Scheduling.Tests;

/// <summary>The small commands of a move: what each makes of a stage, and that several are one.</summary>
public sealed class MoveTests
{
    private static readonly DateTimeOffset Now = Some.Now.AddDays(1);
    private static readonly Stage Stage = Some.TheStage();

    private static readonly Stage Elsewhere = Some.TheStage() with
    {
        Id = Some.NewId(),
        OfferId = Some.NewId(),
        Seats = [.. Enumerable.Range(4, 4).Select(i => new Seat(Some.Pupil(i), "6e", Some.School))],
    };

    [Fact]
    public void a_form_names_the_commands_that_it_changes_something_by()
    {
        new MoveStage().Changes(Some.Plan()).ShouldBeEmpty();
        new MoveStage
        {
            Modules = Days(19, 20, 21),
            TeacherOfferId = Some.OfferId,
            Pupils = [],
        }
            .Changes(Some.Plan())
            .Select(c => c.GetType())
            .ShouldBe([typeof(ChangeWeek), typeof(ChangeTeacher), typeof(MoveModules), typeof(SeatPupils)]);
    }

    [Fact]
    public void what_GET_says_may_be_sent_back_and_changes_nothing()
    {
        var view = StageView.Of(Stage, Some.Plan(), Some.TheOffer().Terms.Limits, null);
        var sent = JsonSerializer.Deserialize<MoveStage>(JsonSerializer.Serialize(view, SchedulingService.Json), SchedulingService.Json)!;
        MoveStageEndpoint.Decide(Stage, sent, Some.Around(), Some.By, Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void subject_and_level_do_not_change()
    {
        Fields(
                new MoveStage
                {
                    Subject = "MATHS",
                    Level = "CP",
                    Levels = ["5e"],
                }
            )
            .ShouldBe(["subject", "levels", "level"]);
        Fields(new MoveStage { Pupils = [new(Some.Pupil(1), "FR"), new(Some.Pupil(2), "MATHS")] }).ShouldBe(["pupils[1].wish"]);

        static IEnumerable<string> Fields(MoveStage move) =>
            MoveStageEndpoint
                .Decide(Stage, move, Some.Around(), Some.By, Now)
                .Refusal.ShouldBeOfType<FieldsRefused>()
                .Fields.Select(f => f.Field);
    }

    [Fact]
    public void a_stage_that_does_not_take_place_is_not_moved() =>
        MoveStageEndpoint
            .Decide(Some.TheStage(StageStatus.Cancelled), new MoveStage { Week = "B" }, Some.Around(), Some.By, Now)
            .Refusal.ShouldBe(new StageIs("rejected"));

    [Fact]
    public void a_move_against_rules_is_refused_with_each_of_them_and_a_week_of_no_campaign_is_one() =>
        MoveStageEndpoint
            .Decide(Stage, new MoveStage { Week = "Z", Pupils = [] }, Some.Around(), Some.By, Now)
            .Refusal.ShouldBeOfType<InConflict>()
            .Conflicts.Select(c => c.Code)
            .ShouldBe(["not-a-week", "group-too-small"]);

    [Fact]
    public void a_fourth_module_is_added_and_the_others_keep_their_ids()
    {
        var modules = After(new MoveModules(Days(12, 13, 14, 15))).Modules;
        modules.Take(3).ShouldBe(Stage.Modules);
        modules[3].Slot.ShouldBe(12);
        modules[3].Id.ShouldNotBeOneOf([.. Stage.Modules.Select(m => m.Id)]);
    }

    [Fact]
    public void a_published_module_that_moves_keeps_its_id_and_counts_on()
    {
        var modules = Days(12, 13, 15).Select((m, i) => m with { Id = Some.Module(i + 1) }).ToArray();
        After(new MoveModules(modules), Some.TheStage(StageStatus.Published))
            .Modules.ShouldBe([new(Some.Module(1), 0, 0), new(Some.Module(2), 4, 0), new(Some.Module(3), 12, 1)]);
    }

    [Fact]
    public void with_the_week_or_the_teacher_every_published_module_counts_on()
    {
        var published = Some.TheStage(StageStatus.Published);
        After(new ChangeWeek("B"), published).Modules.ShouldAllBe(m => m.Sequence == 1);
        After(new ChangeTeacher(Some.NewId()), published).Modules.ShouldAllBe(m => m.Sequence == 1);
        After(new ChangeWeek("B")).Modules.ShouldAllBe(m => m.Sequence == 0);
    }

    [Fact]
    public void dates_in_the_other_week_move_the_stage_there()
    {
        var plan = Some.Plan();
        var move = Judge.Of(Stage, new MoveStage { Modules = Days(19, 20, 21) }.Changes(plan), Some.Around(), Now).Move;
        (move.After.Week, move.NoSlots.Count).ShouldBe(("B", 0));
        move.After.Modules.ShouldBe(Stage.Modules);
    }

    [Fact]
    public void who_has_a_seat_keeps_it_with_its_deadline()
    {
        var offered = Stage with { Seats = [.. Stage.Seats.Take(2), Stage.Seats[2] with { AnswerBefore = Now.AddDays(2) }] };
        After(Seats(1, 2, 3, 4), offered).Seats.ShouldBe([.. offered.Seats, new Seat(Some.Pupil(4), "6e", Some.School)]);
    }

    [Fact]
    public void a_pupil_who_comes_from_another_stage_leaves_it_in_the_same_step()
    {
        var move = new MoveStage { Pupils = [.. Seats(1, 2, 3).Pupils, new(Some.Pupil(4), "FR", Elsewhere.Id)] };
        var decision = MoveStageEndpoint.Decide(Stage, move, Some.Around(Elsewhere), Some.By, Now);
        decision.Events.ShouldHaveSingleItem().ShouldBeOfType<StageMoved>().Seats.Count.ShouldBe(4);
        var left = decision.Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.Append>();
        left.Stream.ShouldBe(Elsewhere.Id);
        left.Events.ShouldHaveSingleItem()
            .ShouldBeOfType<StageMoved>()
            .Seats.Select(s => s.EnrolmentId)
            .ShouldBe([Some.Pupil(5), Some.Pupil(6), Some.Pupil(7)]);
    }

    [Fact]
    public void a_pupil_placed_elsewhere_who_does_not_come_from_there_is_a_conflict() =>
        Judge
            .Of(Stage, [Seats(1, 2, 3, 4)], Some.Around(Elsewhere), Now)
            .Conflicts.Select(c => (c.Code, c.StageId))
            .ShouldContain(("already-placed", Elsewhere.Id));

    [Fact]
    public void a_move_is_not_blamed_for_what_was_wrong_before()
    {
        var small = Some.TheStage(StageStatus.Published).Apply(new PupilLeft(Some.Pupil(1), "withdrawn", Actor.System, Now));
        Judge.Of(small, [new MoveModules(Days(12, 13, 15))], Some.Around(), Now).Conflicts.ShouldBeEmpty();
    }

    private static Stage After(StageChange change, Stage? stage = null) =>
        Judge.Of(stage ?? Stage, [change], Some.Around(), Now).Move.After;

    private static SeatPupils Seats(params int[] pupils) => new([.. pupils.Select(p => new PupilForm(Some.Pupil(p), "FR"))]);

    /// <summary>Modules at nine on these days of April 2021; the 12th and the 19th are the Mondays.</summary>
    private static ModuleForm[] Days(params int[] days) =>
        [.. days.Select(d => new ModuleForm { Date = new(2021, 4, d), Start = new(9, 0) })];
}
