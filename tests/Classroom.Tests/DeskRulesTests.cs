using Shouldly;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Sessions;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

public sealed class DeskRulesTests
{
    private static readonly Actor Claire = new(Participant(Teacher), ParticipantRole.Teacher);
    private static readonly Actor LinaThere = new(Participant(Lina), ParticipantRole.Pupil);
    private static readonly Actor NoahThere = new(Participant(Noah), ParticipantRole.Pupil);

    private static Desk On(params object[] events) =>
        events.Aggregate(Desk.Create(new DeskSet(ModuleId)), (s, e) => (Desk)Desk.Apply((dynamic)e, s));

    [Fact]
    public void only_the_teacher_rules_the_class()
    {
        DeskRules.SetPermissions(null, ModuleId, LinaThere, Desk.AllPermitted with { Chat = false }).Refusal.ShouldBe(new TeacherOnly());
        DeskRules.AskPoll(null, ModuleId, LinaThere, Guid.Empty, "?", ["a", "b"]).Refusal.ShouldBe(new TeacherOnly());
        GroupRules.Draw(null, ModuleId, LinaThere, [Lina, Noah], 2, ModuleId).Refusal.ShouldBe(new TeacherOnly());
        DeskRules.SetTimer(null, ModuleId, LinaThere, 60, Start).Refusal.ShouldBe(new TeacherOnly());
        Door.Lock(Class(), LinaThere, true, Start).Refusal.ShouldBe(new TeacherOnly());
        Door.Remove(Class(Stay(Noah, 0, null)), LinaThere, Participant(Noah), "", false, Start).Refusal.ShouldBe(new TeacherOnly());
        Door.Admit(Class(Stay(Lina, 0, null)), LinaThere, Participant(Lina), Start).Refusal.ShouldBe(new TeacherOnly());
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(-1, false)]
    public void a_quiz_is_a_poll_with_one_right_answer(int? right, bool asked)
    {
        var decided = DeskRules.AskPoll(null, ModuleId, Claire, Guid.Empty, "2 + 2 ?", ["4", "5"], right);
        (decided.Refusal is null).ShouldBe(asked);
        if (asked)
            ((Desk?)null).After(decided.Events)!.Poll!.Right.ShouldBe(right);
    }

