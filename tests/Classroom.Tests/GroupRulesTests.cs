using Shouldly;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Sessions;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

/// <summary>Small groups, by value.</summary>
public sealed class GroupRulesTests
{
    private static readonly Actor Claire = new(Participant(Teacher), ParticipantRole.Teacher);
    private static readonly Actor LinaThere = new(Participant(Lina), ParticipantRole.Pupil);

    private static Guid[] Pupils(int many) => [.. Enumerable.Range(1, many).Select(i => new Guid(i, 0, 0, new byte[8]))];

    private static Guid[][] Drawn(int many, int size, int lot = 0) =>
        GroupRules
            .Draw(null, ModuleId, Claire, Pupils(many), size, new Guid(lot, 0, 0, new byte[8]))
            .Events.OfType<PairsFormed>()
            .Single()
            .Groups;

    private static Desk On(params object[] events) =>
        events.Aggregate(Desk.Create(new DeskSet(ModuleId)), (s, e) => (Desk)Desk.Apply((dynamic)e, s));

    [Theory]
    [InlineData(2, 2, "2")]
    [InlineData(3, 2, "3")]
    [InlineData(5, 2, "2 3")]
    [InlineData(6, 2, "2 2 2")]
    [InlineData(6, 3, "3 3")]
    [InlineData(7, 3, "2 2 3")]
    [InlineData(5, 4, "2 3")]
    [InlineData(6, 4, "3 3")]
    [InlineData(2, 4, "2")]
    public void nobody_is_alone(int many, int size, string sizes)
    {
        var drawn = Drawn(many, size);
        string.Join(' ', drawn.Select(g => g.Length)).ShouldBe(sizes);
        drawn.SelectMany(g => g).Order().ShouldBe(Pupils(many));
    }

    [Fact]
    public void the_lot_decides_who_meets_whom()
    {
        static string Of(Guid[][] groups) => string.Join('|', groups.Select(g => string.Join(',', g)));
        Of(Drawn(6, 2, 1)).ShouldBe(Of(Drawn(6, 2, 1)));
        Enumerable.Range(0, 20).Select(lot => Of(Drawn(6, 2, lot))).Distinct().Count().ShouldBeGreaterThan(10);
        foreach (var size in new[] { 1, 5 })
            GroupRules.Draw(null, ModuleId, Claire, Pupils(6), size, ModuleId).Refusal.ShouldBe(new NotValid());
        GroupRules.Draw(null, ModuleId, Claire, Pupils(1), 2, ModuleId).Refusal.ShouldBe(new NotValid());
    }

    [Fact]
    public void the_teacher_moves_a_pupil_and_boards_keep_their_numbers()
    {
        var (one, two, three) = (Pupils(3)[0], Pupils(3)[1], Pupils(3)[2]);
        var desk = On(
            new PairsFormed([
                [one],
                [two, three],
            ])
        );
        GroupRules.Move(desk, LinaThere, one, 1).Refusal.ShouldBe(new TeacherOnly());
        GroupRules.Move(On(), Claire, one, 0).Refusal.ShouldBe(new NotValid());
        GroupRules.Move(desk, Claire, one, 3).Refusal.ShouldBe(new NotValid());
        GroupRules.Move(desk, Claire, one, 0).Events.ShouldBeEmpty();
        GroupRules.Move(desk, Claire, one, 1).Events.ShouldBe([new GroupJoined(one, 1)]);
        var moved = Desk.Apply(new GroupJoined(one, 1), desk);
        (moved.Groups[0].Length, moved.GroupOf(one), moved.GroupOf(two)).ShouldBe((0, 1, 1));
        Desk.Apply(new GroupJoined(two, 2), desk).GroupOf(two).ShouldBe(2);
        var full = On(
            new PairsFormed([
                [one],
                [.. Pupils(8)[4..]],
            ])
        );
        GroupRules.Move(full, Claire, one, 1).Refusal.ShouldBe(new NotValid());
    }

    [Fact]
    public void who_comes_late_goes_where_the_fewest_are()
    {
        var (lina, noah) = (Participant(Lina), Participant(Noah));
        var session = Class([.. Stay(Lina, 0, null), .. Stay(Noah, 0, null), .. Stay(Teacher, 0, null, role: ParticipantRole.Teacher)]);
        session = session.After([
            new ParticipantAdmitted(lina, Participant(Teacher), Minute(1)),
            new ParticipantAdmitted(noah, Participant(Teacher), Minute(1)),
            new ClassBegun(Minute(1)),
        ]);
        GroupRules.Latecomers(On(), session).ShouldBeEmpty();
        GroupRules
            .Latecomers(
                On(
                    new PairsFormed([
                        [lina],
                        [noah],
                    ])
                ),
                session
            )
            .ShouldBeEmpty();
        // Who has left a group leaves a place in it.
        var desk = On(
            new PairsFormed([
                [lina],
                [Participant(Parent), Participant(StageId)],
            ])
        );
        GroupRules.Latecomers(desk, session).ShouldBe([new GroupJoined(noah, 1)]);
    }
}
