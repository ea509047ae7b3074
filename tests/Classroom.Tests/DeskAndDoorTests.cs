using Shouldly;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Sessions;
using Stages.ServiceDefaults;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

/// <summary>What is taken up and put down again in class: hands, polls, pairs, documents, and those who go and come back.</summary>
public sealed class DeskAndDoorTests
{
    private static readonly Guid Poll = Guid.Parse("01900000-0000-7000-8000-0000000000cc");
    private static readonly Guid Verbs = Guid.Parse("01900000-0000-7000-8000-00000000000b");
    private static readonly Actor Claire = new(Participant(Teacher), ParticipantRole.Teacher);
    private static readonly Actor LinaThere = new(Participant(Lina), ParticipantRole.Pupil);
    private static readonly Actor NoahThere = new(Participant(Noah), ParticipantRole.Pupil);

    private static Desk On(params object[] events) =>
        events.Aggregate(Desk.Create(new DeskSet(ModuleId)), (s, e) => (Desk)Desk.Apply((dynamic)e, s));

    private static readonly Desk Raised = On(new HandRaised(LinaThere.ParticipantId, Start));

    private static readonly Desk Paired = On(
        new PairsFormed([
            [LinaThere.ParticipantId],
            [NoahThere.ParticipantId],
        ])
    );

    [Fact]
    public void the_first_hand_sets_the_desk() =>
        DeskRules
            .RaiseHand(null, ModuleId, LinaThere, up: true, Start)
            .Events.ShouldBe([new DeskSet(ModuleId), new HandRaised(LinaThere.ParticipantId, Start)]);

    [Fact]
    public void a_hand_is_raised_once_and_lowered_once()
    {
        DeskRules.RaiseHand(Raised, ModuleId, LinaThere, up: true, Minute(1)).ShouldBe(Decision.Nothing);
        DeskRules.RaiseHand(Raised, ModuleId, LinaThere, up: false, Start).Events.ShouldBe([new HandLowered(LinaThere.ParticipantId)]);
        DeskRules.RaiseHand(On(), ModuleId, LinaThere, up: false, Start).Events.ShouldBeEmpty();
        DeskRules.RaiseHand(null, ModuleId, LinaThere, up: false, Start).Events.ShouldBeEmpty();
    }

    [Fact]
    public void a_pupil_lowers_their_own_hand_and_the_teacher_anybodys()
    {
        DeskRules.LowerHand(Raised, LinaThere, LinaThere.ParticipantId).Events.ShouldBe([new HandLowered(LinaThere.ParticipantId)]);
        DeskRules.LowerHand(Raised, Claire, LinaThere.ParticipantId).Events.ShouldBe([new HandLowered(LinaThere.ParticipantId)]);
        DeskRules.LowerHand(Raised, NoahThere, LinaThere.ParticipantId).Refusal.ShouldBe(new TeacherOnly());
        DeskRules.LowerHand(Raised, Claire, NoahThere.ParticipantId).Events.ShouldBeEmpty();
        DeskRules.LowerHand(null, Claire, LinaThere.ParticipantId).Events.ShouldBeEmpty();
    }

    [Fact]
    public void who_has_the_floor_may_speak_where_nobody_else_may()
    {
        DeskRules.GiveFloor(Raised, ModuleId, NoahThere, NoahThere.ParticipantId).Refusal.ShouldBe(new TeacherOnly());
        DeskRules
            .GiveFloor(null, ModuleId, Claire, LinaThere.ParticipantId)
            .Events.ShouldBe([new DeskSet(ModuleId), new FloorGiven(LinaThere.ParticipantId)]);
        DeskRules.GiveFloor(Raised, ModuleId, Claire, null).Events.ShouldBeEmpty();
        var given = On(
            new PermissionsSet(Desk.AllPermitted with { Microphone = false }),
            new HandRaised(LinaThere.ParticipantId, Start),
            new HandRaised(NoahThere.ParticipantId, Start),
            new FloorGiven(LinaThere.ParticipantId)
        );
        given.Hands.ShouldBe([NoahThere.ParticipantId]);
        given.PermissionsOf(LinaThere.ParticipantId).Microphone.ShouldBeTrue();
        given.PermissionsOf(NoahThere.ParticipantId).Microphone.ShouldBeFalse();
        given.Permissions.Microphone.ShouldBeFalse();
        DeskRules.GiveFloor(given, ModuleId, Claire, LinaThere.ParticipantId).Events.ShouldBeEmpty();
        DeskRules.GiveFloor(given, ModuleId, Claire, null).Events.ShouldBe([new FloorGiven(null)]);
    }

