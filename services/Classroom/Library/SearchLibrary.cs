using System.Globalization;

namespace Stages.Classrooms.Library;

/// <summary>What is looked for: whatever is not said matters not.</summary>
/// <param name="Words">Of title and sentence, in any order, without accents and capitals.</param>
/// <param name="State">One of <see cref="ResourceStates"/>; accepted when it is absent.</param>
/// <param name="Mine">What the caller proposed, in whatever state.</param>
public sealed record LibrarySearch(
    string? Subject = null,
    string? Level = null,
    string? Words = null,
    string? State = null,
    bool Mine = false
)
{
    public async Task<IQueryable<Resource>> In(LibraryReader reader, IQueryable<Resource> all, CancellationToken cancel)
    {
        var found = Mine ? reader.Own(all) : reader.Seen(all, State ?? ResourceStates.Accepted);
        if (Subject is { Length: > 0 } subject)
            found = found.Where(r => r.Subject == subject);
        if (Level is { Length: > 0 } said)
        {
            var level = Resource.LevelOf(said);
            found = found.Where(r => r.Levels.Contains(level));
        }
        return string.IsNullOrWhiteSpace(Words) ? found : await found.Named(Words, cancel);
    }
}

/// <summary>The library as far as it is the caller's to see, by subject, level and words.</summary>
public static class SearchLibrary
{
    public const int OnePage = 30;

    /// <summary>On the page of a stage; the rest is a search away.</summary>
    private const int MostOfStage = 12;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/classroom/campaigns/{id:guid}/resources", Search)
            .For(Roles.Teacher, Roles.Coordinator, Roles.Family)
            .WithSummary("Search the library")
            .Produces<Page<ResourceView>>()
            .ProducesProblem(403);
        routes
            .MapGet("/api/classroom/stages/{id:guid}/resources", OfStage)
            .For(Roles.Teacher, Roles.Coordinator, Roles.Family)
            .WithSummary("What the library has for a stage")
            .Produces<Page<ResourceView>>()
            .ProducesProblem(403)
            .ProducesProblem(404);
    }

    /// <param name="after">Which page, from 1.</param>
    private static async Task<IResult> Search(
        Guid id,
        string? subject,
        string? level,
        string? words,
        string? state,
        bool? mine,
        int? after,
        Caller caller,
        IQuerySession reads,
        NpgsqlDataSource database,
        CancellationToken cancel
    )
    {
        var reader = await LibraryReader.Of(reads, id, caller, cancel);
        if (state is not null && !ResourceStates.All.Contains(state))
            return new NotValid().AsProblem();
        var page = Math.Clamp(after ?? 1, 1, 1000);
        var search = new LibrarySearch(subject, level, words, state, mine == true);
        var found = await (await search.In(reader, reads.Query<Resource>(), cancel))
            .OrderByDescending(r => r.Id)
            .Skip((page - 1) * OnePage)
            .Take(OnePage + 1)
            .ToListAsync(cancel);
        var views = await ResourceViews.Of([.. found.Take(OnePage)], reads, database, reader, cancel);
        var next = found.Count > OnePage ? (page + 1).ToString(CultureInfo.InvariantCulture) : null;
        return Results.Ok(new Page<ResourceView>(views, next));
    }

    private static async Task<IResult> OfStage(
        Guid id,
        Caller caller,
        IQuerySession reads,
        NpgsqlDataSource database,
        CancellationToken cancel
    )
    {
        if (await reads.LoadAsync<Room>(id, cancel) is not { } room)
            return new NotFound().AsProblem();
        if (await Handed.FileReader.Of(reads, room, caller, cancel) is null)
            return new NotOfThisClass().AsProblem();
        var reader = new LibraryReader(caller, room.CampaignId, [room]);
        var found = await For(room, reads.Query<Resource>()).OrderByDescending(r => r.Id).Take(MostOfStage + 1).ToListAsync(cancel);
        var views = await ResourceViews.Of([.. found.Take(MostOfStage)], reads, database, reader, cancel);
        return Results.Ok(new Page<ResourceView>(views, found.Count > MostOfStage ? "2" : null));
    }

    /// <summary>What is accepted for this class.</summary>
    public static IQueryable<Resource> For(Room room, IQueryable<Resource> all) =>
        all.Where(r => r.CampaignId == room.CampaignId && r.State == ResourceStates.Accepted).At(Resource.PlacesOf(room.Stage));
}
