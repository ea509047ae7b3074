using System.Text;

namespace Stages.Pairing.Cli;

/// <summary>A school of the list: its UAI, its kind (Ecole, Collège, Lycée) and whether it is in priority education.</summary>
public sealed record School(string Uai, string Kind, bool IsPriority);

/// <summary>Reads the columns uai, type, priority and elementaire of a list of schools; schools without elementary classes are left out.</summary>
public static class SchoolList
{
    public static IReadOnlyList<School> Read(string path)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        var header = Fields(reader.ReadLine() ?? "");
        int Column(string name) =>
            header.IndexOf(name) is >= 0 and var i ? i : throw new MalformedInstanceException(path, $"there is no column '{name}'");
        var (uai, kind, priority) = (Column("uai"), Column("type"), Column("priority"));
        var elementary = header.IndexOf("elementaire");
        var schools = new List<School>();
        while (reader.ReadLine() is { } line)
        {
            var fields = Fields(line);
            if (fields.Count > Math.Max(uai, Math.Max(kind, priority)) && (elementary < 0 || fields[elementary] != "0"))
                schools.Add(new School(fields[uai], fields[kind], fields[priority].StartsWith("REP", StringComparison.Ordinal)));
        }

        return [.. schools.OrderBy(s => s.Uai, StringComparer.Ordinal)];
    }

    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        foreach (var ch in line)
        {
            if (ch == '"')
                quoted = !quoted;
            else if (ch == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(ch);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