    [Theory]
    [InlineData("done", null, null)]
    [InlineData("bravo", 1000, null)]
    [InlineData("lost", 999, "too-fast")]
    [InlineData("boo", null, "not-valid")]
    [InlineData("boo", 1, "not-valid")]
    public void reactions_are_five_and_one_a_second(string kind, int? millisecondsBefore, string? code)
    {
        DateTimeOffset? last = millisecondsBefore is { } ms ? Start.AddMilliseconds(-ms) : null;
        DeskRules.MayReact(kind, last, Start)?.Code.ShouldBe(code);
        (DeskRules.MayReact(kind, last, Start) is null).ShouldBe(code is null);
    }

    [Fact]
    public void a_poll_is_closed_first_and_cleared_by_the_second_click()
    {
        var open = On(new PollAsked(Poll, "?", ["a", "b"]));
        DeskRules.ClosePoll(open, LinaThere).Refusal.ShouldBe(new TeacherOnly());
        DeskRules.ClosePoll(open, Claire).Events.ShouldBe([new PollClosed(Poll)]);
        DeskRules.ClosePoll(Desk.Apply(new PollClosed(Poll), open), Claire).Events.ShouldBe([new PollCleared(Poll)]);
        DeskRules.ClosePoll(On(), Claire).Events.ShouldBeEmpty();
        DeskRules.ClosePoll(null, Claire).Events.ShouldBeEmpty();
    }

    [Fact]
    public void pairs_end_once_and_by_the_teacher()
    {
        DeskRules.EndPairs(Paired, LinaThere).Refusal.ShouldBe(new TeacherOnly());
        DeskRules.EndPairs(Paired, Claire).Events.ShouldBe([new PairsEnded()]);
        DeskRules.EndPairs(On(), Claire).Events.ShouldBeEmpty();
        DeskRules.EndPairs(null, Claire).Events.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void there_is_no_such_group_to_visit(int group) => DeskRules.Visit(Paired, Claire, group).Refusal.ShouldBe(new NotValid());

    [Fact]
    public void the_teacher_visits_a_group_and_comes_back_to_all()
    {
        DeskRules.Visit(Paired, LinaThere, 0).Refusal.ShouldBe(new TeacherOnly());
        DeskRules.Visit(Paired, Claire, 1).Events.ShouldBe([new GroupVisited(1)]);
        var visiting = Desk.Apply(new GroupVisited(1), Paired);
        DeskRules.Visit(visiting, Claire, 1).Events.ShouldBeEmpty();
        DeskRules.Visit(visiting, Claire, null).Events.ShouldBe([new GroupVisited(null)]);
        DeskRules.Visit(null, Claire, null).Refusal.ShouldBe(new NotValid());
    }

    [Fact]
    public void a_document_is_taken_away_once_and_by_the_teacher()
    {
        var laid = On(new DocumentLaidOut(Verbs, "Les verbes", 3));
        DeskRules.TakeAway(laid, LinaThere, Verbs).Refusal.ShouldBe(new TeacherOnly());
        DeskRules.TakeAway(laid, Claire, Verbs).Events.ShouldBe([new DocumentTakenAway(Verbs)]);
        DeskRules.TakeAway(On(), Claire, Verbs).Events.ShouldBeEmpty();
        DeskRules.TakeAway(null, Claire, Verbs).Events.ShouldBeEmpty();
    }

    [Fact]
    public void who_leaves_by_a_connection_that_was_replaced_is_still_there()
    {
        var twice = Class([.. Stay(Lina, 0, null), .. Stay(Lina, 3, null)]);
        var current = twice.SeatOf(Participant(Lina))!.Current!.ConnectionId;
        Door.Leave(twice, Participant(Lina), Guid.Empty, Minute(5)).Events.ShouldBeEmpty();
        Door.Leave(twice, Participant(Lina), current, Minute(5))
            .Events.ShouldBe([new ParticipantLeft(Participant(Lina), current, Minute(5))]);
        Door.Leave(Class(Stay(Lina, 0, 5)), Participant(Lina), current, Minute(6)).Events.ShouldBeEmpty();
        Door.Leave(null, Participant(Lina), current, Minute(5)).Events.ShouldBeEmpty();
    }

    [Fact]
    public void the_teacher_pardons_who_was_removed_once()
    {
        var removed = Class([
            .. Stay(Lina, 0, null),
            new ParticipantRemoved(Participant(Lina), Claire.ParticipantId, "shouts", false, Minute(20)),
        ]);
        Door.Pardon(removed, NoahThere, Participant(Lina), Minute(25)).Refusal.ShouldBe(new TeacherOnly());
        var pardon = new ParticipantPardoned(Participant(Lina), Claire.ParticipantId, Minute(25));
        Door.Pardon(removed, Claire, Participant(Lina), Minute(25)).Events.ShouldBe([pardon]);
        Door.Pardon(ClassSession.Apply(pardon, removed), Claire, Participant(Lina), Minute(26)).Events.ShouldBeEmpty();
        Door.Pardon(removed, Claire, Participant(Noah), Minute(25)).Events.ShouldBeEmpty();
    }
}
