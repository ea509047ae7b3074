using System.Globalization;
using CsvHelper;

namespace Stages.Pairing.Cli;

/// <summary>A school of the list: its UAI, its kind (Ecole, Collège, Lycée) and whether it is in priority education.</summary>
public sealed record School(string Uai, string Kind, bool IsPriority);

/// <summary>
/// Reads the columns uai, type, priority and elementaire of a list of schools; schools without elementary classes are left out.
/// </summary>
public static class SchoolList
{
    public static IReadOnlyList<School> Read(string path)
    {
        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        try
        {
            csv.Read();
            csv.ReadHeader();
            var schools = new SortedDictionary<string, School>(StringComparer.Ordinal);
            while (csv.Read())
            {
                var school = new School(
                    csv.GetField("uai")!,
                    csv.GetField("type")!,
                    csv.GetField("priority")!.StartsWith("REP", StringComparison.Ordinal)
                );
                if (!csv.TryGetField<string>("elementaire", out var elementary) || elementary != "0")
                    schools.TryAdd(school.Uai, school);
            }
            return [.. schools.Values];
        }
        catch (CsvHelperException e)
        {
            throw new MalformedInstanceException(path, e.Message.Split('\n')[0], e);
        }
    }
}
