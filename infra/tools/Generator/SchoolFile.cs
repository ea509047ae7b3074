using System.Text;

namespace Stages.Generator;

/// <summary>The three kinds of school that a pupil of a stage can come from, as the directory names them.</summary>
public enum SchoolKind
{
    Ecole,
    College,
    Lycee,
}

/// <summary>A school that can send pupils to a stage.</summary>
/// <param name="Uai">National code: seven digits and a check letter.</param>
/// <param name="Priority"><c>REP</c>, <c>REP+</c> or empty.</param>
public sealed record School(string Uai, string Name, SchoolKind Kind, string Priority, string Commune)
{
    public bool IsPriority => Priority.StartsWith("REP", StringComparison.Ordinal);
}

/// <summary>Reads the school directory that Enrolment keeps; only what is needed to draw a population.</summary>
public static class SchoolFile
{
    /// <summary>Écoles with elementary classes, collèges and lycées, each code once, in the order of their codes.</summary>
    public static IReadOnlyList<School> Read(string path)
    {
        using var lines = File.ReadLines(path).GetEnumerator();
        if (!lines.MoveNext())
            throw new InvalidDataException($"{path} is empty.");
        var columns = Fields(lines.Current)
            .Select((name, index) => (name, index))
            .ToDictionary(c => c.name, c => c.index, StringComparer.Ordinal);
        var schools = new SortedDictionary<string, School>(StringComparer.Ordinal);
        while (lines.MoveNext())
        {
            var row = Fields(lines.Current);
            string Value(string column) => row[columns[column]];
            SchoolKind? kind = Value("type") switch
            {
                "Ecole" => SchoolKind.Ecole,
                "Collège" => SchoolKind.College,
                "Lycée" => SchoolKind.Lycee,
                _ => null,
            };
            // A section inside a lycée is a row of its own; its pupils are enrolled under the lycée.
            if (kind is null || Value("elementaire") == "0" || Value("nature").StartsWith("SECTION", StringComparison.Ordinal))
                continue;
            schools.TryAdd(Value("uai"), new School(Value("uai"), Value("name"), kind.Value, Value("priority"), Value("commune")));
        }
        return [.. schools.Values];
    }

    /// <summary>One line of comma-separated values; a value that holds a comma stands between quotation marks.</summary>
    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }
        fields.Add(field.ToString());
        return fields;
    }
}
