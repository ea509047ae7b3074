namespace Stages.Classrooms.Desks;

/// <summary>Who asks for something in class; the role is the seat's, not what the browser says.</summary>
/// <param name="Leads">The teacher has given them a teacher's rights.</param>
public sealed record Actor(Guid ParticipantId, string Role, bool Leads = false)
{
    public static Actor Of(Seat seat) => new(seat.ParticipantId, seat.Role, seat.Leads);

    /// <summary>Has a teacher's rights over the class.</summary>
    public bool IsTeacher => IsItsTeacher || Leads;

    /// <summary>Whose class it is.</summary>
    public bool IsItsTeacher => Role == ParticipantRole.Teacher;
}

public sealed record TeacherOnly() : Refusal(RefusalKind.Forbidden, "teacher-only", "Seul l’enseignant le peut.", "Only the teacher may.");

public sealed record NotPermitted()
    : Refusal(RefusalKind.Forbidden, "not-permitted", "L’enseignant a suspendu cette possibilité.", "The teacher has suspended this.");

public sealed record NotValid()
    : Refusal(RefusalKind.Shape, "not-valid", "Cette demande n’a pas de sens ici.", "This makes no sense here.");

public sealed record TooFast()
    : Refusal(RefusalKind.Conflict, "too-fast", "C’est trop vite : attendez un instant.", "That is too fast: wait a moment.");

public sealed record TooManyDocuments()
    : Refusal(
        RefusalKind.Conflict,
        "too-many-documents",
        "Dix documents par classe au plus : retirez-en un.",
        "Ten documents a class at most: take one away."
    );

/// <summary>
/// What may change on the desk, by whom. Each rule is pure; a desk that does not exist yet is one where all is permitted.
/// </summary>
public static class DeskRules
{
    public const int LongestText = 1000;

    public const int MostDocuments = 10;

    public const int LongestName = 120;

    /// <summary>What somebody shows the class of themselves without a word. It passes; nothing of it is kept.</summary>
    public static readonly string[] Reactions = ["understood", "lost", "slower", "done", "bravo"];

    public static readonly TimeSpan BetweenReactions = TimeSpan.FromSeconds(1);

    /// <summary>Whether this reaction may be shown; null when it may.</summary>
    public static Refusal? MayReact(string kind, DateTimeOffset? last, DateTimeOffset now) =>
        !Reactions.Contains(kind) ? new NotValid()
        : now - last < BetweenReactions ? new TooFast()
        : null;

    public static Decision SetPermissions(Desk? desk, Guid module, Actor actor, Permissions wanted) =>
        !actor.IsTeacher ? new TeacherOnly()
        : (desk?.Permissions ?? Desk.AllPermitted) == wanted ? Decision.Nothing
        : On(desk, module, new PermissionsSet(wanted));

    public static Decision RaiseHand(Desk? desk, Guid module, Actor actor, bool up, DateTimeOffset now) =>
        desk?.Hands.Contains(actor.ParticipantId) == up || (desk is null && !up)
            ? Decision.Nothing
            : On(desk, module, up ? new HandRaised(actor.ParticipantId, now) : new HandLowered(actor.ParticipantId));

    public static Decision LowerHand(Desk? desk, Actor actor, Guid whose) =>
        !actor.IsTeacher && actor.ParticipantId != whose ? new TeacherOnly()
        : desk?.Hands.Contains(whose) == true ? Decision.Of(new HandLowered(whose))
        : Decision.Nothing;

    /// <param name="whom">Somebody who is in class, or null: the class speaks as before.</param>
    public static Decision GiveFloor(Desk? desk, Guid module, Actor actor, Guid? whom) =>
        !actor.IsTeacher ? new TeacherOnly()
        : desk?.Floor == whom ? Decision.Nothing
        : On(desk, module, new FloorGiven(whom));

    /// <param name="right">Index of the right answer; null where there is none.</param>
    public static Decision AskPoll(Desk? desk, Guid module, Actor actor, Guid id, string question, string[] options, int? right = null) =>
        !actor.IsTeacher ? new TeacherOnly()
        : question.Trim().Length is 0 or > 200 || options.Length is < 2 or > 6 || options.Any(o => o.Trim().Length is 0 or > 100)
            ? new NotValid()
        : right < 0 || right >= options.Length ? new NotValid()
        : On(desk, module, new PollAsked(id, question.Trim(), [.. options.Select(o => o.Trim())], right));

    public static Decision Vote(Desk? desk, Actor actor, Guid poll, int option) =>
        desk?.Poll is not { Closed: false } open || open.Id != poll || option < 0 || option >= open.Options.Length ? new NotValid()
        : actor.Role != ParticipantRole.Pupil ? new NotPermitted()
        : open.Votes.TryGetValue(actor.ParticipantId, out var before) && before == option ? Decision.Nothing
        : Decision.Of(new PollAnswered(poll, actor.ParticipantId, option));

