using System.Text;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Handed;

namespace Stages.Classrooms.Library;

/// <summary>
/// The library at hand in class: who has a teacher's rights finds what is accepted for the class, and hands it out. It then lies among the
/// files of the class like any other, is seen by who comes late, taken away by the same button, and deleted with them.
/// </summary>
public static class LibraryInClass
{
    private const int Most = 30;

    /// <param name="FileName">Null for a link.</param>
    /// <param name="Host">Where a link leads; null for a file.</param>
    public sealed record AtHand(Guid Id, string Title, string About, string? FileName, string? Host, int Size);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var library = routes.MapGroup("/classroom/library").ExcludeFromDescription().ForSeats();
        library.MapGet("", Search);
        library.MapPost("{resource:guid}", HandOut).DisableAntiforgery();
    }

    private static async Task<IResult> Search(string? words, [AsParameters] HandFiles.ByWhom asked)
    {
        if (await asked.Actor() is not { IsTeacher: true })
            return new TeacherOnly().AsProblem();
        await using var query = asked.Store.QuerySession();
        if (await RoomOf(query, asked) is not { } room)
            return Results.Ok(Array.Empty<AtHand>());
        var all = SearchLibrary.For(room, query.Query<Resource>());
        var found = string.IsNullOrWhiteSpace(words) ? all : await all.Named(words, asked.Cancel);
        var some = await found.OrderByDescending(r => r.Id).Take(Most).ToListAsync(asked.Cancel);
        return Results.Ok(some.Select(r => new AtHand(r.Id, r.Title, r.About, r.File?.Name, HostOf(r), r.File?.Size ?? 0)));
    }

    private static async Task<IResult> HandOut(Guid resource, [AsParameters] HandFiles.ByWhom asked, AskClass classes, TimeProvider clock)
    {
        if (await asked.Actor() is not { IsTeacher: true } actor)
            return new TeacherOnly().AsProblem();
        await using var query = asked.Store.QuerySession();
        if (
            await RoomOf(query, asked) is not { } room
            || await query.LoadAsync<Resource>(resource, asked.Cancel) is not { } found
            || !IsFor(found, room)
        )
            return new NotFound().AsProblem();
        var content = found.Link is { } link
            ? Encoding.UTF8.GetBytes(link)
            : await ResourceTable.Content(asked.Database, resource, asked.Cancel) ?? [];
        var handed = Handed(found, asked.Module, content.Length, clock.GetUtcNow());
        if (!await FileTable.Keep(asked.Database, asked.Module, handed, content, asked.Cancel))
            return new FilesFull().AsProblem();
        await classes.Show(asked.Module, actor, new TellOfFile(false, null), asked.Cancel);
        return Results.NoContent();
    }

    public static bool IsFor(Resource resource, Room room) =>
        resource.IsAccepted && resource.CampaignId == room.CampaignId && resource.Suits(room.Stage);

    /// <summary>Under the same id each time: pressed twice, it is there once.</summary>
    public static HandedFile Handed(Resource resource, Guid module, int size, DateTimeOffset now) =>
        new(
            HashId.Of(IdSpace.LibraryInClass, $"{module}/{resource.Id}"),
            null,
            null,
            resource.File?.Name ?? resource.Title,
            resource.File?.Type ?? GivenOut.LinkType,
            size,
            now,
            resource.Id
        );

    private static string? HostOf(Resource resource) => resource.Link is { } link ? new Uri(link).Host : null;

    private static Task<Room?> RoomOf(IQuerySession query, HandFiles.ByWhom asked) => RoomOf(query, asked.Module, asked.Cancel);

    private static async Task<Room?> RoomOf(IQuerySession query, Guid module, CancellationToken cancel) =>
        (await ClassRooms.Find(query, module, cancel)).Room;
}
