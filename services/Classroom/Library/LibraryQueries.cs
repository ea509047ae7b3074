using System.Text.Json;

namespace Stages.Classrooms.Library;

/// <summary>What LINQ does not say, in SQL with the names of the code.</summary>
public static class LibraryQueries
{
    private static readonly string AtPlaces = $"jsonb_exists_any(d.data -> '{Key(nameof(Resource.Places))}', ?)";

    private static readonly string ByOneOf = $"(d.data ->> '{Key(nameof(Resource.By))}')::uuid = any(?)";

    private static readonly string TaughtByOneOf =
        $"(d.data -> '{Key(nameof(Room.Stage))}' ->> '{Key(nameof(StageContent.TeacherId))}')::uuid = any(?)";

    /// <summary>For at least one of these subjects and levels.</summary>
    public static IQueryable<Resource> At(this IQueryable<Resource> resources, IEnumerable<string> places) =>
        resources.WhereSql(AtPlaces, (object)places.Distinct(StringComparer.Ordinal).ToArray());

    public static IQueryable<Resource> By(this IQueryable<Resource> resources, IEnumerable<Guid> teachers) =>
        resources.WhereSql(ByOneOf, (object)teachers.Where(t => t != Guid.Empty).Distinct().ToArray());

    public static IQueryable<Room> TaughtBy(this IQueryable<Room> rooms, IEnumerable<Guid> teachers) =>
        rooms.WhereSql(TaughtByOneOf, (object)teachers.Where(t => t != Guid.Empty).Distinct().ToArray());

    private static string Key(string member) => JsonNamingPolicy.CamelCase.ConvertName(member);
}
