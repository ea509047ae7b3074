using FluentValidation;

namespace Stages.Classrooms.Elsewhere;

public sealed class SetClassPlaceValidator : AbstractValidator<SetClassPlaceRequest>
{
    public SetClassPlaceValidator()
    {
        RuleFor(r => r.Kind)
            .Must(k => ClassPlace.Kinds.Contains(k) || k == PlaceKinds.AsCampaign)
            .WithMessage(_ => Say.In("stages, bigBlueButton, visio ou link.", "stages, bigBlueButton, visio or link."));
        RuleFor(r => r.Url)
            .Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage(_ => Say.In("Une adresse https:// est nécessaire.", "An https:// address is needed."))
            .MaximumLength(500)
            .WithMessage(_ => Say.In("500 caractères au plus.", "At most 500 characters."))
            .Must(IsAddress)
            .WithMessage(_ => Say.In("Une adresse https:// est nécessaire.", "An https:// address is needed."))
            .When(r => r.Kind is PlaceKinds.Link or PlaceKinds.Visio);
        RuleFor(r => r.Url)
            .Must(u => new Uri(u!) is { Query: "", Fragment: "" })
            .WithMessage(_ =>
                Say.In(
                    "L’adresse du serveur seul, sans nom de salle : chaque séance a la sienne.",
                    "The server’s address alone, without a room: each session has its own."
                )
            )
            .When(r => r.Kind == PlaceKinds.Visio && IsAddress(r.Url));
    }

    /// <summary>With nobody's name or password in it: everybody who comes sees it.</summary>
    private static bool IsAddress(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0;
}

public sealed record NoBigBlueButton()
    : Refusal(
        RefusalKind.Conflict,
        "no-bigbluebutton",
        "Aucun serveur BigBlueButton n’est configuré.",
        "No BigBlueButton server is configured."
    );

/// <summary>
/// For a campaign a choice of the whole académie: a coordinator of a part of it may look, not change. For one stage it is also theirs
/// whose territory all its pupils are of. Links to classes lead through the portal: all lead to the new place from then on.
/// </summary>
public static class SetClassPlace
{
    private const string OfCampaign = "/api/classroom/campaigns/{id:guid}/place",
        OfStage = "/api/classroom/stages/{id:guid}/place";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPut(OfCampaign, Set)
            .ForWholeAcademie()
            .Validated<SetClassPlaceRequest>()
            .Produces(204)
            .ProducesProblem(403)
            .ProducesProblem(409);
        routes.MapGet(OfCampaign, Read).For(Roles.Coordinator).Produces<ClassPlaceView>();
        routes
            .MapPut(OfStage, SetOfStage)
            .For(Roles.Coordinator)
            .Validated<SetClassPlaceRequest>()
            .Produces(204)
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(409);
        routes.MapGet(OfStage, ReadOfStage).For(Roles.Coordinator).Produces<ClassPlaceView>().ProducesProblem(403).ProducesProblem(404);
        routes
            .MapPost("/api/classroom/campaigns/{id:guid}/place/try", Try)
            .For(Roles.Coordinator)
            .Produces<PlaceTried>()
            .ProducesProblem(409);
        routes
            .MapGet("/api/modules/{id:guid}/place", ReadOfModule)
            .For(Roles.Family, Roles.Teacher, Roles.Coordinator)
            .Produces<ModulePlace>()
            .ProducesProblem(403)
            .ProducesProblem(404);
    }

    private static async Task<IResult> Read(Guid id, BigBlueButtonApi bigBlueButton, IQuerySession reads, CancellationToken cancel)
    {
        var place = await reads.LoadAsync<ClassPlace>(id, cancel) ?? new ClassPlace(id, PlaceKinds.Ours, null);
        return Results.Ok(new ClassPlaceView(place.Kind, place.Url, bigBlueButton.IsConfigured));
    }

    private static async Task<IResult> Set(
        Guid id,
        SetClassPlaceRequest request,
        BigBlueButtonApi bigBlueButton,
        [AsParameters] CommandContext context
    ) => await Store(new ClassPlace(id, request.Kind, request.Url), bigBlueButton, context);

