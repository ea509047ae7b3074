namespace Stages.Portal.Imports;

/// <summary>What is wrong in one cell, or with a whole line.</summary>
/// <param name="Column">As the list calls it; null: the line.</param>
public sealed record Fault(string? Column, string Text);

/// <summary>An enrolment that a line may be about.</summary>
/// <param name="Text">Whose it is, in words.</param>
public sealed record Candidate(Guid Id, string Text, bool Stands);

/// <summary>What a line would do, or has done.</summary>
/// <param name="What"><c>create</c>, <c>change</c>, <c>same</c>, <c>refused</c>, or <c>ask</c>: whose it is, somebody has to say.</param>
public sealed record Planned(TableRow Row, string Who, string What, IReadOnlyList<Fault> Faults, Guid? Existing = null)
{
    /// <summary>Set once it was carried out.</summary>
    public bool Done { get; init; }

    /// <summary>Field by field, what becomes of what stands.</summary>
    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>Places that the change would lose: it is made only once somebody has said so of this very line.</summary>
    public IReadOnlyList<Cost> Costs { get; init; } = [];

    /// <summary>That it costs these places was seen and is wanted.</summary>
    public bool Accepted { get; init; }

    public IReadOnlyList<Candidate> Candidates { get; init; } = [];

    /// <summary>The line above that may be the same child's.</summary>
    public int? Like { get; init; }

    /// <summary>What was said of a line that asked: <see cref="Another"/>, or the id of the enrolment.</summary>
    public string? Choice { get; init; }

    public const string Another = "another";

    /// <summary>A change that waits to be accepted, or was and is not done yet.</summary>
    public bool IsCostly => !Done && What == "change" && Costs.Count > 0;

    public bool IsLeft => !Done && What is "create" or "change" && (Accepted || !IsCostly);
}

/// <summary>
/// A list from the moment it was brought: read, looked at and carried out by whichever copy of the Portal finds it, so that nothing of it
/// is lost with one of them. Lines that were refused can be taken away, corrected and brought again. It holds names of children, and is
/// forgotten after a day.
/// </summary>
/// <param name="What"><c>inscriptions</c> or <c>propositions</c>.</param>
/// <param name="State">What is to be done with it, see the names here.</param>
/// <param name="Refusal">In words of the person who brought it: why nothing more is done.</param>
/// <param name="Unread">Columns of the file that are none of ours.</param>
/// <param name="Tries">How often its work was begun and not ended: what ends the whole process each time is not begun for ever.</param>
public sealed record ImportSheet(
    Guid Id,
    Guid CampaignId,
    Guid By,
    string What,
    string FileName,
    string Kind,
    Usual Usual,
    IReadOnlyList<Planned> Lines,
    DateTimeOffset At,
    DateTimeOffset? CarriedOutAt,
    string State = ImportSheet.Ready,
    Bringer? Person = null,
    string? Refusal = null,
    int Tries = 0,
    IReadOnlyList<string>? Unread = null
)
{
    /// <summary>The file lies beside it and is still to be read.</summary>
    public const string Reading = "reading";

    /// <summary>Nothing is to be done: to be looked at, or done.</summary>
    public const string Ready = "ready";

    public const string Importing = "importing";

    /// <summary>It was said of some lines whose they are: what they do then is to be seen.</summary>
    public const string Deciding = "deciding";

    public const string Refused = "refused";

    /// <summary>Of one person, waiting to be read at once.</summary>
    public const int MostWaiting = 5;

    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public bool IsUnderWay => State is Reading or Importing or Deciding;

    public int Left => Lines.Count(l => l.IsLeft);

    /// <param name="lines">Of those that cost a place the ones that are wanted all the same; no other line is.</param>
    public ImportSheet Accepting(IReadOnlySet<int> lines) =>
        Lines.Any(l => l.IsCostly)
            ? this with
            {
                Lines = [.. Lines.Select(l => l.IsCostly ? l with { Accepted = lines.Contains(l.Row.Line) } : l)],
            }
            : this;

    /// <summary>What has been carried out meanwhile; lines that have gone since stay away.</summary>
    public ImportSheet With(IEnumerable<Planned> done)
    {
        var by = done.ToDictionary(l => l.Row.Line);
        return this with { Lines = [.. Lines.Select(l => by.GetValueOrDefault(l.Row.Line, l))], Tries = 0 };
    }
}

/// <summary>As whom a list is carried out.</summary>
/// <param name="Appointed">They stood in the directory of staff when they brought it, and have to for as long as it takes.</param>
public sealed record Bringer(string Role, string? Email, string? Name, string? Territory, bool Appointed, string Language)
{
    public Caller As(Guid id) => new(id, Role, Email, Name, Territory);
}

/// <summary>What holds for every line of a list that does not say it.</summary>
public sealed record Usual(string School, IReadOnlyList<string> Wishes, IReadOnlyList<string> Weeks, bool Identified, bool Consent);
