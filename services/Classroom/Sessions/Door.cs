namespace Stages.Classrooms.Sessions;

public sealed record NoSuchSeat()
    : Refusal(RefusalKind.Forbidden, "no-seat", "Votre place n’est plus valable.", "Your seat is no longer valid.");

/// <summary>Coming, going, and what the teacher decides at the door. Pure.</summary>
public static class Door
{
    public const int LongestReason = 500;

    /// <param name="pupils">Size of the group: once all of them are in, the room locks by itself.</param>
    public static Decision Arrive(ClassSession? session, Guid participantId, Guid connectionId, Guid copyId, int pupils, DateTimeOffset now)
    {
        if (session?.SeatOf(participantId) is not { Removed: false } seat)
            return new NoSuchSeat();
        // Said again because the answer was lost.
        if (seat.Current?.ConnectionId == connectionId)
            return Decision.Nothing;
        var arrived = new ParticipantArrived(participantId, connectionId, copyId, now);
        return Complete(ClassSession.Apply(arrived, session), pupils) ? Decision.Of(arrived, new ClassLocked(now)) : Decision.Of(arrived);
    }

    public static Decision Leave(ClassSession? session, Guid participantId, Guid connectionId, DateTimeOffset at) =>
        session?.SeatOf(participantId)?.Current?.ConnectionId == connectionId
            ? Decision.Of(new ParticipantLeft(participantId, connectionId, at))
            : Decision.Nothing;

    /// <summary>Whoever was connected through a copy that died is no longer.</summary>
    public static Decision Lose(ClassSession? session, Guid copy, DateTimeOffset lastAlive, DateTimeOffset now) =>
        session?.Copies.Contains(copy) == true ? Decision.Of(new ConnectionsLost(copy, lastAlive, now)) : Decision.Nothing;

    public static Decision Begin(ClassSession? session, Actor actor, int pupils, DateTimeOffset now)
    {
        if (!actor.IsTeacher)
            return new TeacherOnly();
        if (session is null or { Begun: true })
            return Decision.Nothing;
        var begun = new ClassBegun(now);
        return Complete(ClassSession.Apply(begun, session), pupils) ? Decision.Of(begun, new ClassLocked(now)) : Decision.Of(begun);
    }

    /// <summary>Ends it for everybody. Asked for twice, it ends once.</summary>
    public static Decision End(ClassSession? session, Actor actor, DateTimeOffset now) =>
        !actor.IsTeacher ? new TeacherOnly()
        : session?.SeatOf(actor.ParticipantId)?.Current is null ? Decision.Nothing
        : Decision.Of(new ClassEnded(actor.ParticipantId, now));

    /// <summary>What time alone decides of a class with somebody in it: it ends with its hour, and children are not left alone.</summary>
    /// <param name="closesAt">The end of its hour, with what is left for goodbyes.</param>
    /// <param name="withoutAdult">How long pupils may be among themselves.</param>
    public static Decision Watch(ClassSession? session, DateTimeOffset closesAt, TimeSpan withoutAdult, DateTimeOffset now) =>
        session is null || Array.TrueForAll(session.Seats, s => s.Current is null) ? Decision.Nothing
        : now >= closesAt ? Decision.Of(new ClassEnded(null, now))
        : session is { Begun: true, Paused: false, WithoutAdultSince: { } since } && now - since >= withoutAdult
            ? Decision.Of(new ClassPaused(now))
        : Decision.Nothing;

    public static Decision Admit(ClassSession? session, Actor actor, Guid whom, DateTimeOffset now) =>
        !actor.IsTeacher ? new TeacherOnly()
        : session?.SeatOf(whom) is not { Removed: false } seat ? new NotValid()
        : seat.Admitted ? Decision.Nothing
        : Decision.Of(new ParticipantAdmitted(whom, actor.ParticipantId, now));

    public static Decision Lock(ClassSession? session, Actor actor, bool locked, DateTimeOffset now) =>
        !actor.IsTeacher ? new TeacherOnly()
        : session is null || session.Locked == locked ? Decision.Nothing
        : Decision.Of(locked ? new ClassLocked(now) : (object)new ClassUnlocked(now));

    public static Decision Remove(ClassSession? session, Actor actor, Guid whom, string reason, bool report, DateTimeOffset now) =>
        !actor.IsTeacher ? new TeacherOnly()
        : session?.SeatOf(whom) is not { Role: ParticipantRole.Pupil } seat || reason.Length > LongestReason ? new NotValid()
        : seat.Removed ? Decision.Nothing
        : Decision.Of(new ParticipantRemoved(whom, actor.ParticipantId, reason, report, now));

    public static Decision Pardon(ClassSession? session, Actor actor, Guid whom, DateTimeOffset now) =>
        !actor.IsTeacher ? new TeacherOnly()
        : session?.SeatOf(whom) is { IsSentOut: true } ? Decision.Of(new ParticipantPardoned(whom, actor.ParticipantId, now))
        : Decision.Nothing;

    /// <summary>Given by the class's own teacher, to an adult who is there; given back by who has them, too.</summary>
    public static Decision GiveRights(ClassSession? session, Actor actor, Guid whom, bool given, DateTimeOffset now) =>
        !actor.IsItsTeacher && (given || actor.ParticipantId != whom || !actor.Leads) ? new TeacherOnly()
        : session?.SeatOf(whom) is not { Role: ParticipantRole.Coordinator, Removed: false } seat ? new NotValid()
        : seat.Leads == given ? Decision.Nothing
        : given && seat.Current is null ? new NotValid()
        : Decision.Of(new RightsGiven(whom, actor.ParticipantId, given, now));

    private static bool Complete(ClassSession session, int pupils) =>
        session is { Begun: true, Locked: false }
        && session.Seats.Count(s => s is { Role: ParticipantRole.Pupil, Admitted: true, Current: not null }) >= pupils;
}
