namespace Stages.Classrooms.Desks;

/// <summary>What is written, without its sheet.</summary>
public sealed record Mark(Guid Id, int[] Points, string Colour, int Width, string Kind, string? Text, Guid? Picture = null);

public sealed record SlateIsShown()
    : Refusal(
        RefusalKind.Rule,
        "slate-shown",
        "L’ardoise est montrée : reprenez-la pour écrire.",
        "The slate is being shown: take it back to write."
    );

/// <summary>Who sees and writes on which sheet, and what the teacher does with boards and slates. Each rule is pure.</summary>
public static class BoardRules
{
    public const int MostPages = 20;

    public const int LongestQuestion = 200;

    private const int LongestText = 300;

    /// <summary>A document's page may be longer than wide, as far as pages are drawn.</summary>
    private const int Farthest = 4000;

    public const string Image = "image";

    /// <summary>In a class; each is asked for once by each who is in it.</summary>
    public const int MostPictures = 60;

    /// <summary>A formula is a text in which one stands, between two dollar signs: browsers draw it.</summary>
    private static readonly string[] Written = ["text", "formula"];

    public static readonly string[] Kinds = ["pen", "line", "box", "oval", Image, .. Written];

    /// <summary>What a page is ruled with.</summary>
    public static readonly string[] Rulings = ["plain", "seyes", "squares"];

    /// <summary>Whether it has a shape that every browser can draw.</summary>
    public static bool IsSound(Mark mark) =>
        mark.Points.Length is >= 3 and <= 3000
        && mark.Points.Length % 3 == 0
        && mark.Points.All(p => p is >= -Farthest and <= Farthest)
        && mark.Width is >= 1 and <= 100
        && Kinds.Contains(mark.Kind)
        && IsColour(mark.Colour)
        && (mark.Kind is "pen" || mark.Points.Length == (Written.Contains(mark.Kind) ? 3 : 6))
        && (mark.Kind == Image) == mark.Picture is not null
        && (
            Written.Contains(mark.Kind) ? mark.Text?.Trim().Length is > 0 and <= LongestText
            : mark.Kind == Image ? mark.Text is null or { Length: <= LongestText }
            : mark.Text is null
        );

    /// <summary>What is shown to all of a class as a picture, its teacher has looked at.</summary>
    public static Refusal? MayPut(Actor actor, string kind) => kind == Image && !actor.IsTeacher ? new TeacherOnly() : null;

    public static bool IsColour(string colour) => colour.Length == 7 && colour[0] == '#' && colour[1..].All(char.IsAsciiHexDigit);

    /// <summary>
    /// A slate is its pupil's, the teacher's to see, and everybody's once it is shown to the class; a group's board the group's.
    /// </summary>
    public static bool Sees(Desk? desk, Actor actor, string sheet)
    {
        if (Sheets.OwnerOf(sheet) is { } owner)
            return actor.Role != ParticipantRole.Pupil || actor.ParticipantId == owner || desk?.Slates?.OnStage == owner;
        if (Sheets.GroupOf(sheet) is { } group)
            return actor.Role != ParticipantRole.Pupil || desk?.GroupOf(actor.ParticipantId) == group;
        return Sheets.PageOf(sheet) is not null || Sheets.DocumentOf(sheet) is not null;
    }

    /// <summary>Whether this sheet may be written on; null when it may.</summary>
    public static Refusal? MayWrite(Desk? desk, Actor actor, string sheet)
    {
        if (!Sees(desk, actor, sheet))
            return new NotPermitted();
        if (Sheets.OwnerOf(sheet) is { } owner)
            return actor.ParticipantId != owner || desk?.Slates is null ? new NotPermitted()
                : desk.Slates.Shown.Contains(owner) ? new SlateIsShown()
                : null;
        if (Sheets.GroupOf(sheet) is { } group)
            return group >= 0 && group < desk?.Groups.Length ? null : new NotPermitted();
        if (Sheets.PageOf(sheet) is { } page && (page < 1 || page > PagesOf(desk).Length))
            return new NotValid();
        if (Sheets.DocumentOf(sheet) is { } shown && (desk?.Document(shown.DocumentId) is not { } laid || !laid.Has(shown.Page)))
            return new NotValid();
        return DeskRules.MayDraw(desk, actor);
    }

    /// <summary>
    /// Rubs it out or moves it: what one wrote oneself; in a small group what another pupil did, too. What an adult wrote stands.
    /// </summary>
    public static Refusal? MayChange(Desk? desk, Actor actor, StrokeDrawn mark, bool byPupil) =>
        MayWrite(desk, actor, mark.Sheet)
        ?? (
            actor.IsTeacher || mark.By == actor.ParticipantId || (byPupil && Sheets.GroupOf(mark.Sheet) is not null)
                ? null
                : new NotPermitted()
        );

    public static string[] PagesOf(Desk? desk) => desk?.Pages is { Length: > 0 } pages ? pages : [Rulings[0]];

    public static Decision AddPage(Desk? desk, Guid module, Actor actor, string ruling) =>
        !actor.IsTeacher ? new TeacherOnly()
        : !Rulings.Contains(ruling) || PagesOf(desk).Length >= MostPages ? new NotValid()
        : DeskRules.On(desk, module, new BoardPageAdded(ruling));

    public static Decision TurnBoard(Desk? desk, Guid module, Actor actor, int page) =>
        !actor.IsTeacher ? new TeacherOnly()
        : page < 1 || page > PagesOf(desk).Length ? new NotValid()
        : (desk?.Page ?? 1) == page ? Decision.Nothing
        : DeskRules.On(desk, module, new BoardTurned(page));

    public static Decision Rule(Desk? desk, Guid module, Actor actor, int page, string ruling) =>
        !actor.IsTeacher ? new TeacherOnly()
        : page < 1 || page > PagesOf(desk).Length || !Rulings.Contains(ruling) ? new NotValid()
        : PagesOf(desk)[page - 1] == ruling ? Decision.Nothing
        : DeskRules.On(desk, module, new BoardRuled(page, ruling));

    /// <summary>The next question: it wipes the slates.</summary>
    /// <param name="number">The round that the asker sees: asked twice because an answer was lost, it wipes once.</param>
    public static Decision AskSlates(Desk? desk, Guid module, Actor actor, int number, string question) =>
        !actor.IsTeacher ? new TeacherOnly()
        : question.Trim().Length > LongestQuestion ? new NotValid()
        : (desk?.Slates?.Number ?? 0) != number ? Decision.Nothing
        : DeskRules.On(desk, module, new SlatesAsked(question.Trim()));

    /// <summary>"Montrer mon ardoise", and taking it back.</summary>
    public static Decision ShowSlate(Desk? desk, Actor actor, bool shown) =>
        actor.Role != ParticipantRole.Pupil ? new NotPermitted()
        : desk?.Slates is not { } slates ? new NotValid()
        : slates.Shown.Contains(actor.ParticipantId) == shown ? Decision.Nothing
        : Decision.Of(new SlateShown(actor.ParticipantId, shown));

    /// <param name="whose">Null: each has their own before them again.</param>
    public static Decision SlateOnStage(Desk? desk, Actor actor, Guid? whose) =>
        !actor.IsTeacher ? new TeacherOnly()
        : desk?.Slates is not { } slates ? new NotValid()
        : slates.OnStage == whose ? Decision.Nothing
        : Decision.Of(new SlatePutOnStage(whose));
}
