namespace Stages.Api.Classroom;

/// <summary>What a teacher would have in the library: a link, or a file.</summary>
/// <param name="About">A sentence: what it is good for.</param>
/// <param name="Link">An https address; null where there is a file.</param>
public sealed record ProposeResourceRequest(
    string? Title = null,
    string? About = null,
    string? Subject = null,
    IReadOnlyList<string>? Levels = null,
    string? Link = null,
    ResourceFile? File = null
);

/// <param name="Content">In base64; what kind of file it is, its bytes say.</param>
public sealed record ResourceFile(string? Name = null, byte[]? Content = null);

/// <param name="Reason">Told to who proposed it as it stands.</param>
public sealed record RefuseResourceRequest(string? Reason = null);

/// <param name="SubjectName">In the language asked for.</param>
/// <param name="Link">Where it leads; null for a file.</param>
/// <param name="FileName">Null for a link.</param>
/// <param name="Size">Of the file, in bytes; 0 for a link.</param>
/// <param name="State">One of <see cref="ResourceStates"/>.</param>
/// <param name="Reason">Of a refusal, for who proposed it and who decides.</param>
/// <param name="Opened">How often it was consulted; by whom is not kept.</param>
/// <param name="Mine">The caller proposed it.</param>
/// <param name="MayDecide">The caller may accept it, refuse it, or take it back.</param>
/// <param name="TeacherFirstName">Who proposes, for the coordinators who decide; else null.</param>
public sealed record ResourceView(
    Guid Id,
    Guid CampaignId,
    string Title,
    string About,
    string Subject,
    string SubjectName,
    IReadOnlyList<string> Levels,
    string? Link,
    string? FileName,
    int Size,
    string State,
    string? Reason,
    DateTimeOffset At,
    long Opened,
    bool Mine,
    bool MayDecide,
    string? TeacherFirstName
);

public static class ResourceStates
{
    public const string Proposed = "proposed",
        Accepted = "accepted",
        Refused = "refused";

    public static readonly IReadOnlyList<string> All = [Proposed, Accepted, Refused];
}
