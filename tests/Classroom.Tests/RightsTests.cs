using Shouldly;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Recordings;
using Stages.Classrooms.Sessions;
using Stages.ServiceDefaults;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

/// <summary>A teacher's rights in the hands of an adult who visits: given, used, taken back.</summary>
public sealed class RightsTests
{
    private static readonly Guid Visitor = Guid.Parse("01900000-0000-7000-8000-0000000000ee");

    private static readonly Actor Claire = new(Participant(Teacher), ParticipantRole.Teacher);
    private static readonly Actor Lina_ = new(Participant(Lina), ParticipantRole.Pupil);
    private static readonly Actor Camille = new(Participant(Visitor), ParticipantRole.Coordinator);

    private static ClassSession Session(params object[] more) =>
        Class([
            .. Stay(Teacher, 0, null, role: ParticipantRole.Teacher),
            .. Stay(Lina, 0, null),
            .. Stay(Visitor, 0, null, role: ParticipantRole.Coordinator),
            .. more,
        ]);

    private static readonly RightsGiven Given_ = new(Camille.ParticipantId, Claire.ParticipantId, true, Minute(1));

    private static Actor Of(ClassSession session, Guid who) => Actor.Of(session.SeatOf(who)!);

    [Fact]
    public void the_teacher_gives_them_to_an_adult_who_is_there_and_takes_them_back()
    {
        Door.GiveRights(Session(), Claire, Camille.ParticipantId, true, Minute(1)).Events.ShouldBe([Given_]);
        Door.GiveRights(Session(Given_), Claire, Camille.ParticipantId, true, Minute(2)).ShouldBe(Decision.Nothing);
        var back = new RightsGiven(Camille.ParticipantId, Claire.ParticipantId, false, Minute(3));
        Door.GiveRights(Session(Given_), Claire, Camille.ParticipantId, false, Minute(3)).Events.ShouldBe([back]);
        Of(Session(Given_), Camille.ParticipantId).IsTeacher.ShouldBeTrue();
        Of(Session(Given_, back), Camille.ParticipantId).IsTeacher.ShouldBeFalse();
    }

    [Fact]
    public void nobody_else_gives_them_and_no_pupil_has_them()
    {
        foreach (var who in new[] { Lina_, Camille, Camille with { Leads = true } })
        foreach (var whom in new[] { Lina_, Camille, Claire })
            Door.GiveRights(Session(), who, whom.ParticipantId, true, Minute(1)).Refusal.ShouldBe(new TeacherOnly());
        foreach (var whom in new[] { Lina_.ParticipantId, Claire.ParticipantId, Guid.Empty })
            Door.GiveRights(Session(), Claire, whom, true, Minute(1)).Refusal.ShouldBe(new NotValid());
        var gone = Session(
            new ParticipantLeft(Camille.ParticipantId, Session().SeatOf(Camille.ParticipantId)!.Current!.ConnectionId, Minute(1))
        );
        if (gone.SeatOf(Camille.ParticipantId)!.Current is null)
            Door.GiveRights(gone, Claire, Camille.ParticipantId, true, Minute(2)).Refusal.ShouldBe(new NotValid());
        // Who has them may give them back, and nobody else's.
        var leads = Of(Session(Given_), Camille.ParticipantId);
        Door.GiveRights(Session(Given_), leads, Camille.ParticipantId, false, Minute(2)).Events.Count.ShouldBe(1);
        Door.GiveRights(Session(Given_), Lina_, Camille.ParticipantId, false, Minute(2)).Refusal.ShouldBe(new TeacherOnly());
    }

    [Fact]
    public void they_are_over_the_class_and_not_over_recordings()
    {
        var session = Session(Given_);
        var leads = Of(session, Camille.ParticipantId);
        Door.Remove(session, leads, Lina_.ParticipantId, "crie", false, Minute(2)).Refusal.ShouldBeNull();
        Door.End(session, leads, Minute(2)).Refusal.ShouldBeNull();
        DeskRules.EndPairs(null, leads).Refusal.ShouldBeNull();
        Consent.Ask(session, leads, allowed: true, Minute(2)).Refusal.ShouldBe(new TeacherOnly());
        Consent.Start(session, leads, true, Guid.Empty, Minute(2)).Refusal.ShouldBe(new TeacherOnly());
        // Without them a visit is a visit.
        Door.Remove(session, Camille, Lina_.ParticipantId, "crie", false, Minute(2)).Refusal.ShouldBe(new TeacherOnly());
    }

    [Fact]
    public void they_stay_with_who_comes_back_and_end_with_the_class()
    {
        var there = Session(Given_).SeatOf(Camille.ParticipantId)!;
        var left = Session(Given_, new ParticipantLeft(Camille.ParticipantId, there.Current!.ConnectionId, Minute(2)));
        Of(left, Camille.ParticipantId).IsTeacher.ShouldBeTrue();
        var ended = Session(Given_, new ClassEnded(Claire.ParticipantId, Minute(3)));
        Of(ended, Camille.ParticipantId).IsTeacher.ShouldBeFalse();
    }

    /// <summary>The teacher goes, the other adult stays: nobody is left alone, until that one goes too.</summary>
    [Fact]
    public void a_class_is_not_without_an_adult_while_they_are_there()
    {
        var session = Session(new ClassBegun(Minute(1)), Given_);
        Guid Connection(Actor who) => session.SeatOf(who.ParticipantId)!.Current!.ConnectionId;
        var without = session.After(new ParticipantLeft(Claire.ParticipantId, Connection(Claire), Minute(2)));
        Door.Watch(without, Minute(120), TimeSpan.FromMinutes(2), Minute(60)).ShouldBe(Decision.Nothing);
        var alone = without.After(new ParticipantLeft(Camille.ParticipantId, Connection(Camille), Minute(61)));
        Door.Watch(alone, Minute(120), TimeSpan.FromMinutes(2), Minute(64)).Events.ShouldBe([new ClassPaused(Minute(64))]);
    }
}

file static class Afterwards
{
    public static ClassSession After(this ClassSession session, object e) => Classes.Fold.After(session, [e])!;
}
