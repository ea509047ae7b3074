using Stages.Scheduling.Timetables;

namespace Stages.Scheduling.Tests.Rules;

/// <summary>What a move can break beside the rules of the stage that it leads to: one case for each code.</summary>
public sealed class MoveRuleTests(ITestOutputHelper output)
{
    public static BrokenRule an_hour_at_which_no_slot_begins() =>
        Of(
            "not-a-slot",
            Some.Around(),
            new MoveModules([
                new ModuleForm { Date = new(2021, 4, 12), Start = new(9, 0) },
                new ModuleForm { Date = new(2021, 4, 13), Start = new(9, 0) },
                new ModuleForm { Date = new(2021, 4, 14), Start = new(9, 0) },
                new ModuleForm { Date = new(2021, 4, 15), Start = new(10, 0) },
            ])
        );

    public static BrokenRule a_pupil_from_a_stage_in_which_they_are_not() =>
        Of("not-in-that-stage", Some.Around(Another(5, 6, 7, 8)), Seats(Another().Id)) with
        {
            EnrolmentId = Some.Pupil(4),
            StageId = Another().Id,
        };

    public static BrokenRule a_pupil_out_of_the_smallest_group() =>
        Of("source-too-small", Some.Around(Another(4, 5, 6)), Seats(Another().Id)) with
        {
            StageId = Another().Id,
        };

    public static TheoryData<string> Names() => [.. BrokenRule.In(typeof(MoveRuleTests)).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void a_rule_that_is_broken_is_named_and_no_other(string name) =>
        BrokenRule.In(typeof(MoveRuleTests)).Single(c => c.Name == name).Case.Holds();

    [Fact]
    public void every_rule_has_its_case() => BrokenRule.Table(typeof(MoveRuleTests), Judge.OfAMove.Select(r => r.Code), output);

    private static BrokenRule Of(string code, Surroundings around, StageChange change) =>
        new(code, () => Judge.Of(Some.TheStage(), [change], around, Some.Now).Conflicts);

    /// <summary>Another teacher's stage of the same subject.</summary>
    private static Stage Another(params int[] pupils) =>
        Some.TheStage() with
        {
            Id = new Guid("01900000-0000-7000-8000-000000000009"),
            OfferId = new Guid("01900000-0000-7000-8000-000000000008"),
            Seats = [.. pupils.Select(p => new Seat(Some.Pupil(p), "6e", Some.School))],
        };

    /// <summary>The group as it is, and pupil 4 from there.</summary>
    private static SeatPupils Seats(Guid from) =>
        new([new(Some.Pupil(1)), new(Some.Pupil(2)), new(Some.Pupil(3)), new(Some.Pupil(4), "FR", from)]);
}
