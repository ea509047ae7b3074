using JasperFx.Events;

namespace Stages.Classrooms.Sessions;

// What happens at the door of one module's class: tickets, seats, who is let in, who was there. Events carry ids, never names.

/// <summary>The class begins its record: somebody was given a ticket, or it was found that nobody came.</summary>
public sealed record ClassOpened(Guid ModuleId, Guid StageId, Guid CampaignId);

/// <summary>A personal link was made. Only its hash is kept; it opens once and for a short time.</summary>
public sealed record TicketIssued(
    string TicketHash,
    Guid ParticipantId,
    string Role,
    Guid PersonId,
    Guid? EnrolmentId,
    DateTimeOffset ExpiresAt,
    DateTimeOffset At
);

/// <summary>A ticket was used up for a seat, which the browser keeps until the class is over.</summary>
public sealed record SeatTaken(string TicketHash, Guid ParticipantId, string SeatHash, DateTimeOffset At);

/// <summary>A browser with a seat is connected, through one copy of the service.</summary>
public sealed record ParticipantArrived(Guid ParticipantId, Guid ConnectionId, Guid CopyId, DateTimeOffset At);

/// <summary>The connection ended; <paramref name="At"/> is when the browser was last heard of.</summary>
public sealed record ParticipantLeft(Guid ParticipantId, Guid ConnectionId, DateTimeOffset At);

/// <summary>
/// A copy of the service died with its connections: an outage of ours, from when it was last alive to when that was noticed.
/// </summary>
public sealed record ConnectionsLost(Guid CopyId, DateTimeOffset LastAlive, DateTimeOffset At);

/// <summary>A place in a class that is held elsewhere: the link leads there, and no cookie of ours.</summary>
public sealed record SeatGiven(Guid ParticipantId, string Role, Guid PersonId, Guid? EnrolmentId, DateTimeOffset At);

public sealed record ReportedStay(DateTimeOffset From, DateTimeOffset To);

/// <summary>Where the class was held says afterwards who was there from when to when.</summary>
public sealed record PresenceReported(Guid ParticipantId, ReportedStay[] Stays, DateTimeOffset At);

/// <summary>The teacher opened the class: who waits is let in, and who comes later too unless it is locked.</summary>
public sealed record ClassBegun(DateTimeOffset At);

/// <summary>
/// Over for everybody: the teacher ended it, or its hour is long past. It can be opened again as long as the module lasts.
/// </summary>
/// <param name="By">Null: the hour.</param>
public sealed record ClassEnded(Guid? By, DateTimeOffset At);

/// <summary>No adult was there any more: the pupils wait outside until one is back.</summary>
public sealed record ClassPaused(DateTimeOffset At);

public sealed record ParticipantAdmitted(Guid ParticipantId, Guid By, DateTimeOffset At);

public sealed record ClassLocked(DateTimeOffset At);

public sealed record ClassUnlocked(DateTimeOffset At);

/// <summary>Sent out by the teacher: the seat is void and no new ticket is given for this module.</summary>
public sealed record ParticipantRemoved(Guid ParticipantId, Guid By, string Reason, bool Report, DateTimeOffset At);

/// <summary>The teacher takes a removal back.</summary>
public sealed record ParticipantPardoned(Guid ParticipantId, Guid By, DateTimeOffset At);

/// <summary>The teacher gives an adult who visits a teacher's rights over this class, or takes them back.</summary>
public sealed record RightsGiven(Guid ParticipantId, Guid By, bool Given, DateTimeOffset At);

/// <summary>The stage has another teacher, or none: this one's seat and tickets are void.</summary>
public sealed record TeacherDismissed(Guid PersonId, DateTimeOffset At);

/// <summary>Minutes as measured when the module was over.</summary>
public sealed record AttendanceMeasured(Guid EnrolmentId, int Minutes, DateTimeOffset At);

public sealed record AttendanceCorrected(Guid EnrolmentId, int Minutes, string? Note, Guid By, DateTimeOffset At);

/// <summary>The module is over and every pupil's presence is measured.</summary>
public sealed record ClassClosed(DateTimeOffset At);

public sealed record PupilFoundMissing(Guid EnrolmentId, DateTimeOffset At);

public sealed record TeacherFoundMissing(DateTimeOffset At);

/// <summary>The teacher would like to record; everybody is asked. Only where the campaign allows it.</summary>
public sealed record RecordingAsked(Guid By, DateTimeOffset At);

