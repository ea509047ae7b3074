using System.Text.Json;
using Stages.Classrooms.Live;
using Stages.Classrooms.Notes;

namespace Stages.Classrooms.Classes;

public sealed record NotNow() : Refusal(RefusalKind.Conflict, "not-now", "Pas en ce moment.", "Not at the moment.");

public sealed record BoardFull()
    : Refusal(RefusalKind.Rule, "board-full", "Le tableau est plein : effacez-en une partie.", "The board is full: erase some of it.");

/// <summary>What is over with the class. Kept in memory and, a second later, in a row that ends with it.</summary>
public abstract record MomentAsk;

/// <summary>On the desk: what of it changes, everybody is shown.</summary>
public abstract record DeskAsk : MomentAsk
{
    public abstract Decision Decide(Desk? desk, Asking at);
}

public sealed record RaiseHand(bool Up) : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) => DeskRules.RaiseHand(desk, at.ModuleId, at.By, Up, at.Now);
}

public sealed record LowerHand(Guid Whose) : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) => DeskRules.LowerHand(desk, at.By, Whose);
}

public sealed record GiveFloor(Guid? Whom) : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) => DeskRules.GiveFloor(desk, at.ModuleId, at.By, Whom);
}

public sealed record ChooseView(string View) : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) => DeskRules.ChooseView(desk, at.ModuleId, at.By, View);
}

public sealed record CallEyes : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) => DeskRules.CallEyes(desk, at.ModuleId, at.By);
}

public sealed record AskPoll(Guid Poll, string Question, string[] Answers, int? Right = null) : DeskAsk
{
    // Asked again because the answer was lost, it keeps its votes.
    public override Decision Decide(Desk? desk, Asking at) =>
        desk?.Poll?.Id == Poll ? Decision.Nothing : DeskRules.AskPoll(desk, at.ModuleId, at.By, Poll, Question, Answers, Right);
}

public sealed record Vote(Guid Poll, int Option) : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) => DeskRules.Vote(desk, at.By, Poll, Option);
}

/// <param name="Clears">It was closed already for who asks: asked again because the answer was lost, it is not cleared as well.</param>
public sealed record ClosePoll(bool Clears) : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) =>
        at.By.IsTeacher && desk?.Poll is { } poll && poll.Closed != Clears ? Decision.Nothing : DeskRules.ClosePoll(desk, at.By);
}

public sealed record SetTimer(int Seconds) : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) => DeskRules.SetTimer(desk, at.ModuleId, at.By, Seconds, at.Now);
}

public sealed record FormGroups(int Size, Guid Lot) : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) =>
        GroupRules.Draw(
            desk,
            at.ModuleId,
            at.By,
            [
                .. (at.Session?.Seats ?? [])
                    .Where(s => s is { Role: ParticipantRole.Pupil, Admitted: true, Current: not null })
                    .Select(s => s.ParticipantId),
            ],
            Size,
            Lot
        );
}

public sealed record MoveToGroup(Guid Whom, int Group) : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) =>
        at.Session?.SeatOf(Whom) is { Role: ParticipantRole.Pupil } ? GroupRules.Move(desk, at.By, Whom, Group)
        : at.By.IsTeacher ? new NotValid()
        : new TeacherOnly();
}

public sealed record EndPairs : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) => DeskRules.EndPairs(desk, at.By);
}

public sealed record Visit(int? Group) : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) => DeskRules.Visit(desk, at.By, Group);
}

public sealed record TurnPage(Guid? Document, int Page) : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) => DeskRules.TurnPage(desk, at.By, Document, Page);
}

/// <param name="Line">The id is the asker's: said again because the answer was lost, it stands once.</param>
public sealed record SayLine(Guid Line, string Text, string To) : MomentAsk;

/// <param name="Kind">One of <see cref="DeskRules.Reactions"/>; shown, and kept nowhere.</param>
public sealed record React(string Kind) : MomentAsk;

public sealed record SetFlags(bool Microphone, bool Camera, bool Sharing) : MomentAsk;

public sealed record SetQuality(string Quality) : MomentAsk;

/// <param name="Kind"><c>audio</c> or <c>video</c>.</param>
public sealed record Mute(Guid Whom, string Kind) : MomentAsk;

/// <summary>Whether somebody may write in the notes at this moment: a permission taken away is so for who types through any copy.</summary>
public sealed record MayNote : MomentAsk;

/// <summary>The same of a small group's notes.</summary>
public sealed record MayNoteInGroup(GroupNotes Which, bool Write) : MomentAsk;

/// <summary>Handed on to the others of a small group and to adults, while it is there.</summary>
public sealed record HandOnInGroup(GroupNotes Which, string Kind, JsonElement Content) : MomentAsk;

/// <param name="At">Where they are in the notes; null: no longer there.</param>
public sealed record PointInNotes(string? At) : MomentAsk;

/// <summary>Handed on to the others, and kept nowhere here.</summary>
public sealed record HandOn(string Kind, JsonElement Content) : MomentAsk;

/// <summary>A file was handed in, for adults to see; or handed out, to some or (null) to all.</summary>
public sealed record TellOfFile(bool IsWork, Guid[]? To) : MomentAsk;

/// <param name="Node">The media server on which somebody of the class has found it.</param>
public sealed record Place(string Node) : MomentAsk;
