using System.Text.Json;
using System.Text.Json.Serialization;
using Stages.Classrooms.Attendance;
using Stages.Classrooms.Elsewhere;

namespace Stages.Classrooms.Classes;

/// <summary>With what a class decides.</summary>
/// <param name="Pupils">Size of the group.</param>
/// <param name="RecordingAllowed">By the campaign, at this moment.</param>
public sealed record Asking(Guid ModuleId, Actor By, int Pupils, bool RecordingAllowed, DateTimeOffset Now, ClassSession? Session);

/// <summary>What somebody may have to account for: in the log before it is answered.</summary>
public abstract record FactAsk;

/// <summary>About who is in class: an event of the class's own log.</summary>
public abstract record DoorAsk : FactAsk
{
    /// <summary>Pure, like all rules; may be asked again with newer state.</summary>
    public abstract Decision<object> Decide(ClassSession? session, Asking at);

    /// <summary>Whether the campaign's rule of recording has to be read first.</summary>
    [JsonIgnore]
    public virtual bool AboutRecording => false;
}

public sealed record Leave(Guid Connection, DateTimeOffset At) : DoorAsk
{
    public override Decision<object> Decide(ClassSession? session, Asking at) => Door.Leave(session, at.By.ParticipantId, Connection, At);
}

/// <param name="Copy">Whose people are no longer connected: it died.</param>
public sealed record Lose(Guid Copy, DateTimeOffset LastAlive) : DoorAsk
{
    public override Decision<object> Decide(ClassSession? session, Asking at) => Door.Lose(session, Copy, LastAlive, at.Now);
}

public sealed record Begin : DoorAsk
{
    public override Decision<object> Decide(ClassSession? session, Asking at) => Door.Begin(session, at.By, at.Pupils, at.Now);
}

public sealed record End : DoorAsk
{
    public override Decision<object> Decide(ClassSession? session, Asking at) => Door.End(session, at.By, at.Now);
}

public sealed record Admit(Guid Whom) : DoorAsk
{
    public override Decision<object> Decide(ClassSession? session, Asking at) => Door.Admit(session, at.By, Whom, at.Now);
}

public sealed record LockDoor(bool Locked) : DoorAsk
{
    public override Decision<object> Decide(ClassSession? session, Asking at) => Door.Lock(session, at.By, Locked, at.Now);
}

public sealed record Remove(Guid Whom, string Reason, bool Report) : DoorAsk
{
    public override Decision<object> Decide(ClassSession? session, Asking at) => Door.Remove(session, at.By, Whom, Reason, Report, at.Now);
}

public sealed record Pardon(Guid Whom) : DoorAsk
{
    public override Decision<object> Decide(ClassSession? session, Asking at) => Door.Pardon(session, at.By, Whom, at.Now);
}

/// <param name="Given">False: taken back.</param>
public sealed record GiveRights(Guid Whom, bool Given) : DoorAsk
{
    public override Decision<object> Decide(ClassSession? session, Asking at) => Door.GiveRights(session, at.By, Whom, Given, at.Now);
}

public sealed record AskToRecord : DoorAsk
{
    public override bool AboutRecording => true;

    public override Decision<object> Decide(ClassSession? session, Asking at) => Consent.Ask(session, at.By, at.RecordingAllowed, at.Now);
}

public sealed record AnswerRecording(bool Agrees) : DoorAsk
{
    public override bool AboutRecording => true;

    public override Decision<object> Decide(ClassSession? session, Asking at) =>
        Consent.Answer(session, at.By, Agrees, at.RecordingAllowed, at.Now);
}

public sealed record StartRecording(Guid Recording) : DoorAsk
{
    public override bool AboutRecording => true;

    public override Decision<object> Decide(ClassSession? session, Asking at) =>
        Consent.Start(session, at.By, at.RecordingAllowed, Recording, at.Now);
}

public sealed record StopRecording : DoorAsk
{
    public override Decision<object> Decide(ClassSession? session, Asking at) => Consent.Stop(session, at.By, at.Now);
}

/// <param name="Room">As it stands at this moment.</param>
/// <param name="Elsewhere">Where the class is held somewhere else a seat is given at once, and no ticket.</param>
public sealed record Join(
    Room Room,
    RoomModule Module,
    Joiner Joiner,
    string TicketHash,
    TimeSpan Life,
    DateTimeOffset At,
    bool Elsewhere = false
) : DoorAsk
{
    public override Decision<object> Decide(ClassSession? session, Asking at) =>
        Elsewhere
            ? JoinClass.DecideElsewhere(session, Room, Module, Joiner, At)
            : JoinClass.Decide(session, Room, Module, Joiner, TicketHash, At, Life);
}

/// <param name="Teacher">The account of the stage's teacher at this moment.</param>
public sealed record TakeSeat(Guid? Teacher, string TicketHash, string SeatHash) : DoorAsk
{
    public override Decision<object> Decide(ClassSession? session, Asking at)
    {
        var taken = EnterClass.Decide(session, Teacher, TicketHash, SeatHash, at.Now);
        return new Decision<object>(taken.What, taken.Result);
    }
}

public sealed record Correct(Room Room, ClassModule Module, CorrectAttendanceRequest Request, Caller By) : DoorAsk
{
    public override Decision<object> Decide(ClassSession? session, Asking at) =>
        CorrectAttendance.Decide(session, Room, Module, Request, By, at.Now);
}

/// <param name="UpSince">See <see cref="Copies.ServiceLife"/>.</param>
public sealed record Measure(Room Room, RoomModule Module, DateTimeOffset UpSince) : DoorAsk
{
    public override Decision<object> Decide(ClassSession? session, Asking at) => WatchClass.Decide(session, Room, Module, UpSince, at.Now);
}

/// <param name="Present">Whom BigBlueButton names, see <see cref="Meetings"/>.</param>
public sealed record SeeElsewhere(string[] Present) : DoorAsk
{
    public override Decision<object> Decide(ClassSession? session, Asking at) =>
        Meetings.Seen(session, Present.ToHashSet(StringComparer.OrdinalIgnoreCase), at.Now);
}

public sealed record ReportElsewhere(JsonElement Report) : DoorAsk
{
    public override Decision<object> Decide(ClassSession? session, Asking at) => Meetings.Reported(session, Report, at.Now);
}

/// <summary>About what the class works with, where it has to be accounted for: an event of the desk's log.</summary>
public abstract record DeskFactAsk : FactAsk
{
    public abstract Decision Decide(Desk? desk, Asking at);
}

public sealed record SetPermissions(Permissions Wanted) : DeskFactAsk
{
    public override Decision Decide(Desk? desk, Asking at) => DeskRules.SetPermissions(desk, at.ModuleId, at.By, Wanted);
}

public sealed record LayOut(Guid Document, string Name, int Pages) : DeskFactAsk
{
    public override Decision Decide(Desk? desk, Asking at) => DeskRules.LayOut(desk, at.ModuleId, at.By, Document, Name, Pages);
}

public sealed record TakeAway(Guid Document) : DeskFactAsk
{
    public override Decision Decide(Desk? desk, Asking at) => DeskRules.TakeAway(desk, at.By, Document);
}
