namespace Stages.Classrooms.Library;

// The library of a campaign: links and files that its teachers propose and its coordinators accept. What a resource is cannot be
// changed: what was looked at is what families see. Of who consults it nothing is kept but how often (ResourceTable).

/// <param name="By">Account of the teacher.</param>
public sealed record ResourceProposed(Guid ResourceId, Guid CampaignId, Guid By, ResourceContent Content, DateTimeOffset At);

public sealed record ResourceAccepted(Guid By, DateTimeOffset At);

/// <summary>Refused, or no longer accepted.</summary>
/// <param name="Reason">In the coordinator's words, told to who proposed it.</param>
public sealed record ResourceRefused(Guid By, string Reason, DateTimeOffset At);

/// <param name="Levels">As <see cref="Level"/> writes them.</param>
/// <param name="Link">Null for a file.</param>
/// <param name="File">Null for a link.</param>
public sealed record ResourceContent(string Title, string About, string Subject, string[] Levels, string? Link, KeptFile? File);

/// <param name="Size">In bytes.</param>
public sealed record KeptFile(string Name, string Type, int Size);

/// <summary>One link or file of a campaign's library, and whether it is accepted.</summary>
/// <param name="By">Nobody, once who proposed it was erased.</param>
/// <param name="Places">Each subject and level of it in one word, by which it is found for a stage.</param>
/// <param name="Words">By which people find it.</param>
public sealed record Resource(
    Guid Id,
    Guid CampaignId,
    Guid By,
    string Title,
    string About,
    string Subject,
    string[] Levels,
    string? Link,
    KeptFile? File,
    string State,
    string? Reason,
    DateTimeOffset At,
    string[] Places,
    string Words
)
{
    public bool IsAccepted => State == ResourceStates.Accepted;

    public static Resource Create(ResourceProposed e) =>
        new(
            e.ResourceId,
            e.CampaignId,
            e.By,
            e.Content.Title,
            e.Content.About,
            e.Content.Subject,
            e.Content.Levels,
            e.Content.Link,
            e.Content.File,
            ResourceStates.Proposed,
            null,
            e.At,
            [.. PlacesOf(e.Content.Subject, e.Content.Levels)],
            WordsOf($"{e.Content.Title} {e.Content.About}")
        );

    public static Resource Apply(ResourceAccepted e, Resource s) => s with { State = ResourceStates.Accepted, Reason = null };

    public static Resource Apply(ResourceRefused e, Resource s) => s with { State = ResourceStates.Refused, Reason = e.Reason };

    public bool IsOf(Caller caller) => caller.IsTeacher && caller.Id != Guid.Empty && caller.Id == By;

    /// <summary>For the subject of this stage, and one of its levels.</summary>
    public bool Suits(StageContent stage) => Places.Intersect(PlacesOf(stage)).Any();

    public static IEnumerable<string> PlacesOf(StageContent stage) => PlacesOf(stage.Subject, stage.Levels);

    private static IEnumerable<string> PlacesOf(string subject, IEnumerable<string> levels) =>
        levels.Select(level => $"{subject} {LevelOf(level)}");

    /// <summary>« l’imparfait » is found by « imparfait », and by all of it.</summary>
    private static string WordsOf(string text) => NameSearch.Words(text, TextKey.Words(text));

    /// <summary>One way to write a level, whichever way it was written.</summary>
    public static string LevelOf(string level) => Texts.Find<Level>(level)?.ToString() ?? level;
}
