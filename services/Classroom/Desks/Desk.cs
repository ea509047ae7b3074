using JasperFx.Events;

namespace Stages.Classrooms.Desks;

// What goes on in a running class and must be there again after a crash or for who comes late: permissions, hands, the poll,
// the timer, pairs, which page is shown. Of these, permissions and documents are written to the log; the others change what is held of a
// class (ClassGrain) and are in no log. Chat and board lie beside it (Content), shared notes in rows of a table (NotesTable).

public sealed record DeskSet(Guid ModuleId);

/// <summary>What pupils may do. The teacher always may.</summary>
public sealed record PermissionsSet(Permissions Permissions);

public sealed record Permissions(bool Chat, bool Microphone, bool Camera, bool Board, bool Notes);

public sealed record HandRaised(Guid ParticipantId, DateTimeOffset At);

public sealed record HandLowered(Guid ParticipantId);

/// <param name="Right">Index of the right answer, which makes a quiz of it; null where there is none.</param>
public sealed record PollAsked(Guid PollId, string Question, string[] Options, int? Right = null);

/// <param name="Option">Index among the poll's options; a later vote of the same participant replaces the earlier.</param>
public sealed record PollAnswered(Guid PollId, Guid ParticipantId, int Option);

/// <summary>No more answers; the result is shown to all.</summary>
public sealed record PollClosed(Guid PollId);

public sealed record PollCleared(Guid PollId);

public sealed record TimerStarted(DateTimeOffset EndsAt);

public sealed record TimerStopped;

/// <summary>The class works in small groups that hear only themselves; the teacher goes from one to the other.</summary>
public sealed record PairsFormed(Guid[][] Groups);

public sealed record PairsEnded;

/// <summary>Into this group, out of any other: the teacher moved them, or they came late.</summary>
public sealed record GroupJoined(Guid ParticipantId, int Group);

/// <summary>The teacher visits a group, or with null stands back and sees all of them.</summary>
public sealed record GroupVisited(int? Group);

/// <summary>In classes before 27 November 2026, whose notes were text here; their streams end thirty days after them.</summary>
public sealed record NotesChanged(long Version, Guid By);

/// <summary>All its pages are here (<see cref="Documents.Pages"/>).</summary>
public sealed record DocumentLaidOut(Guid DocumentId, string Name, int Pages);

/// <summary>Everybody sees this page; with null the class looks at one another again.</summary>
public sealed record PageTurned(Guid? DocumentId, int Page);

public sealed record DocumentTakenAway(Guid DocumentId);

/// <summary>What everybody has before them from now on, one of <see cref="ClassView.All"/>.</summary>
public sealed record ViewChosen(string View);

/// <summary>The teacher asks everybody to look at what the class sees, who looks elsewhere among them.</summary>
public sealed record EyesCalled;

/// <summary>A question for the slates; what was on them is wiped.</summary>
public sealed record SlatesAsked(string Question);

/// <param name="Shown">False: taken back, to be written on again.</param>
public sealed record SlateShown(Guid ParticipantId, bool Shown);

/// <summary>The class sees this one slate; with null each has their own.</summary>
public sealed record SlatePutOnStage(Guid? ParticipantId);

/// <summary>One more page of the board, which everybody has before them.</summary>
public sealed record BoardPageAdded(string Ruling);

public sealed record BoardTurned(int Page);

public sealed record BoardRuled(int Page, string Ruling);

/// <summary>Whose turn it is to speak, also where pupils may not open their microphones; null when it is nobody's in particular.</summary>
public sealed record FloorGiven(Guid? ParticipantId);

public static class ClassView
{
    public const string Faces = "faces";
    public const string Board = "board";
    public const string Document = "document";
    public const string Screen = "screen";
    public const string Slates = "slates";

    public static readonly string[] All = [Faces, Board, Document, Screen, Slates];
}

public sealed record LaidDocument(Guid Id, string Name, int Pages)
{
    public bool Has(int page) => page >= 1 && page <= Pages;
}

/// <param name="Number">Grows with each question.</param>
/// <param name="Shown">Pupils who hold theirs up.</param>
/// <param name="OnStage">Whose slate the class sees.</param>
public sealed record Slates(int Number, string Question, Guid[] Shown, Guid? OnStage);

