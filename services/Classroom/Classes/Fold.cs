namespace Stages.Classrooms.Classes;

/// <summary>What a class and its desk become by what has happened: in memory as in the log (their <c>Apply</c>).</summary>
public static class Fold
{
    public static ClassSession? After(this ClassSession? session, IEnumerable<object> events) =>
        events.Aggregate(session, (s, e) => e is ClassOpened opened ? ClassSession.Create(opened) : Next(s!, e));

    public static Desk? After(this Desk? desk, IEnumerable<object> events) =>
        events.Aggregate(desk, (d, e) => e is DeskSet set ? Desk.Create(set) : Next(d!, e));

    private static ClassSession Next(ClassSession s, object what) =>
        what switch
        {
            TicketIssued e => ClassSession.Apply(e, s),
            SeatTaken e => ClassSession.Apply(e, s),
            ParticipantArrived e => ClassSession.Apply(e, s),
            ParticipantLeft e => ClassSession.Apply(e, s),
            ConnectionsLost e => ClassSession.Apply(e, s),
            SeatGiven e => ClassSession.Apply(e, s),
            PresenceReported e => ClassSession.Apply(e, s),
            ClassBegun e => ClassSession.Apply(e, s),
            ClassEnded e => ClassSession.Apply(e, s),
            ClassPaused e => ClassSession.Apply(e, s),
            ParticipantAdmitted e => ClassSession.Apply(e, s),
            ClassLocked e => ClassSession.Apply(e, s),
            ClassUnlocked e => ClassSession.Apply(e, s),
            ParticipantRemoved e => ClassSession.Apply(e, s),
            ParticipantPardoned e => ClassSession.Apply(e, s),
            RightsGiven e => ClassSession.Apply(e, s),
            TeacherDismissed e => ClassSession.Apply(e, s),
            AttendanceMeasured => s,
            AttendanceCorrected e => ClassSession.Apply(e, s),
            ClassClosed e => ClassSession.Apply(e, s),
            PupilFoundMissing e => ClassSession.Apply(e, s),
            TeacherFoundMissing e => ClassSession.Apply(e, s),
            PupilForgotten e => ClassSession.Apply(e, s),
            RecordingAsked e => ClassSession.Apply(e, s),
            RecordingAnswered e => ClassSession.Apply(e, s),
            RecordingStarted e => ClassSession.Apply(e, s),
            RecordingStopped e => ClassSession.Apply(e, s),
            _ => throw new NotSupportedException(what.GetType().Name),
        };

    private static Desk Next(Desk s, object what) =>
        what switch
        {
            PermissionsSet e => Desk.Apply(e, s),
            HandRaised e => Desk.Apply(e, s),
            HandLowered e => Desk.Apply(e, s),
            PollAsked e => Desk.Apply(e, s),
            PollAnswered e => Desk.Apply(e, s),
            PollClosed e => Desk.Apply(e, s),
            PollCleared e => Desk.Apply(e, s),
            TimerStarted e => Desk.Apply(e, s),
            TimerStopped e => Desk.Apply(e, s),
            PairsFormed e => Desk.Apply(e, s),
            GroupJoined e => Desk.Apply(e, s),
            PairsEnded e => Desk.Apply(e, s),
            GroupVisited e => Desk.Apply(e, s),
            DocumentLaidOut e => Desk.Apply(e, s),
            PageTurned e => Desk.Apply(e, s),
            DocumentTakenAway e => Desk.Apply(e, s),
            ViewChosen e => Desk.Apply(e, s),
            EyesCalled e => Desk.Apply(e, s),
            FloorGiven e => Desk.Apply(e, s),
            SlatesAsked e => Desk.Apply(e, s),
            SlateShown e => Desk.Apply(e, s),
            SlatePutOnStage e => Desk.Apply(e, s),
            BoardPageAdded e => Desk.Apply(e, s),
            BoardTurned e => Desk.Apply(e, s),
            BoardRuled e => Desk.Apply(e, s),
            _ => throw new NotSupportedException(what.GetType().Name),
        };
}
