namespace Stages.Classrooms.Recordings;

public sealed record RecordingNotAllowed()
    : Refusal(
        RefusalKind.Forbidden,
        "recording-not-allowed",
        "Cette campagne n’autorise pas l’enregistrement.",
        "This campaign does not allow recording."
    );

public sealed record NotEveryoneAgrees()
    : Refusal(
        RefusalKind.Conflict,
        "not-everyone-agrees",
        "Tout le monde n’a pas accepté l’enregistrement.",
        "Not everybody has agreed to the recording."
    );

/// <summary>
/// Whether a class is recorded. Allowed by the campaign, wished by the teacher, agreed to by everybody inside: for a pupil by the
/// guardian whose account opened the link. Pure. What takes the agreement away stops the recording (<see cref="ClassSession"/>).
/// </summary>
public static class Consent
{
    public static Decision Ask(ClassSession? session, Actor actor, bool allowed, DateTimeOffset now) =>
        // It is the page of the class's own teacher that records.
        !actor.IsItsTeacher ? new TeacherOnly()
        : !allowed ? new RecordingNotAllowed()
        : session is null ? new NotValid()
        : session.RecordingAsked ? Decision.Nothing
        // Who asks has agreed.
        : Decision.Of(new RecordingAsked(actor.ParticipantId, now), new RecordingAnswered(actor.ParticipantId, true, now));

    /// <summary>A no is taken at any time, also a late one and one that nobody asked for.</summary>
    public static Decision Answer(ClassSession? session, Actor actor, bool agrees, bool allowed, DateTimeOffset now) =>
        session?.SeatOf(actor.ParticipantId) is not { Removed: false } seat ? new NoSuchSeat()
        : agrees && !allowed ? new RecordingNotAllowed()
        : seat.AgreesToRecording == agrees ? Decision.Nothing
        : Decision.Of(new RecordingAnswered(actor.ParticipantId, agrees, now));

    public static Decision Start(ClassSession? session, Actor actor, bool allowed, Guid recording, DateTimeOffset now) =>
        !actor.IsItsTeacher ? new TeacherOnly()
        : !allowed ? new RecordingNotAllowed()
        : session is not { Begun: true } ? new NotValid()
        : session.Recording is not null ? Decision.Nothing
        : !session.MayBeRecorded ? new NotEveryoneAgrees()
        : Decision.Of(new RecordingStarted(recording, actor.ParticipantId, now));

    public static Decision Stop(ClassSession? session, Actor actor, DateTimeOffset now) =>
        !actor.IsTeacher ? new TeacherOnly()
        : session?.Recording is { } id ? Decision.Of(new RecordingStopped(id, now))
        : Decision.Nothing;
}
