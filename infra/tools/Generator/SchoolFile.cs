using System.Globalization;
using CsvHelper;

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
        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var schools = new SortedDictionary<string, School>(StringComparer.Ordinal);
        while (csv.Read())
        {
            string Value(string column) => csv.GetField(column)!;
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
}
