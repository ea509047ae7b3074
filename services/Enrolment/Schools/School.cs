namespace Stages.Enrolments.Schools;

/// <summary>A school as the directory knows it; one for each UAI.</summary>
/// <param name="Id">The UAI.</param>
/// <param name="Levels">Levels of a stage that it can have, from CP to Tle; empty for one that is not eligible.</param>
/// <param name="Priority">REP, REP+ or empty.</param>
/// <param name="Closed">No longer in the newest directory.</param>
public sealed record School(
    string Id,
    string Name,
    string Type,
    string Commune,
    string Postcode,
    string Department,
    string? CirconscriptionUai,
    string? Circonscription,
    string? Bassin,
    string Priority,
    string[] Levels,
    string Words,
    bool Closed
)
{
    public bool InPriorityEducation => Priority.Length > 0;
}

/// <summary>Which file the directory was last imported from.</summary>
/// <param name="Hash">SHA-256 of the file; the same file is not imported twice.</param>
public sealed record SchoolDirectoryVersion(string Id, string Hash, int Schools, DateTimeOffset At)
{
    public const string Current = "current";
}
