using Shouldly;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Notes;
using Stages.Classrooms.Sessions;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>Who reads and writes the notes of a small group, while it is there and afterwards.</summary>
public sealed class GroupNotesTests
{
    private static readonly Guid[] Pupils = [.. Enumerable.Range(1, 4).Select(i => new Guid(i, 0, 0, new byte[8]))];

    private static readonly Actor Claire = new(Guid.Empty, ParticipantRole.Teacher);

    private static readonly Actor Visitor = new(Guid.AllBitsSet, ParticipantRole.Coordinator);

    private static Actor Pupil(int i) => new(Pupils[i], ParticipantRole.Pupil);

    private static readonly Desk Together = Desk.Create(new DeskSet(Guid.Empty));

    private static readonly Desk Once = Desk.Apply(
        new PairsFormed([
            [Pupils[0], Pupils[1]],
            [Pupils[2], Pupils[3]],
        ]),
        Together
    );

    private static readonly Desk Twice = Desk.Apply(
        new PairsFormed([
            [Pupils[3], Pupils[1]],
            [Pupils[2], Pupils[0]],
        ]),
        Once
    );

    [Fact]
    public void a_group_s_notes_are_its_members_and_adults()
    {
        var first = new GroupNotes(1, 0);
        foreach (var who in new[] { Pupil(0), Pupil(1), Claire, Visitor })
        {
            first.MayRead(Once, who).ShouldBeNull();
            first.MayWrite(Once, who).ShouldBeNull();
        }
        foreach (var who in new[] { Pupil(2), Pupil(3) })
        {
            first.MayRead(Once, who).ShouldBe(new NotPermitted());
            first.MayWrite(Once, who).ShouldBe(new NotPermitted());
        }
    }

    /// <summary>Whoever has the number of a group now has not what others wrote under it before.</summary>
    [Fact]
    public void other_groups_are_other_notes_and_those_before_stand_for_adults()
    {
        var (before, now) = (new GroupNotes(1, 0), new GroupNotes(2, 0));
        before.IdIn(Guid.Empty).ShouldNotBe(now.IdIn(Guid.Empty));
        before.IdIn(Guid.Empty).ShouldNotBe((before with { Group = 1 }).IdIn(Guid.Empty));
        foreach (var desk in new[] { Twice, Desk.Apply(new PairsEnded(), Once) })
        {
            for (var i = 0; i < Pupils.Length; i++)
                before.MayRead(desk, Pupil(i)).ShouldBe(new NotPermitted());
            foreach (var adult in new[] { Claire, Visitor })
            {
                before.MayRead(desk, adult).ShouldBeNull();
                before.MayWrite(desk, adult).ShouldBe(new NotValid());
            }
        }
        now.MayRead(Twice, Pupil(3)).ShouldBeNull();
        now.MayRead(Twice, Pupil(0)).ShouldBe(new NotPermitted());
    }

    [Fact]
    public void who_is_moved_leaves_the_notes_behind()
    {
        var moved = Desk.Apply(new GroupJoined(Pupils[1], 1), Once);
        new GroupNotes(1, 0).MayRead(moved, Pupil(1)).ShouldBe(new NotPermitted());
        new GroupNotes(1, 1).MayWrite(moved, Pupil(1)).ShouldBeNull();
        moved.Rounds!.ShouldHaveSingleItem().Groups[1].ShouldBe([Pupils[2], Pupils[3], Pupils[1]]);
    }

    [Fact]
    public void what_the_teacher_forbids_is_forbidden_in_groups_too_and_what_is_no_group_is_none()
    {
        var closed = Once with { Permissions = Desk.AllPermitted with { Notes = false } };
        new GroupNotes(1, 0).MayWrite(closed, Pupil(0)).ShouldBe(new NotPermitted());
        new GroupNotes(1, 0).MayRead(closed, Pupil(0)).ShouldBeNull();
        new GroupNotes(1, 0).MayWrite(closed, Claire).ShouldBeNull();
        foreach (var which in new GroupNotes[] { new(0, 0), new(2, 0), new(1, 2), new(1, -1) })
        foreach (var who in new[] { Claire, Pupil(0) })
            which.MayRead(Once, who).ShouldBe(new NotValid());
        new GroupNotes(1, 0).MayRead(null, Claire).ShouldBe(new NotValid());
        new GroupNotes(1, 0).MayRead(Together, Claire).ShouldBe(new NotValid());
    }

    [Fact]
    public void of_many_drawings_the_last_are_kept()
    {
        var desk = Together;
        for (var i = 0; i < 30; i++)
            desk = Desk.Apply(new PairsFormed([Pupils]), desk);
        desk.Rounds!.Select(r => r.Number).ShouldBe(Enumerable.Range(11, GroupRound.Most));
        desk.Round.ShouldBe(30);
        Desk.Apply(new PairsEnded(), desk).Round.ShouldBeNull();
    }
}
