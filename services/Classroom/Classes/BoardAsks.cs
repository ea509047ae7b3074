namespace Stages.Classrooms.Classes;

// What is asked of boards and slates. On the desk is what everybody has before them, in memory what is written there.

public sealed record Draw(string Sheet, Mark Mark) : MomentAsk
{
    /// <summary>As which it stands.</summary>
    public StrokeDrawn By(Guid participant) =>
        new(Mark.Id, participant, Mark.Points, Mark.Colour, Mark.Width, Sheet, Mark.Kind, Mark.Text?.Trim(), Picture: Mark.Picture);
}

/// <summary>Whether a picture lies on a sheet that somebody sees.</summary>
public sealed record MaySeePicture(Guid Picture) : MomentAsk;

public sealed record Erase(Guid Stroke) : MomentAsk;

/// <summary>It keeps its name and its place among the others: who rubs it out meanwhile means the same.</summary>
public sealed record MoveMark(MarkPlace To) : MomentAsk;

/// <summary>All that is on a sheet.</summary>
public sealed record Wipe(string Sheet) : MomentAsk;

/// <summary>A line while it is drawn, or a pointer: shown to who sees the sheet, and kept nowhere.</summary>
/// <param name="Stroke">As which it will stand; null: it points only.</param>
public sealed record Ink(string Sheet, Guid? Stroke, int From, int[] Points, string Colour, int Width) : MomentAsk;

public sealed record AskSlates(int Number, string Question) : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) => BoardRules.AskSlates(desk, at.ModuleId, at.By, Number, Question);
}

public sealed record ShowSlate(bool Up) : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) => BoardRules.ShowSlate(desk, at.By, Up);
}

public sealed record PutSlateOnStage(Guid? Whose) : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) =>
        Whose is { } whose && at.Session?.SeatOf(whose) is not { Role: ParticipantRole.Pupil }
            ? new NotValid()
            : BoardRules.SlateOnStage(desk, at.By, Whose);
}

/// <param name="Pages">As many as the asker sees: asked twice because an answer was lost, there is one more.</param>
public sealed record AddBoardPage(int Pages, string Ruling) : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) =>
        at.By.IsTeacher && BoardRules.PagesOf(desk).Length != Pages
            ? Decision.Nothing
            : BoardRules.AddPage(desk, at.ModuleId, at.By, Ruling);
}

public sealed record TurnBoard(int Page) : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) => BoardRules.TurnBoard(desk, at.ModuleId, at.By, Page);
}

public sealed record RuleBoard(int Page, string Ruling) : DeskAsk
{
    public override Decision Decide(Desk? desk, Asking at) => BoardRules.Rule(desk, at.ModuleId, at.By, Page, Ruling);
}