/// <summary>Groups as they were drawn and changed; of those that are no more, as they were last.</summary>
/// <param name="Number">Grows with each drawing.</param>
public sealed record GroupRound(int Number, Guid[][] Groups)
{
    /// <summary>So many are kept, to be read again.</summary>
    public const int Most = 20;
}

public sealed record ShownPage(Guid DocumentId, int Page);

public sealed record Poll(Guid Id, string Question, string[] Options, Dictionary<Guid, int> Votes, bool Closed, int? Right = null);

public sealed record Desk(
    Guid Id,
    Guid ModuleId,
    Permissions Permissions,
    Guid[] Hands,
    Poll? Poll,
    DateTimeOffset? TimerEndsAt,
    Guid[][] Groups,
    int? Visiting,
    LaidDocument[]? Documents = null,
    ShownPage? Shown = null,
    string View = ClassView.Faces,
    int EyesCalled = 0,
    Guid? Floor = null,
    Slates? Slates = null,
    string[]? Pages = null,
    int Page = 1,
    GroupRound[]? Rounds = null
)
{
    public static readonly Permissions AllPermitted = new(true, true, true, true, true);

    public static Guid IdOf(Guid moduleId) => HashId.Of(IdSpace.Desk, moduleId.ToString());

    /// <summary>Stream of a module's chat lines and strokes, before 27 November 2026.</summary>
    public static Guid ContentIdOf(Guid moduleId) => HashId.Of(IdSpace.DeskContent, moduleId.ToString());

    /// <summary>Index of the group, or null when the class is together or this participant is in none (the teacher).</summary>
    public int? GroupOf(Guid participantId)
    {
        var index = Array.FindIndex(Groups, g => g.Contains(participantId));
        return index < 0 ? null : index;
    }

    public LaidDocument? Document(Guid id) => Array.Find(Documents ?? [], d => d.Id == id);

    public static Desk Create(DeskSet e) => new(IdOf(e.ModuleId), e.ModuleId, AllPermitted, [], null, null, [], null);

    public static Desk Apply(PermissionsSet e, Desk s) => s with { Permissions = e.Permissions };

    public static Desk Apply(HandRaised e, Desk s) => s with { Hands = [.. s.Hands.Where(h => h != e.ParticipantId), e.ParticipantId] };

    public static Desk Apply(HandLowered e, Desk s) => s with { Hands = [.. s.Hands.Where(h => h != e.ParticipantId)] };

    public static Desk Apply(PollAsked e, Desk s) => s with { Poll = new Poll(e.PollId, e.Question, e.Options, [], false, e.Right) };

    public static Desk Apply(PollAnswered e, Desk s) =>
        s with
        {
            Poll = s.Poll! with { Votes = new Dictionary<Guid, int>(s.Poll.Votes) { [e.ParticipantId] = e.Option } },
        };

    public static Desk Apply(PollClosed e, Desk s) => s with { Poll = s.Poll! with { Closed = true } };

    public static Desk Apply(PollCleared e, Desk s) => s with { Poll = null };

    public static Desk Apply(TimerStarted e, Desk s) => s with { TimerEndsAt = e.EndsAt };

    public static Desk Apply(TimerStopped e, Desk s) => s with { TimerEndsAt = null };

    /// <summary>Each group has its own board before it.</summary>
    public static Desk Apply(PairsFormed e, Desk s) =>
        s with
        {
            Groups = e.Groups,
            Visiting = null,
            View = ClassView.Board,
            Rounds = [.. (s.Rounds ?? []).TakeLast(GroupRound.Most - 1), new GroupRound((s.Rounds?[^1].Number ?? 0) + 1, e.Groups)],
        };

    public static Desk Apply(GroupJoined e, Desk s)
    {
        Guid[][] before = e.Group < s.Groups.Length ? s.Groups : [.. s.Groups, []];
        // One that is empty keeps its number, and so its board.
        Guid[][] groups =
        [
            .. before.Select(
                (g, i) =>
                    i == e.Group ? [.. g.Where(p => p != e.ParticipantId), e.ParticipantId] : g.Where(p => p != e.ParticipantId).ToArray()
            ),
        ];
        return s with
        {
            Groups = groups,
            Rounds = s.Rounds is { Length: > 0 } rounds ? [.. rounds[..^1], rounds[^1] with { Groups = groups }] : null,
        };
    }

    /// <summary>Of the groups that there are now; null while the class is together.</summary>
    public int? Round => Groups.Length > 0 && Rounds is { Length: > 0 } rounds ? rounds[^1].Number : null;

    public static Desk Apply(PairsEnded e, Desk s) => s with { Groups = [], Visiting = null };

    public static Desk Apply(GroupVisited e, Desk s) => s with { Visiting = e.Group };

    public static Desk Apply(NotesChanged _, Desk s) => s;

    public static Desk Apply(DocumentLaidOut e, Desk s) =>
        s with
        {
            Documents = [.. s.Documents ?? [], new LaidDocument(e.DocumentId, e.Name, e.Pages)],
        };

    /// <summary>Who turns a page shows it: to the class that had the board before it as well.</summary>
    public static Desk Apply(PageTurned e, Desk s) =>
        e.DocumentId is { } id ? s with { Shown = new ShownPage(id, e.Page), View = ClassView.Document } : WithoutDocument(s);

    public static Desk Apply(DocumentTakenAway e, Desk s) =>
        (s.Shown?.DocumentId == e.DocumentId ? WithoutDocument(s) : s) with
        {
            Documents = [.. (s.Documents ?? []).Where(d => d.Id != e.DocumentId)],
        };

    /// <summary>Who chooses the slates hands them out.</summary>
    public static Desk Apply(ViewChosen e, Desk s) =>
        s with
        {
            View = e.View,
            Slates = e.View == ClassView.Slates ? s.Slates ?? NoSlates : s.Slates,
        };

    public static Desk Apply(SlatesAsked e, Desk s) =>
        s with
        {
            Slates = new Slates((s.Slates?.Number ?? 0) + 1, e.Question, [], null),
            View = ClassView.Slates,
        };

    public static Desk Apply(SlateShown e, Desk s)
    {
        var (slates, who) = (s.Slates ?? NoSlates, e.ParticipantId);
        Guid[] others = [.. slates.Shown.Where(p => p != who)];
        // Who takes theirs back takes it from the stage as well: what is written then is their own again.
        var stage = !e.Shown && slates.OnStage == who ? null : slates.OnStage;
        return s with { Slates = slates with { Shown = e.Shown ? [.. others, who] : others, OnStage = stage } };
    }

    public static Desk Apply(SlatePutOnStage e, Desk s) =>
        s with
        {
            Slates = (s.Slates ?? NoSlates) with { OnStage = e.ParticipantId },
            View = ClassView.Slates,
        };

    public static Desk Apply(BoardPageAdded e, Desk s)
    {
        string[] pages = [.. BoardRules.PagesOf(s), e.Ruling];
        return s with { Pages = pages, Page = pages.Length, View = ClassView.Board };
    }

    public static Desk Apply(BoardTurned e, Desk s) => s with { Page = e.Page };

    public static Desk Apply(BoardRuled e, Desk s) =>
        s with
        {
            Pages = [.. BoardRules.PagesOf(s).Select((ruling, i) => i + 1 == e.Page ? e.Ruling : ruling)],
        };

    public static Desk Apply(EyesCalled _, Desk s) => s with { EyesCalled = s.EyesCalled + 1 };

    public static Desk Apply(FloorGiven e, Desk s) =>
        s with
        {
            Floor = e.ParticipantId,
            Hands = [.. s.Hands.Where(h => h != e.ParticipantId)],
        };

    /// <summary>What this pupil may do.</summary>
    public Permissions PermissionsOf(Guid participantId) => Floor == participantId ? Permissions with { Microphone = true } : Permissions;

    private static readonly Slates NoSlates = new(0, "", [], null);

    private static Desk WithoutDocument(Desk s) => s with { Shown = null, View = s.View == ClassView.Document ? ClassView.Faces : s.View };
}
