using CsvHelper;
using CsvHelper.Configuration;

namespace Stages.Portal.Imports;

/// <summary>A CSV, by whatever sign its cells are parted: the one by which most columns of ours are named.</summary>
public static class Delimited
{
    /// <summary>One line, those that stand within quotes with it, in signs.</summary>
    private const int LongestLine = 64 * 1024;

    private static readonly string[] Signs = [";", ",", "\t", "|"];

    public static List<(int Line, string[] Cells)> Read(string text, CancellationToken cancel)
    {
        var sign = Told(text) ?? Signs.MaxBy(s => Fit(text, s, cancel))!;
        return [.. Lines(text, sign, cancel).Take(Table.MostRows + Table.MostAbove + 2)];
    }

    /// <summary>« sep=; » in the first line is said to a spreadsheet, and to us.</summary>
    private static string? Told(string text) =>
        text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 4 && Signs.Contains(text[4..5]) ? text[4..5] : null;

    private static (int Named, int Cells) Fit(string text, string sign, CancellationToken cancel)
    {
        try
        {
            return Lines(text, sign, cancel).Take(Table.MostAbove).Select(l => (Columns.Named(l.Cells), l.Cells.Length)).Max();
        }
        catch (Exception e) when (e is CsvHelperException or FormatException or InvalidOperationException)
        {
            return (-1, 0);
        }
    }

    /// <summary>Those in which anything stands.</summary>
    private static IEnumerable<(int Line, string[] Cells)> Lines(string text, string sign, CancellationToken cancel)
    {
        using var reader = new Measured(text);
        using var csv = new CsvParser(
            reader,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = sign,
                TrimOptions = TrimOptions.Trim,
                IgnoreBlankLines = true,
                BadDataFound = null,
                MaxFieldSize = Table.LongestCell,
            }
        );
        while (reader.Begin() && csv.Read())
        {
            cancel.ThrowIfCancellationRequested();
            var cells = csv.Record!;
            if (cells.Length > Spreadsheet.MostColumns && cells[Spreadsheet.MostColumns..].Any(c => c.Length > 0))
                throw Spreadsheet.TooLarge();
            if (!cells.All(string.IsNullOrWhiteSpace) && !(csv.RawRow == 1 && Told(text) is not null))
                yield return (csv.RawRow, cells);
        }
    }

    /// <summary>A line without an end is none: what a parser takes in for one line is bounded.</summary>
    private sealed class Measured(string text) : StringReader(text)
    {
        private int since;

        public bool Begin()
        {
            since = 0;
            return true;
        }

        public override int Read(char[] buffer, int index, int count)
        {
            var read = base.Read(buffer, index, count);
            return (since += read) <= LongestLine ? read : throw new FormatException("A line without an end.");
        }
    }
}
