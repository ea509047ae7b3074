using Stages.Classrooms.Handed;

namespace Stages.Classrooms.Library;

/// <summary>
/// Somebody consults a resource: a file is given to be kept, a link leads on. Families and teachers are counted, one more each time, and
/// nothing is written of who it was.
/// </summary>
public static class OpenResource
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/classroom/resources/{id:guid}/open", Open)
            .For(Roles.Teacher, Roles.Coordinator, Roles.Family)
            .WithSummary("Consult a resource: its file, or a redirection to where its link leads")
            .Produces(200)
            .Produces(302)
            .ProducesProblem(404);

    private static async Task<IResult> Open(Guid id, NpgsqlDataSource database, [AsParameters] CommandContext context)
    {
        var (caller, reads, cancel) = (context.Caller, context.Reads, context.Cancel);
        if (await reads.LoadAsync<Resource>(id, cancel) is not { } resource)
            return new NotFound().AsProblem();
        var reader = await LibraryReader.Of(reads, resource.CampaignId, caller, cancel);
        if (!reader.Sees(resource))
            return new NotFound().AsProblem();
        if (Counts(resource, caller) && HttpMethods.IsGet(context.Http.Request.Method))
            await context.Decide(Count(id));
        return resource.File is { } file
            ? await ResourceTable.Content(database, id, cancel) is { } content
                ? GivenOut.File(context.Http, content, file.Type, file.Name)
                : new NotFound().AsProblem()
            : GivenOut.Link(context.Http, resource.Link!);
    }

    /// <summary>Not those who look at it to decide, nor who proposed it.</summary>
    public static bool Counts(Resource resource, Caller caller) => resource.IsAccepted && !caller.IsCoordinator && !resource.IsOf(caller);

    public static Decision Count(Guid resource) => Decision.Nothing.AndSql(ResourceTable.Count, resource);
}