/// <summary>
/// Whether somebody may be recorded, as the account answered that opened their link: a pupil's guardian. A later answer replaces
/// the earlier.
/// </summary>
public sealed record RecordingAnswered(Guid ParticipantId, bool Agrees, DateTimeOffset At);

public sealed record RecordingStarted(Guid RecordingId, Guid By, DateTimeOffset At);

public sealed record RecordingStopped(Guid RecordingId, DateTimeOffset At);

/// <summary>The family was erased: what was written about the pupil is no longer said, and is masked in the earlier events.</summary>
public sealed record PupilForgotten(Guid EnrolmentId, Guid ParticipantId, DateTimeOffset At);

public static class ParticipantRole
{
    public const string Teacher = "teacher";
    public const string Pupil = "pupil";
    public const string Coordinator = "coordinator";
}

public sealed record Ticket(string Hash, Guid ParticipantId, string Role, Guid PersonId, Guid? EnrolmentId, DateTimeOffset ExpiresAt);

/// <param name="Outage">Ended by a fault of ours: the time until the participant is back counts as presence.</param>
public sealed record Presence(DateTimeOffset From, DateTimeOffset? To, Guid ConnectionId, Guid CopyId, bool Outage = false);

public sealed record Seat(
    Guid ParticipantId,
    string Role,
    Guid PersonId,
    Guid? EnrolmentId,
    string? SeatHash,
    bool Admitted,
    bool Removed,
    Presence[] Presences,
    bool? AgreesToRecording = null,
    bool Leads = false
)
{
    /// <summary>By the teacher, which is for this class; whose stage was another's for a while comes in again.</summary>
    public bool IsSentOut => Removed && Role != ParticipantRole.Teacher;

    public bool IsOfTeacher(Guid person) => Role == ParticipantRole.Teacher && PersonId == person;

    public bool IsAdult => Role != ParticipantRole.Pupil;

    public Presence? Current => Presences.Length > 0 && Presences[^1] is { To: null } p ? p : null;
}

public sealed record Correction(Guid EnrolmentId, int Minutes, string? Note, Guid By, DateTimeOffset At);