    [Fact]
    public void pages_follow_the_teacher()
    {
        var verbs = Guid.Parse("01900000-0000-7000-8000-00000000000b");
        DeskRules.LayOut(null, ModuleId, LinaThere, verbs, "Les verbes", 3).Refusal.ShouldBe(new TeacherOnly());
        DeskRules.LayOut(null, ModuleId, Claire, verbs, "Les verbes", 0).Refusal.ShouldBe(new NotValid());
        DeskRules.LayOut(null, ModuleId, Claire, verbs, " ", 3).Refusal.ShouldBe(new NotValid());
        var laid = On(DeskRules.LayOut(null, ModuleId, Claire, verbs, "Les verbes", 3).Events[1]);
        DeskRules.LayOut(laid, ModuleId, Claire, verbs, "Les verbes", 3).Events.ShouldBeEmpty();
        DeskRules.TurnPage(laid, LinaThere, verbs, 1).Refusal.ShouldBe(new TeacherOnly());
        DeskRules.TurnPage(laid, Claire, verbs, 4).Refusal.ShouldBe(new NotValid());
        DeskRules.TurnPage(laid, Claire, Guid.Empty, 1).Refusal.ShouldBe(new NotValid());
        DeskRules.TurnPage(laid, Claire, verbs, 3).Events.ShouldBe([new PageTurned(verbs, 3)]);
        var shown = On(new DocumentLaidOut(verbs, "Les verbes", 3), new PageTurned(verbs, 3));
        DeskRules.TurnPage(shown, Claire, verbs, 3).Events.ShouldBeEmpty();
        On(new DocumentLaidOut(verbs, "Les verbes", 3), new PageTurned(verbs, 3), new DocumentTakenAway(verbs)).Shown.ShouldBeNull();
        var full = On([
            .. Enumerable
                .Range(0, DeskRules.MostDocuments)
                .Select(i => new DocumentLaidOut(new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), "x", 1)),
        ]);
        DeskRules.LayOut(full, ModuleId, Claire, verbs, "Les verbes", 3).Refusal.ShouldBe(new TooManyDocuments());
    }

    [Fact]
    public void the_class_sees_what_its_teacher_chooses()
    {
        var verbs = Guid.Parse("01900000-0000-7000-8000-00000000000b");
        DeskRules.ChooseView(null, ModuleId, LinaThere, ClassView.Board).Refusal.ShouldBe(new TeacherOnly());
        DeskRules.CallEyes(null, ModuleId, NoahThere).Refusal.ShouldBe(new TeacherOnly());
        DeskRules.ChooseView(null, ModuleId, Claire, "moon").Refusal.ShouldBe(new NotValid());
        DeskRules.ChooseView(null, ModuleId, Claire, ClassView.Document).Refusal.ShouldBe(new NotValid());
        DeskRules.ChooseView(null, ModuleId, Claire, ClassView.Faces).Events.ShouldBeEmpty();
        DeskRules
            .ChooseView(null, ModuleId, Claire, ClassView.Board)
            .Events.ShouldBe([new DeskSet(ModuleId), new ViewChosen(ClassView.Board)]);
        var board = On(new ViewChosen(ClassView.Board));
        DeskRules.ChooseView(board, ModuleId, Claire, ClassView.Board).Events.ShouldBeEmpty();

        // A page that is turned is shown; the board over it leaves the page where it was.
        object[] shown = [new ViewChosen(ClassView.Board), new DocumentLaidOut(verbs, "Les verbes", 3), new PageTurned(verbs, 2)];
        On(shown).View.ShouldBe(ClassView.Document);
        var over = On([.. shown, new ViewChosen(ClassView.Board)]);
        over.Shown.ShouldBe(new ShownPage(verbs, 2));
        DeskRules.ChooseView(over, ModuleId, Claire, ClassView.Document).Events.ShouldBe([new ViewChosen(ClassView.Document)]);
        DeskRules.TurnPage(over, Claire, verbs, 2).Events.ShouldBe([new PageTurned(verbs, 2)]);
        On([.. shown, new PageTurned(null, 0)]).View.ShouldBe(ClassView.Faces);
        On([.. shown, new DocumentTakenAway(verbs)]).View.ShouldBe(ClassView.Faces);
        On([.. shown, new ViewChosen(ClassView.Board), new DocumentTakenAway(verbs)]).View.ShouldBe(ClassView.Board);
        On(new EyesCalled(), new EyesCalled()).EyesCalled.ShouldBe(2);
    }

    [Fact]
    public void hands_keep_their_order()
    {
        On(new HandRaised(Noah, Start), new HandRaised(Lina, Start), new HandRaised(Teacher, Start), new HandLowered(Noah))
            .Hands.ShouldBe([Lina, Teacher]);
    }

    [Fact]
    public void a_pair_hears_itself_and_the_teacher_who_visits_it()
    {
        var third = new Actor(Participant(Parent), ParticipantRole.Pupil);
        var desk = On(
            new PairsFormed([
                [LinaThere.ParticipantId],
                [NoahThere.ParticipantId, third.ParticipantId],
            ])
        );
        DeskRules.Hears(desk, LinaThere, NoahThere).ShouldBeFalse();
        DeskRules.Hears(desk, NoahThere, third).ShouldBeTrue();
        DeskRules.Hears(desk, LinaThere, Claire).ShouldBeTrue();
        var visited = Desk.Apply(new GroupVisited(1), desk);
        DeskRules.Hears(visited, LinaThere, Claire).ShouldBeFalse();
        DeskRules.Hears(visited, NoahThere, Claire).ShouldBeTrue();
        DeskRules.Hears(visited, Claire, LinaThere).ShouldBeFalse();
        DeskRules.Hears(Desk.Apply(new PairsEnded(), visited), LinaThere, NoahThere).ShouldBeTrue();
    }

    [Fact]
    public void a_vote_counts_once_and_not_after_the_result()
    {
        var poll = Guid.Parse("01900000-0000-7000-8000-0000000000cc");
        var desk = On(
            new PollAsked(poll, "?", ["a", "b"]),
            new PollAnswered(poll, LinaThere.ParticipantId, 0),
            new PollAnswered(poll, LinaThere.ParticipantId, 1)
        );
        desk.Poll!.Votes.Count.ShouldBe(1);
        DeskRules.Vote(Desk.Apply(new PollClosed(poll), desk), LinaThere, poll, 0).Refusal.ShouldBe(new NotValid());
        DeskRules.Vote(desk, LinaThere, poll, 2).Refusal.ShouldBe(new NotValid());
    }

    [Fact]
    public void the_room_locks_when_the_group_is_complete()
    {
        var begun = Class([
            .. Stay(Teacher, -5, null, role: ParticipantRole.Teacher),
            .. Stay(Lina, -4, null),
            new ClassBegun(Minute(0)),
            .. Stay(Noah, 2, null)[..2],
        ]);
        Door.Arrive(begun, Participant(Noah), Noah, Guid.Empty, 2, Minute(2))
            .Events.Select(e => e.GetType())
            .ShouldBe([typeof(ParticipantArrived), typeof(ClassLocked)]);
        Door.Arrive(begun, Participant(Noah), Noah, Guid.Empty, 3, Minute(2))
            .Events.Select(e => e.GetType())
            .ShouldBe([typeof(ParticipantArrived)]);
    }

    [Fact]
    public void a_locked_door_lets_who_was_in_come_back_and_others_wait()
    {
        var locked = Class([
            .. Stay(Lina, 0, 10),
            new ClassBegun(Minute(0)),
            new ClassLocked(Minute(5)),
            .. Stay(Lina, 12, null),
            .. Stay(Noah, 13, null),
        ]);
        locked.SeatOf(Participant(Lina))!.Admitted.ShouldBeTrue();
        locked.SeatOf(Participant(Noah))!.Admitted.ShouldBeFalse();
    }
}
