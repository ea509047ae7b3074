using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Stages.Classrooms.Campaigns;
using Stages.Classrooms.Handed;

namespace Stages.Classrooms.Library;

public sealed class ProposeResourceValidator : AbstractValidator<ProposeResourceRequest>
{
    public const int LongestTitle = 120,
        LongestAbout = 300,
        LongestLink = 500;

    public ProposeResourceValidator()
    {
        RuleFor(r => r.Title)
            .NotEmpty()
            .WithMessage(_ => Say.In("Donnez un titre.", "Give a title."))
            .MaximumLength(LongestTitle)
            .Must(t => t?.Contains('\n', StringComparison.Ordinal) != true)
            .IsProse();
        RuleFor(r => r.About)
            .NotEmpty()
            .WithMessage(_ => Say.In("Dites en une phrase à quoi cela sert.", "Say in a sentence what it is good for."))
            .MaximumLength(LongestAbout)
            .IsProse();
        RuleFor(r => r.Subject).NotEmpty().WithMessage(_ => Say.In("Choisissez la matière.", "Choose the subject."));
        RuleFor(r => r.Levels).NotEmpty().WithMessage(_ => Say.In("Choisissez au moins un niveau.", "Choose at least one level."));
        RuleForEach(r => r.Levels).IsLevel(required: true);
        RuleFor(r => r.Link)
            .Must((request, link) => request.File is not null != link is { Length: > 0 })
            .WithMessage(_ => Say.In("Donnez un lien ou un fichier, l’un des deux.", "Give a link or a file, one of the two."));
        RuleFor(r => r.Link)
            .MaximumLength(LongestLink)
            .WithMessage(_ => Say.In("500 caractères au plus.", "At most 500 characters."))
            .Must(IsAddress)
            .WithMessage(_ => Say.In("Une adresse https:// est nécessaire.", "An https:// address is needed."))
            .When(r => r.Link is { Length: > 0 });
        RuleFor(r => r.File)
            .Must(f => f!.Content is { Length: > 0 })
            .WithMessage(_ => Say.In("Ce fichier est vide.", "This file is empty."))
            .When(r => r.File is not null);
    }

    /// <summary>With nobody's name or password in it: families see it.</summary>
    private static bool IsAddress(string? link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps
        && uri.UserInfo.Length == 0
        && uri.Host.Contains('.', StringComparison.Ordinal);
}

public sealed record TeachesNoStage()
    : Refusal(
        RefusalKind.Forbidden,
        "teaches-no-stage",
        "Proposer une ressource est réservé aux enseignants d’un stage publié de cette campagne.",
        "To propose a resource is for teachers of a published stage of this campaign."
    );

public sealed record LibraryFull()
    : Refusal(
        RefusalKind.Conflict,
        "library-full",
        "Il n’y a plus de place : retirez d’abord une de vos ressources.",
        "There is no room left: take one of your resources away first."
    );

/// <summary>The library as it stands when something is proposed.</summary>
/// <param name="Campaign">Null where none is known by that id.</param>
/// <param name="Teaches">Who proposes has a published stage in it.</param>
/// <param name="Theirs">How many resources of theirs there are.</param>
/// <param name="Size">Of all files, in bytes.</param>
public sealed record Shelf(KnownCampaign? Campaign, bool Teaches, int Theirs, long Size);

/// <summary>A teacher proposes a link or a file, which a coordinator looks at before families see it.</summary>
public static class ProposeResource
{
    /// <summary>What one page shows of them.</summary>
    public const int MostOfOne = SearchLibrary.OnePage;

    /// <summary>In bytes, of a campaign.</summary>
    public const long Most = 2L * 1024 * 1024 * 1024;

    /// <summary>A file in base64, and the words beside it.</summary>
    private const int LargestBody = (FileKinds.Largest / 3 * 4) + (64 * 1024);

