using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration.Attributes;

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
            return
            [
                .. csv.GetRecords<Row>()
                    .Where(r => r.Elementary != "0")
                    .Select(r => new School(r.Uai, r.Kind, r.Priority.StartsWith("REP", StringComparison.Ordinal)))
                    .OrderBy(s => s.Uai, StringComparer.Ordinal),
            ];
        }
        catch (HeaderValidationException e)
        {
            throw new MalformedInstanceException(path, $"there is no column '{e.InvalidHeaders[0].Names[0]}'", e);
        }
        catch (CsvHelperException e)
        {
            throw new MalformedInstanceException(path, e.Message.Split('\n')[0], e);
        }
    }

    private sealed record Row(
        [Name("uai")] string Uai,
        [Name("type")] string Kind,
        [Name("priority")] string Priority,
        [Name("elementaire"), Optional] string? Elementary = null
    );
}
