using Shouldly;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Recordings;
using Stages.Classrooms.Sessions;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

/// <summary>A class is recorded only while the campaign allows it, the teacher is there and everybody inside agrees.</summary>
public sealed class ConsentTests
{
    private static readonly Guid Film = Guid.Parse("01900000-0000-7000-8000-000000000009");
    private static readonly Actor TheTeacher = new(Participant(Teacher), ParticipantRole.Teacher);
    private static readonly Actor APupil = new(Participant(Lina), ParticipantRole.Pupil);

    private static readonly object[] Together =
    [
        .. Stay(Teacher, -5, null, role: ParticipantRole.Teacher),
        .. Stay(Lina, -4, null),
        new ClassBegun(Minute(0)),
    ];

    private static readonly object[] Agreed =
    [
        .. Together,
        new RecordingAnswered(Participant(Teacher), true, Minute(1)),
        new RecordingAnswered(Participant(Lina), true, Minute(2)),
    ];

    private static readonly object[] Recorded = [.. Agreed, new RecordingStarted(Film, Participant(Teacher), Minute(3))];

    [Fact]
    public void where_the_campaign_does_not_allow_it_nobody_asks_agrees_or_starts()
    {
        Consent.Ask(Class(Together), TheTeacher, allowed: false, Minute(1)).Refusal.ShouldBe(new RecordingNotAllowed());
        Consent.Answer(Class(Together), APupil, agrees: true, allowed: false, Minute(1)).Refusal.ShouldBe(new RecordingNotAllowed());
        Consent.Start(Class(Agreed), TheTeacher, allowed: false, Film, Minute(3)).Refusal.ShouldBe(new RecordingNotAllowed());
    }

    [Fact]
    public void a_pupil_neither_asks_nor_starts_nor_stops()
    {
        Consent.Ask(Class(Together), APupil, allowed: true, Minute(1)).Refusal.ShouldBe(new TeacherOnly());
        Consent.Start(Class(Agreed), APupil, allowed: true, Film, Minute(3)).Refusal.ShouldBe(new TeacherOnly());
        Consent.Stop(Class(Recorded), APupil, Minute(4)).Refusal.ShouldBe(new TeacherOnly());
    }

    [Fact]
    public void silence_is_no_agreement() =>
        Consent
            .Start(
                Class([.. Together, new RecordingAnswered(Participant(Teacher), true, Minute(1))]),
                TheTeacher,
                allowed: true,
                Film,
                Minute(3)
            )
            .Refusal.ShouldBe(new NotEveryoneAgrees());

    [Fact]
    public void with_everybody_s_agreement_it_starts_and_stops()
    {
        Consent
            .Start(Class(Agreed), TheTeacher, allowed: true, Film, Minute(3))
            .Events.ShouldBe([new RecordingStarted(Film, Participant(Teacher), Minute(3))]);
        Consent.Stop(Class(Recorded), TheTeacher, Minute(9)).Events.ShouldBe([new RecordingStopped(Film, Minute(9))]);
        Class(Recorded).Recording.ShouldBe(Film);
    }

    [Fact]
    public void an_agreement_taken_back_ends_it_at_once() =>
        Class([.. Recorded, new RecordingAnswered(Participant(Lina), false, Minute(4))]).Recording.ShouldBeNull();

    [Fact]
    public void who_comes_without_having_agreed_ends_it() => Class([.. Recorded, .. Stay(Noah, 5, null)]).Recording.ShouldBeNull();

    [Fact]
    public void who_waits_at_a_locked_door_does_not() =>
        Class([.. Recorded, new ClassLocked(Minute(4)), .. Stay(Noah, 5, null)]).Recording.ShouldBe(Film);

    [Fact]
    public void without_its_teacher_nothing_is_recorded()
    {
        var connection = Class(Recorded).SeatOf(Participant(Teacher))!.Current!.ConnectionId;
        Class([.. Recorded, new ParticipantLeft(Participant(Teacher), connection, Minute(5))]).Recording.ShouldBeNull();
        // Nor does another page of the teacher's go on with it.
        Class([.. Recorded, new ParticipantArrived(Participant(Teacher), Film, Guid.Empty, Minute(5))]).Recording.ShouldBeNull();
    }

    [Fact]
    public void one_guardian_s_agreement_does_not_bind_another()
    {
        var other = Guid.Parse("01900000-0000-8000-8000-00000000000a");
        Class([
                .. Recorded,
                new TicketIssued("t", Participant(Lina), ParticipantRole.Pupil, other, Lina, Minute(15), Minute(10)),
                new SeatTaken("t", Participant(Lina), "s", Minute(10)),
            ])
            .SeatOf(Participant(Lina))!
            .AgreesToRecording.ShouldBeNull();
    }
}