    public static Decision Decide(Shelf shelf, ProposeResourceRequest request, Caller caller, Guid id, DateTimeOffset now)
    {
        if (shelf.Campaign is not { } campaign)
            return new NotFound();
        if (!shelf.Teaches)
            return new TeachesNoStage();
        if (Array.Find(campaign.Subjects, s => s.Code == request.Subject) is not { } subject)
            return new FieldRefused("subject", "subject-unknown", "Cette matière n’est pas de la campagne.", "No subject of the campaign.");
        string[] levels = [.. (request.Levels ?? []).Select(Resource.LevelOf).Distinct().OrderBy(Level.OrderOf)];
        if (levels.Except(subject.Levels.Select(Resource.LevelOf)).Any())
            return new FieldRefused(
                "levels",
                "level-unknown",
                "La campagne n’a pas cette matière à ce niveau.",
                "The campaign does not have this subject at this level."
            );
        var bytes = request.File?.Content ?? [];
        if (bytes.Length > FileKinds.Largest)
            return new FileIsTooLarge();
        var looked = request.File is null ? null : FileKinds.Look(bytes);
        if (looked?.Refusal is { } refusal)
            return refusal;
        if (shelf.Theirs >= MostOfOne || shelf.Size + bytes.Length > Most)
            return new LibraryFull();
        var file = looked?.Kind is { } kind ? new KeptFile(FileNames.Clean(request.File!.Name ?? "", kind), kind.Type, bytes.Length) : null;
        var link = file is null ? request.Link!.Trim() : null;
        var content = new ResourceContent(request.Title!.Trim(), request.About!.Trim(), subject.Code, levels, link, file);
        return Decision.Of(new ResourceProposed(id, campaign.Id, caller.Id, content, now)).AndSql(ResourceTable.Insert, id, bytes);
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/classroom/campaigns/{id:guid}/resources", Propose)
            .For(Roles.Teacher)
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .Validated<ProposeResourceRequest>()
            .WithSummary("Propose a link or a file for the library")
            .Produces<ResourceView>(201)
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422);

    private static async Task<IResult> Propose(
        Guid id,
        ProposeResourceRequest request,
        VirusScanner scanner,
        [AsParameters] CommandContext context
    )
    {
        var (caller, now) = (context.Caller, context.Now);
        var resource = Guid.CreateVersion7(now);
        var kept = request;
        if (request.File?.Content is { Length: <= FileKinds.Largest } bytes && FileKinds.Look(bytes).Kind is { } kind)
        {
            if (await scanner.Look(bytes, context.Cancel) is { } infected)
                return infected.AsProblem();
            if (PlainFiles.Of(kind, bytes) is not { } plain)
                return new FileNotOfAKind().AsProblem();
            kept = request with { File = request.File with { Content = plain } };
        }
        // One at a time of a campaign, or ten at once would all find the same room.
        var outcome = await context.Journal.Decide<Resource>(
            resource,
            async (reading, _) => Decide(await ShelfOf(reading, id, caller), kept, caller, resource, now),
            once: context.Key.Answering(request, resource, now),
            under: LockKey.Of("library", id),
            cancel: context.Cancel
        );
        if (outcome.Refusal is { } refusal)
            return refusal.AsProblem();
        var proposed = (await context.Reads.LoadAsync<Resource>(outcome.Id, context.Cancel))!;
        var campaign = (await context.Reads.LoadAsync<KnownCampaign>(id, context.Cancel))!;
        return Results.Created(
            $"/api/classroom/resources/{outcome.Id}",
            ResourceViews.Of(proposed, campaign, new LibraryReader(caller, id, []), 0, null)
        );
    }

    private static async Task<Shelf> ShelfOf(Reading reading, Guid campaign, Caller caller)
    {
        var (reads, cancel) = (reading.Documents, reading.Cancel);
        var there = reads.Query<Resource>().Where(r => r.CampaignId == campaign);
        var reader = await LibraryReader.Of(reads, campaign, caller, cancel);
        return new Shelf(
            await reads.LoadAsync<KnownCampaign>(campaign, cancel),
            caller.IsTeacher && reader.Rooms.Count > 0,
            await there.CountAsync(r => r.By == caller.Id, cancel),
            (await there.Where(r => r.File != null).Select(r => r.File!.Size).ToListAsync(cancel)).Sum(s => (long)s)
        );
    }
}
