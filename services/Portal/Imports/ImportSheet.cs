namespace Stages.Portal.Imports;

/// <summary>What is wrong in one cell, or with a whole line.</summary>
/// <param name="Column">As the list calls it; null: the line.</param>
public sealed record Fault(string? Column, string Text);

/// <summary>What a line would do, or has done.</summary>
/// <param name="What"><c>create</c>, <c>change</c>, <c>same</c> or <c>refused</c>.</param>
public sealed record Planned(TableRow Row, string Who, string What, IReadOnlyList<Fault> Faults, Guid? Existing = null)
{
    /// <summary>Set once it was carried out.</summary>
    public bool Done { get; init; }
}

/// <summary>
/// A list between its preview and its carrying out, kept so that any copy of the Portal can carry it out, and that nothing of it is
/// lost: lines that were refused can be taken away, corrected and brought again. It holds names of children, and is forgotten after a day.
/// </summary>
/// <param name="What"><c>inscriptions</c> or <c>propositions</c>.</param>
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
    DateTimeOffset? CarriedOutAt
)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);
}

/// <summary>What holds for every line of a list that does not say it.</summary>
public sealed record Usual(string School, IReadOnlyList<string> Wishes, IReadOnlyList<string> Weeks, bool Identified, bool Consent);
