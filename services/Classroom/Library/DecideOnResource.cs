using FluentValidation;

namespace Stages.Classrooms.Library;

public sealed class RefuseResourceValidator : AbstractValidator<RefuseResourceRequest>
{
    public RefuseResourceValidator() =>
        RuleFor(r => r.Reason)
            .NotEmpty()
            .WithMessage(_ => Say.In("Dites pourquoi, en quelques mots.", "Say why, in a few words."))
            .MaximumLength(500)
            .IsProse();
}

/// <summary>
/// A coordinator accepts a resource, or refuses it with a reason, which takes an accepted one back. Who proposed it may take it away for
/// good.
/// </summary>
public static class DecideOnResource
{
    public static Decision Accept(Resource? state, LibraryReader reader, DateTimeOffset now) =>
        state is null || !reader.Decides(state) ? new NotFound()
        : state.IsAccepted ? Decision.Nothing
        : Decision.Of(new ResourceAccepted(reader.Caller.Id, now));

    public static Decision Refuse(Resource? state, LibraryReader reader, string reason, DateTimeOffset now) =>
        state is null || !reader.Decides(state) ? new NotFound()
        : state.State == ResourceStates.Refused && state.Reason == reason ? Decision.Nothing
        : Decision.Of(new ResourceRefused(reader.Caller.Id, reason, now));

    public static Decision TakeAway(Resource? state, Caller caller) => state?.IsOf(caller) == true ? Forget(state.Id) : new NotFound();

    /// <summary>As if it had never been proposed.</summary>
    public static Decision Forget(Guid resource) =>
        Decision.Nothing.AndForget(resource).AndDelete<Resource>(resource).AndSql(ResourceTable.Delete, resource);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost(
                "/api/classroom/resources/{id:guid}/accept",
                (Guid id, [AsParameters] CommandContext context) =>
                    Answer(id, context, (state, reader) => Accept(state, reader, context.Now))
            )
            .For(Roles.Coordinator)
            .WithSummary("Accept a resource into the library")
            .Produces(204)
            .ProducesProblem(404);
        routes
            .MapPost(
                "/api/classroom/resources/{id:guid}/refuse",
                (Guid id, RefuseResourceRequest request, [AsParameters] CommandContext context) =>
                    Answer(id, context, (state, reader) => Refuse(state, reader, request.Reason!.Trim(), context.Now))
            )
            .For(Roles.Coordinator)
            .Validated<RefuseResourceRequest>()
            .WithSummary("Refuse a resource, or take an accepted one back")
            .Produces(204)
            .ProducesProblem(404);
        routes
            .MapDelete(
                "/api/classroom/resources/{id:guid}",
                (Guid id, [AsParameters] CommandContext context) => Answer(id, context, (state, _) => TakeAway(state, context.Caller))
            )
            .For(Roles.Teacher)
            .Audited(AuditKinds.Erasure)
            .WithSummary("Take a resource of one's own away")
            .Produces(204)
            .ProducesProblem(404);
    }

    private static async Task<IResult> Answer(Guid id, CommandContext context, Func<Resource?, LibraryReader, Decision> decide)
    {
        var known = await context.Reads.LoadAsync<Resource>(id, context.Cancel);
        var reader = await LibraryReader.Of(context.Reads, known?.CampaignId ?? Guid.Empty, context.Caller, context.Cancel);
        var outcome = await context.Decide<Resource>(id, state => decide(state, reader));
        return outcome.Refusal is { } refusal ? refusal.AsProblem() : Results.NoContent();
    }
}