    public static Decision ClosePoll(Desk? desk, Actor actor) =>
        !actor.IsTeacher ? new TeacherOnly()
        : desk?.Poll is not { } poll ? Decision.Nothing
        : Decision.Of(poll.Closed ? new PollCleared(poll.Id) : new PollClosed(poll.Id));

    public static Decision SetTimer(Desk? desk, Guid module, Actor actor, int seconds, DateTimeOffset now) =>
        !actor.IsTeacher ? new TeacherOnly()
        : seconds is < 0 or > 2 * 60 * 60 ? new NotValid()
        : seconds > 0 ? On(desk, module, new TimerStarted(now.AddSeconds(seconds)))
        : desk?.TimerEndsAt is null ? Decision.Nothing
        : Decision.Of(new TimerStopped());

    public static Decision EndPairs(Desk? desk, Actor actor) =>
        !actor.IsTeacher ? new TeacherOnly()
        : desk?.Groups.Length > 0 ? Decision.Of(new PairsEnded())
        : Decision.Nothing;

    public static Decision Visit(Desk? desk, Actor actor, int? group) =>
        !actor.IsTeacher ? new TeacherOnly()
        : desk is null || (group is { } g && (g < 0 || g >= desk.Groups.Length)) ? new NotValid()
        : desk.Visiting == group ? Decision.Nothing
        : Decision.Of(new GroupVisited(group));

    /// <param name="pages">As many as were received, none missing between the first and the last; 0 when some are.</param>
    public static Decision LayOut(Desk? desk, Guid module, Actor actor, Guid document, string name, int pages) =>
        !actor.IsTeacher ? new TeacherOnly()
        : desk?.Document(document) is not null ? Decision.Nothing
        : pages < 1 || name.Trim().Length is 0 or > LongestName ? new NotValid()
        : (desk?.Documents?.Length ?? 0) >= MostDocuments ? new TooManyDocuments()
        : On(desk, module, new DocumentLaidOut(document, name.Trim(), pages));

    public static Decision TurnPage(Desk? desk, Actor actor, Guid? document, int page) =>
        !actor.IsTeacher ? new TeacherOnly()
        : document is null
            ? desk?.Shown is null ? Decision.Nothing
                : Decision.Of(new PageTurned(null, 0))
        : desk?.Document(document.Value) is not { } laid || page < 1 || page > laid.Pages ? new NotValid()
        : desk.View == ClassView.Document && desk.Shown == new ShownPage(laid.Id, page) ? Decision.Nothing
        : Decision.Of(new PageTurned(laid.Id, page));

    /// <summary>What the class sees. A document is there once a page of it was shown; a screen when somebody shows theirs.</summary>
    public static Decision ChooseView(Desk? desk, Guid module, Actor actor, string view) =>
        !actor.IsTeacher ? new TeacherOnly()
        : !ClassView.All.Contains(view) || (view == ClassView.Document && desk?.Shown is null) ? new NotValid()
        : (desk?.View ?? ClassView.Faces) == view ? Decision.Nothing
        : On(desk, module, new ViewChosen(view));

    public static Decision CallEyes(Desk? desk, Guid module, Actor actor) =>
        !actor.IsTeacher ? new TeacherOnly() : On(desk, module, new EyesCalled());

    public static Decision TakeAway(Desk? desk, Actor actor, Guid document) =>
        !actor.IsTeacher ? new TeacherOnly()
        : desk?.Document(document) is null ? Decision.Nothing
        : Decision.Of(new DocumentTakenAway(document));

    public static NotPermitted? MayNote(Desk? desk, Actor actor) =>
        !actor.IsTeacher && desk?.Permissions.Notes == false ? new NotPermitted() : null;

    public static Refusal? MayDraw(Desk? desk, Actor actor) =>
        !actor.IsTeacher && desk?.Permissions.Board == false ? new NotPermitted() : null;

    /// <summary>
    /// Who hears and sees whom. Together: everybody. In small groups: those of one's own group; the teacher hears the group they
    /// visit and is heard there, and otherwise is heard by all, as who speaks to the class.
    /// </summary>
    public static bool Hears(Desk? desk, Actor listener, Actor speaker)
    {
        if (desk is null || desk.Groups.Length == 0)
            return true;
        var listens = desk.GroupOf(listener.ParticipantId);
        var speaks = desk.GroupOf(speaker.ParticipantId);
        if (listener.Role != ParticipantRole.Pupil)
            return desk.Visiting is null || speaks is null || speaks == desk.Visiting;
        if (speaker.Role != ParticipantRole.Pupil)
            return desk.Visiting is null || listens == desk.Visiting;
        return listens == speaks;
    }

    internal static Decision On(Desk? desk, Guid module, object e) => desk is null ? Decision.Of(new DeskSet(module), e) : Decision.Of(e);
}
