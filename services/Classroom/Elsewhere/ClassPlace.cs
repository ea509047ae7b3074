using FluentValidation;

namespace Stages.Classrooms.Elsewhere;

/// <summary>Where a campaign's classes meet: in our own classroom unless a coordinator has chosen otherwise.</summary>
/// <param name="Kind"><c>stages</c>, <c>bigBlueButton</c> or <c>link</c>.</param>
/// <param name="Url">For <c>link</c>: where everybody goes when all else is down.</param>
public sealed record ClassPlace(Guid Id, string Kind, string? Url)
{
    public const string Ours = "stages";
    public const string BigBlueButton = "bigBlueButton";
    public const string Link = "link";
}

public sealed record SetClassPlaceRequest(string Kind, string? Url = null);

public sealed class SetClassPlaceValidator : AbstractValidator<SetClassPlaceRequest>
{
    public SetClassPlaceValidator()
    {
        RuleFor(r => r.Kind)
            .Must(k => k is ClassPlace.Ours or ClassPlace.BigBlueButton or ClassPlace.Link)
            .WithMessage(_ => Say.In("stages, bigBlueButton ou link.", "stages, bigBlueButton or link."));
        RuleFor(r => r.Url)
            .NotEmpty()
            .MaximumLength(500)
            .Must(u => Uri.TryCreate(u, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps)
            .When(r => r.Kind == ClassPlace.Link)
            .WithMessage(_ => Say.In("Une adresse https:// est nécessaire.", "An https:// address is needed."));
    }
}

public sealed record NoBigBlueButton()
    : Refusal(
        RefusalKind.Conflict,
        "no-bigbluebutton",
        "Aucun serveur BigBlueButton n’est configuré.",
        "No BigBlueButton server is configured."
    );

/// <summary>A choice of the whole académie: a coordinator of a part of it may look, not change.</summary>
public static class SetClassPlace
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPut("/api/classroom/campaigns/{id:guid}/place", Set)
            .ForWholeAcademie()
            .Validated<SetClassPlaceRequest>()
            .Produces(204)
            .ProducesProblem(403)
            .ProducesProblem(409);
        routes.MapGet("/api/classroom/campaigns/{id:guid}/place", Read).For(Roles.Coordinator).Produces<SetClassPlaceRequest>();
    }

    public static async Task<ClassPlace> Of(IQuerySession session, Guid campaignId, CancellationToken cancel) =>
        await session.LoadAsync<ClassPlace>(campaignId, cancel) ?? new ClassPlace(campaignId, ClassPlace.Ours, null);

    private static async Task<IResult> Read(Guid id, IDocumentStore store, CancellationToken cancel)
    {
        await using var query = store.QuerySession();
        var place = await Of(query, id, cancel);
        return Results.Ok(new SetClassPlaceRequest(place.Kind, place.Url));
    }

    private static async Task<IResult> Set(
        Guid id,
        SetClassPlaceRequest request,
        BigBlueButtonApi bigBlueButton,
        [AsParameters] CommandContext context
    )
    {
        if (request.Kind == ClassPlace.BigBlueButton && !bigBlueButton.IsConfigured)
            return new NoBigBlueButton().AsProblem();
        await context.Decide(
            Decision.Nothing.AndStore(new ClassPlace(id, request.Kind, request.Kind == ClassPlace.Link ? request.Url : null))
        );
        return Results.NoContent();
    }
}