/// <summary>
/// One module's class. <c>Copies</c> are the copies of the service that hold a connection, for the sweep after a crash.
/// <c>Recording</c> is null unless the teacher is there and everybody inside has agreed: whatever happens at the door, a class that
/// may not be recorded is not being recorded.
/// </summary>
public sealed record ClassSession(
    Guid Id,
    Guid StageId,
    Guid CampaignId,
    Ticket[] Tickets,
    Seat[] Seats,
    bool Begun,
    bool Locked,
    bool Closed,
    Correction[] Corrections,
    Guid[] MissingPupils,
    bool TeacherMissed,
    Guid[] Copies,
    Incident[] Incidents,
    bool RecordingAsked = false,
    Guid? Recording = null,
    bool Paused = false,
    DateTimeOffset? EndedAt = null
)
{
    /// <summary>Known to the class under an id that says nothing outside of it, always the same for the same pupil or adult.</summary>
    public static Guid ParticipantIdOf(Guid moduleId, Guid enrolmentOrPersonId) =>
        HashId.Of(IdSpace.Participant, $"{moduleId}:{enrolmentOrPersonId}");

    public Seat? SeatOf(Guid participantId) => Array.Find(Seats, s => s.ParticipantId == participantId);

    /// <summary>Let in, and not waiting for an adult to come back.</summary>
    public bool IsInside(Seat seat) => seat is { Admitted: true, Removed: false } && (seat.IsAdult || !Paused);

    /// <summary>Since when no adult is there; null while one is, or when none ever was.</summary>
    public DateTimeOffset? WithoutAdultSince
    {
        get
        {
            var adults = Seats.Where(s => s.IsAdult).ToList();
            return adults.Exists(s => s.Current is not null) ? null : adults.SelectMany(s => s.Presences).Max(p => p.To);
        }
    }

    public static ClassSession Create(ClassOpened e) =>
        new(e.ModuleId, e.StageId, e.CampaignId, [], [], false, false, false, [], [], false, [], []);

    public static ClassSession Apply(TicketIssued e, ClassSession s) =>
        s with
        {
            // A new ticket replaces the person's earlier one, and the expired ones are swept on the way.
            Tickets =
            [
                .. s.Tickets.Where(t => t.ExpiresAt > e.At && (t.ParticipantId != e.ParticipantId || t.PersonId != e.PersonId)),
                new Ticket(e.TicketHash, e.ParticipantId, e.Role, e.PersonId, e.EnrolmentId, e.ExpiresAt),
            ],
        };

    public static ClassSession Apply(SeatTaken e, ClassSession s)
    {
        var ticket = Array.Find(s.Tickets, t => t.Hash == e.TicketHash)!;
        var seat = s.SeatOf(e.ParticipantId);
        // Teachers and coordinators wait for nobody; a pupil who was in before is in again.
        var admitted = ticket.Role != ParticipantRole.Pupil || seat?.Admitted == true;
        return (s with { Tickets = [.. s.Tickets.Where(t => t.Hash != e.TicketHash)] }).With(
            new Seat(
                e.ParticipantId,
                ticket.Role,
                ticket.PersonId,
                ticket.EnrolmentId,
                e.SeatHash,
                admitted,
                false,
                seat?.Presences ?? [],
                // What one guardian said does not bind another.
                seat?.PersonId == ticket.PersonId
                    ? seat.AgreesToRecording
                    : null,
                seat?.PersonId == ticket.PersonId && seat.Leads
            )
        );
    }

    public static ClassSession Apply(ParticipantArrived e, ClassSession s)
    {
        var seat = s.SeatOf(e.ParticipantId)!;
        var before = seat.Presences;
        // Another tab or device takes over: what went before ends here. After an outage of ours the gap is filled.
        if (before.Length > 0 && before[^1] is { To: null } open)
            before = [.. before[..^1], open with { To = e.At }];
        else if (before.Length > 0 && before[^1] is { Outage: true } lost)
            before = [.. before[..^1], lost with { To = e.At, Outage = false }];
        // It is the teacher's page that records: another page of theirs does not go on where that one stopped.
        var met = s with
        {
            Paused = s.Paused && !seat.IsAdult,
        };
        return (seat.Role == ParticipantRole.Teacher ? met with { Recording = null } : met).With(
            seat with
            {
                Admitted = seat.Admitted || (s.Begun && !s.Locked),
                Presences = [.. before, new Presence(e.At, null, e.ConnectionId, e.CopyId)],
            }
        );
    }

    public static ClassSession Apply(ParticipantLeft e, ClassSession s) =>
        s.SeatOf(e.ParticipantId) is { Current: { } open } seat && open.ConnectionId == e.ConnectionId
            ? s.With(seat with { Presences = [.. seat.Presences[..^1], open with { To = e.At > open.From ? e.At : open.From }] })
            : s;

    public static ClassSession Apply(ConnectionsLost e, ClassSession s) =>
        s
            .Seats.Where(seat => seat.Current?.CopyId == e.CopyId)
            .Aggregate(
                s,
                (now, seat) =>
                    now.With(seat with { Presences = [.. seat.Presences[..^1], seat.Current! with { To = e.At, Outage = true }] })
            );

    public static ClassSession Apply(SeatGiven e, ClassSession s) =>
        s.With(new Seat(e.ParticipantId, e.Role, e.PersonId, e.EnrolmentId, null, true, false, s.SeatOf(e.ParticipantId)?.Presences ?? []));

    public static ClassSession Apply(PresenceReported e, ClassSession s) =>
        s.With(
            s.SeatOf(e.ParticipantId)! with
            {
                Presences = [.. e.Stays.Select(x => new Presence(x.From, x.To, Guid.Empty, Guid.Empty))],
            }
        );

    public static ClassSession Apply(ClassBegun e, ClassSession s) =>
        s with
        {
            Begun = true,
            EndedAt = null,
            Seats = [.. s.Seats.Select(x => x.Removed ? x : x with { Admitted = true })],
        };

    public static ClassSession Apply(ClassEnded e, ClassSession s) =>
        s with
        {
            Begun = false,
            Locked = false,
            Paused = false,
            Recording = null,
            EndedAt = e.At,
            Copies = [],
            Seats = [.. s.Seats.Select(x => Gone(x, e.At) with { Admitted = x.Admitted && x.IsAdult, Leads = false })],
        };

    public static ClassSession Apply(ClassPaused e, ClassSession s) => s with { Paused = true, Recording = null };

    /// <summary>The seat, with nobody on it any more.</summary>
    private static Seat Gone(Seat seat, DateTimeOffset at) =>
        seat.Current is { } open ? seat with { Presences = [.. seat.Presences[..^1], open with { To = at }] } : seat;

    public static ClassSession Apply(ParticipantAdmitted e, ClassSession s) => s.With(s.SeatOf(e.ParticipantId)! with { Admitted = true });

    public static ClassSession Apply(ClassLocked e, ClassSession s) => s with { Locked = true };

    public static ClassSession Apply(ClassUnlocked e, ClassSession s) => s with { Locked = false };

    public static ClassSession Apply(ParticipantRemoved e, ClassSession s)
    {
        var seat = s.SeatOf(e.ParticipantId)!;
        Incident[] incidents = e.Report ? [.. s.Incidents, new Incident(e.ParticipantId, seat.EnrolmentId, e.Reason, e.At)] : s.Incidents;
        return (s with { Tickets = [.. s.Tickets.Where(t => t.ParticipantId != e.ParticipantId)], Incidents = incidents }).With(
            Gone(seat, e.At) with
            {
                Removed = true,
                Admitted = false,
                SeatHash = null,
            }
        );
    }

    public static ClassSession Apply(ParticipantPardoned e, ClassSession s) => s.With(s.SeatOf(e.ParticipantId)! with { Removed = false });

    public static ClassSession Apply(RightsGiven e, ClassSession s) => s.With(s.SeatOf(e.ParticipantId)! with { Leads = e.Given });

    public static ClassSession Apply(TeacherDismissed e, ClassSession s) =>
        s
            .Seats.Where(x => x.IsOfTeacher(e.PersonId))
            .Aggregate(
                s with
                {
                    Tickets = [.. s.Tickets.Where(t => t.Role != ParticipantRole.Teacher || t.PersonId != e.PersonId)],
                },
                (now, seat) => now.With(Gone(seat, e.At) with { Removed = true, Admitted = false, SeatHash = null })
            );

    public static ClassSession Apply(AttendanceCorrected e, ClassSession s) =>
        s with
        {
            Corrections =
            [
                .. s.Corrections.Where(c => c.EnrolmentId != e.EnrolmentId),
                new Correction(e.EnrolmentId, e.Minutes, e.Note, e.By, e.At),
            ],
        };

    public static ClassSession Apply(ClassClosed e, ClassSession s) => s with { Closed = true, Tickets = [] };

    public static ClassSession Apply(PupilFoundMissing e, ClassSession s) => s with { MissingPupils = [.. s.MissingPupils, e.EnrolmentId] };

    public static ClassSession Apply(TeacherFoundMissing e, ClassSession s) => s with { TeacherMissed = true };

    public static ClassSession Apply(PupilForgotten e, ClassSession s) =>
        s with
        {
            Incidents = [.. s.Incidents.Select(i => i.ParticipantId == e.ParticipantId ? i with { Reason = "" } : i)],
            Corrections = [.. s.Corrections.Select(c => c.EnrolmentId == e.EnrolmentId ? c with { Note = null } : c)],
        };

    public static ClassSession Apply(RecordingAsked e, ClassSession s) => s with { RecordingAsked = true };

    public static ClassSession Apply(RecordingAnswered e, ClassSession s) =>
        s.With(s.SeatOf(e.ParticipantId)! with { AgreesToRecording = e.Agrees });

    public static ClassSession Apply(RecordingStarted e, ClassSession s) => s with { Recording = e.RecordingId };

    public static ClassSession Apply(RecordingStopped e, ClassSession s) => s with { Recording = null };

    /// <summary>The teacher is there, and everybody who is heard or seen has agreed.</summary>
    public bool MayBeRecorded => MayRecord(Seats);

    private static bool MayRecord(Seat[] seats) =>
        seats.Any(x => x is { Role: ParticipantRole.Teacher, Current: not null })
        && seats.All(x => x is not { Admitted: true, Current: not null } || x.AgreesToRecording == true);

    private ClassSession With(Seat seat)
    {
        Seat[] seats = [.. Seats.Where(x => x.ParticipantId != seat.ParticipantId), seat];
        return this with
        {
            Seats = seats,
            Copies = [.. seats.Where(x => x.Current is not null).Select(x => x.Current!.CopyId).Distinct()],
            Recording = MayRecord(seats) ? Recording : null,
        };
    }
}