    private static async Task<IResult> ReadOfStage(
        Guid id,
        Caller caller,
        BigBlueButtonApi bigBlueButton,
        IQuerySession reads,
        CancellationToken cancel
    )
    {
        if (await reads.LoadAsync<Room>(id, cancel) is not { } room)
            return new NotFound().AsProblem();
        if (!room.IsSeenBy(caller))
            return new NotOfThisClass().AsProblem();
        var own = await reads.LoadAsync<ClassPlace>(id, cancel);
        return Results.Ok(new ClassPlaceView(own?.Kind ?? PlaceKinds.AsCampaign, own?.Url, bigBlueButton.IsConfigured));
    }

    private static async Task<IResult> SetOfStage(
        Guid id,
        SetClassPlaceRequest request,
        BigBlueButtonApi bigBlueButton,
        [AsParameters] CommandContext context
    )
    {
        if (await context.Reads.LoadAsync<Room>(id, context.Cancel) is not { } room)
            return new NotFound().AsProblem();
        if (!room.IsSeenBy(context.Caller) || !room.Stage.Pupils.All(p => room.Tells(context.Caller, p.EnrolmentId)))
            return new NotOfThisClass().AsProblem();
        if (request.Kind != PlaceKinds.AsCampaign)
            return await Store(new ClassPlace(id, request.Kind, request.Url, room.CampaignId), bigBlueButton, context);
        await context.Decide(Decision.Nothing.AndDelete<ClassPlace>(id));
        return Results.NoContent();
    }

    private static async Task<IResult> Store(ClassPlace place, BigBlueButtonApi bigBlueButton, CommandContext context)
    {
        if (place.Kind == PlaceKinds.AsCampaign)
            place = place with { Kind = PlaceKinds.Ours };
        if (place.Kind == PlaceKinds.BigBlueButton && !bigBlueButton.IsConfigured)
            return new NoBigBlueButton().AsProblem();
        await context.Decide(Decision.Nothing.AndStore(place.IsAddress ? place : place with { Url = null }));
        return Results.NoContent();
    }

    /// <summary>
    /// Of BigBlueButton alone: its address is the operator's. Addresses that coordinators type are opened by their own browser, never by
    /// this service.
    /// </summary>
    private static async Task<IResult> Try(Guid id, BigBlueButtonApi bigBlueButton, CancellationToken cancel)
    {
        if (!bigBlueButton.IsConfigured)
            return new NoBigBlueButton().AsProblem();
        try
        {
            await bigBlueButton.Try(id, cancel);
            return Results.Ok(
                new PlaceTried(true, Say.In("BigBlueButton répond, et nous reconnaît.", "BigBlueButton answers, and knows us."))
            );
        }
        catch (BigBlueButtonFault fault)
        {
            return Results.Ok(new PlaceTried(false, Why(fault)));
        }
    }

    public static string Why(BigBlueButtonFault fault) =>
        fault.Key == BigBlueButtonFault.WrongChecksum
            ? Say.In(
                "Le serveur répond, mais refuse notre signature : le secret partagé ou l’algorithme n’est pas le sien.",
                "The server answers but refuses our signature: the shared secret or the algorithm is not its own."
            )
        : fault.IsAway
            ? Say.In(
                "Le serveur ne répond pas. Les classes qui s’y tiennent ne s’ouvriraient pas en ce moment.",
                "The server does not answer. Classes held there would not open at the moment."
            )
        : Say.In(
            "Le serveur répond, mais pas comme BigBlueButton : vérifiez son adresse.",
            "The server answers, but not as BigBlueButton does: check its address."
        );

    /// <summary>For whoever may join: said before the door is opened.</summary>
    private static async Task<IResult> ReadOfModule(
        Guid id,
        Caller caller,
        IOptions<BigBlueButtonOptions> server,
        IQuerySession reads,
        CancellationToken cancel
    )
    {
        var (room, _, refusal) = await ClassRooms.Find(reads, id, cancel);
        if (refusal is not null)
            return refusal.AsProblem();
        var families = caller.IsFamily
            ? await reads.LoadManyAsync<PupilFamily>(cancel, room!.Stage.Pupils.Select(p => p.EnrolmentId).ToArray())
            : [];
        if (JoinClass.Recognise(caller, room!, families, null) is (null, not WhichPupil))
            return new NotOfThisClass().AsProblem();
        var place = await ClassPlace.Of(reads, room!.CampaignId, room.Id, cancel);
        var address =
            place.IsAddress ? place.AddressOf(id)
            : place.Kind == PlaceKinds.BigBlueButton ? server.Value.Url
            : null;
        return Results.Ok(new ModulePlace(place.Kind, address is { Length: > 0 } ? new Uri(address).Host : null));
    }
}
