using System.Text.Json;

namespace Stages.Scheduling;

/// <summary>
/// Names as the database knows them, made from those of the code, for what has to be written out in SQL: a rename is seen by the
/// compiler there too.
/// </summary>
public static class Sql
{
    /// <summary>The table of a document.</summary>
    public static string Table<TDocument>() => $"scheduling.mt_doc_{typeof(TDocument).Name.ToLowerInvariant()}";

    /// <summary>The id of something else that a document holds: by these is looked for, each has an index (<see cref="Schema"/>).</summary>
    /// <param name="of">What holds it, as for <see cref="Value"/>.</param>
    public static string Id(string of, string member) => $"({Text(of, member)})::uuid";

    /// <summary>A member inside of a document, as it stands.</summary>
    /// <param name="of">What holds it: <c>d.data</c>, or an element of a list.</param>
    public static string Value(string of, string member) => $"{of} -> '{Key(member)}'";

    /// <summary>A member inside of a document, as text.</summary>
    public static string Text(string of, string member) => $"{of} ->> '{Key(member)}'";

    /// <summary>A document that holds this under this name, to be looked for with <c>@&gt;</c>.</summary>
    public static string Holding(string member, object value) => JsonSerializer.Serialize(Under(member, value));

    public static Dictionary<string, object> Under(string member, object value) => new(StringComparer.Ordinal) { [Key(member)] = value };

    public static string Key(string member) => JsonNamingPolicy.CamelCase.ConvertName(member);
}
