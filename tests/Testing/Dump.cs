using System.Text;
using Npgsql;

namespace Stages.Testing;

/// <summary>
/// Everything that an installation keeps, searched for words: every row of every table of every schema (bytes read as text), the bodies of
/// all messages in all queues of a virtual host, and files. What a thief of a dump would find.
/// </summary>
public static class Dump
{
    /// <returns>Word to the places in which it stands, with how often.</returns>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> Search(
        TestRealm realm,
        string? files,
        params string[] words
    )
    {
        var found = words.ToDictionary(w => w, _ => new List<string>(), StringComparer.Ordinal);
        await foreach (var (place, text) in Texts(realm, files))
        foreach (var word in words)
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
                found[word].Add(place);
        return found.ToDictionary(
            f => f.Key,
            f => (IReadOnlyList<string>)[.. f.Value.GroupBy(p => p, StringComparer.Ordinal).Select(g => $"{g.Key}: {g.Count()}")],
            StringComparer.Ordinal
        );
    }

    private static async IAsyncEnumerable<(string Place, string Text)> Texts(TestRealm realm, string? files)
    {
        await using var connection = new NpgsqlConnection(realm.Postgres);
        await connection.OpenAsync();
        foreach (var (table, bytes) in await Tables(connection))
        {
            // Bytes would be written as digits.
            var whole = string.Concat(bytes.Select(b => $" || ' ' || coalesce(encode(t.{b}, 'escape'), '')"));
            await using var rows = await new NpgsqlCommand($"select t::text{whole} from {table} t", connection).ExecuteReaderAsync();
            while (await rows.ReadAsync())
                yield return (table, rows.GetString(0));
        }
        foreach (var (queue, body) in await realm.Messages())
            yield return ($"queue {queue}", body);
        foreach (var file in files is null ? [] : Directory.EnumerateFiles(files, "*", SearchOption.AllDirectories))
            yield return ($"file {Path.GetFileName(file)}", await File.ReadAllTextAsync(file, Encoding.UTF8));
    }

    private static async Task<IReadOnlyList<(string Table, string[] Bytes)>> Tables(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            """
            select format('%I.%I', t.table_schema, t.table_name),
                   coalesce(array_agg(format('%I', c.column_name)) filter (where c.data_type = 'bytea'), '{}')
            from information_schema.tables t join information_schema.columns c using (table_schema, table_name)
            where t.table_type = 'BASE TABLE' and t.table_schema not in ('pg_catalog', 'information_schema')
            group by 1
            """,
            connection
        );
        await using var rows = await command.ExecuteReaderAsync();
        var tables = new List<(string, string[])>();
        while (await rows.ReadAsync())
            tables.Add((rows.GetString(0), rows.GetFieldValue<string[]>(1)));
        return tables;
    }
}
