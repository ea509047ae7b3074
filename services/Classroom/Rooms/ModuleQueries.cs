using System.Text.Json;

namespace Stages.Classrooms.Rooms;

/// <summary>
/// What is asked of the calendar when thousands of classes begin together: the database leaves out what nobody asked for, and sums up. SQL
/// with the names of the code where LINQ does not say it.
/// </summary>
public static class ModuleQueries
{
    /// <summary>No class lasts longer; it bounds what has to be looked through by the time of its start, which has an index.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private static readonly string OfTerritory = $"""
        exists (select 1 from {Table<Room>()} r,
          jsonb_array_elements(r.data -> '{Key(nameof(Room.Stage))}' -> '{Key(nameof(StageContent.Pupils))}') p
          where r.id = ({Text("d", nameof(ClassModule.StageId))})::uuid
            and starts_with(upper({Text("p", nameof(RoomPupil.SchoolUai), "")}), ?))
        """;

    private static readonly string NotOn = $"""
        not exists (select 1 from {Table<ClassPlacement>()} p where p.id = d.id and ({Text("p", nameof(ClassPlacement.Node))} = any(?)
          or ({Text("p", nameof(ClassPlacement.Node))} = any(?) and {Time("d", nameof(ClassModule.StartsAt))} <= ?)))
        """;

    private static readonly string LoadOf = $"""
        select {Text("p", nameof(ClassPlacement.Node))}, {Time("d", nameof(ClassModule.StartsAt))}, {Time("d", nameof(ClassModule.EndsAt))},
          sum(({Text("d", nameof(ClassModule.Expected))})::int), count(*)
        from {Table<ClassModule>()} d join {Table<ClassPlacement>()} p on p.id = d.id
        where {Time("d", nameof(ClassModule.StartsAt))} > $1 and {Time("d", nameof(ClassModule.StartsAt))} < $2
          and {Time("d", nameof(ClassModule.EndsAt))} > $3 and not ({Text("d", nameof(ClassModule.Cancelled))})::bool
        group by 1, 2, 3
        """;

    /// <summary>Held at some moment between these two.</summary>
    public static IQueryable<ClassModule> Between(this IQueryable<ClassModule> modules, DateTimeOffset from, DateTimeOffset to)
    {
        var earliest = from - Longest;
        return modules.Where(m => !m.Cancelled && m.StartsAt > earliest && m.StartsAt < to && m.EndsAt > from);
    }

    /// <summary>Those that a coordinator looks into (<see cref="ClassRooms.IsSeenBy"/>).</summary>
    public static IQueryable<ClassModule> SeenBy(this IQueryable<ClassModule> modules, Caller caller) =>
        caller.Territory is { } territory ? modules.WhereSql(OfTerritory, territory.ToUpperInvariant()) : modules;

    /// <summary>Those that have no place on any of these servers, nor begin before a moment on one of those that drain.</summary>
    public static IQueryable<ClassModule> NotPlacedOn(
        this IQueryable<ClassModule> modules,
        string[] open,
        string[] draining,
        DateTimeOffset begun
    ) => modules.WhereSql(NotOn, open, draining, begun);

    /// <summary>Whom the classes of these hours bring to each server: a row for each server and hour, however many classes.</summary>
    public static async Task<IReadOnlyList<LoadOnNode>> Loads(
        NpgsqlDataSource database,
        DateTimeOffset from,
        DateTimeOffset to,
        TimeSpan early,
        CancellationToken cancel
    )
    {
        await using var command = database.CreateCommand(LoadOf);
        foreach (var at in (DateTimeOffset[])[from - Longest, to + early, from])
            command.Parameters.Add(new NpgsqlParameter { Value = at.UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var loads = new List<LoadOnNode>();
        while (await reader.ReadAsync(cancel))
            loads.Add(
                new LoadOnNode(
                    reader.GetString(0),
                    new DateTimeOffset(reader.GetDateTime(1)) - early,
                    new DateTimeOffset(reader.GetDateTime(2)),
                    (int)reader.GetInt64(3),
                    (int)reader.GetInt64(4)
                )
            );
        return loads;
    }

    private static string Table<TDocument>() => $"classroom.mt_doc_{typeof(TDocument).Name.ToLowerInvariant()}";

    private static string Text(string of, string member, string column = ".data") => $"{of}{column} ->> '{Key(member)}'";

    private static string Time(string of, string member) => $"classroom.mt_immutable_timestamptz({Text(of, member)})";

    private static string Key(string member) => JsonNamingPolicy.CamelCase.ConvertName(member);
}
