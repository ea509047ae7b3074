using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml;
using CsvHelper;

namespace Stages.Portal.Imports;

/// <summary>One line of a file.</summary>
/// <param name="Line">As the person's own program numbers it.</param>
/// <param name="Cells">By the key of the column (see <see cref="Columns.Key"/>).</param>
public sealed record TableRow(int Line, IReadOnlyDictionary<string, string> Cells)
{
    public string this[string column] => Cells.GetValueOrDefault(Columns.Key(column), "");
}

/// <param name="Kind"><c>csv</c>, <c>xlsx</c>, <c>onde</c> (pupils of an école) or <c>siecle</c> (pupils of a collège or lycée).</param>
/// <param name="Columns">As the file writes them.</param>
public sealed partial record Table(string Kind, IReadOnlyList<string> Columns, IReadOnlyList<TableRow> Rows)
{
    /// <summary>What a person can still look through; a larger list is a mistake, or several lists.</summary>
    public const int MostRows = 5000;

    /// <summary>Lines with something in them that may stand above the heading: a title, a date, the name of the school.</summary>
    public const int MostAbove = 20;

    /// <summary>A file, in bytes.</summary>
    public const int Largest = 8 * 1024 * 1024;

    /// <summary>In signs.</summary>
    public const int LongestCell = 4000;

    // SIECLE writes ISO-8859-15, and may well be the first file that a process reads.
    static Table() => Encodings.Register();

    /// <exception cref="UnreadableFile">With the reason in the person's language.</exception>
    public static Table Read(byte[] file, CancellationToken cancel)
    {
        try
        {
            var table = file switch
            {
                { Length: > Largest } => throw Spreadsheet.TooLarge(),
                [0x50, 0x4B, ..] => Zipped(file, cancel),
                [0xD0, 0xCF, 0x11, 0xE0, ..] => throw OldExcel(),
                [0x25, 0x50, 0x44, 0x46, ..] => throw NoList("PDF"),
                [0x3C, ..] or [0xEF, 0xBB, 0xBF, 0x3C, ..] => Siecle.Read(new MemoryStream(file), cancel),
                [] => throw new UnreadableFile(Say.In("Ce fichier est vide.", "This file is empty.")),
                _ => Of("csv", Delimited.Read(Encodings.Decode(file), cancel)),
            };
            if (table.Rows.Count == 0)
                throw new UnreadableFile(Say.In("Ce fichier n’a aucune ligne sous son titre.", "This file has no line under its heading."));
            if (table.Rows.Count > MostRows)
                throw new UnreadableFile(
                    Say.In($"Ce fichier a plus de {MostRows} lignes : partagez-le.", $"This file has more than {MostRows} lines: split it.")
                );
            return table;
        }
        catch (MaxFieldSizeException)
        {
            throw LongCell();
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or CsvHelperException or FormatException)
        {
            throw new UnreadableFile(
                Say.In(
                    "Ce fichier ne se lit pas : donnez un tableur XLSX, un CSV, un export ONDE ou SIECLE.",
                    "This file cannot be read: give an XLSX spreadsheet, a CSV, an ONDE or SIECLE export."
                ),
                e
            );
        }
    }

    public static UnreadableFile LongCell() =>
        new(
            Say.In(
                $"Une case de ce fichier a plus de {LongestCell} signes : ce n’est pas une liste.",
                $"A cell of this file has more than {LongestCell} signs: it is no list."
            )
        );

    /// <summary>The line that names most columns of ours is the heading, whatever stands above it; else the first one is.</summary>
    public static int HeadingOf(IReadOnlyList<(int Line, string[] Cells)> lines)
    {
        var named = lines.Take(MostAbove).Select(l => Imports.Columns.Named(l.Cells)).ToArray();
        return named.Length == 0 || named.Max() < 2 ? 0 : Array.IndexOf(named, named.Max());
    }

    /// <summary>Of a date as ISO or as French people write it.</summary>
    /// <returns>Null when it is none.</returns>
    public static DateOnly? Date(string said) =>
        DateOnly.TryParseExact(
            said.Length > 10 && said[4] == '-' ? said[..10] : said,
            Dates,
            CultureInfo.InvariantCulture,
            default,
            out var date
        )
            ? date
            : null;

    internal static Dictionary<string, string> Named(params ReadOnlySpan<(string Column, string Value)> cells)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, value) in cells)
            named[Imports.Columns.Key(column)] = value;
        return named;
    }

    private static readonly string[] Dates = ["yyyy-MM-dd", "d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "d M yyyy", "yyyy/MM/dd"];

    private static Table Zipped(byte[] file, CancellationToken cancel)
    {
        using var zip = Archive.Open(file, cancel);
        if (Spreadsheet.Is(zip))
            return Of("xlsx", Spreadsheet.Read(zip, MostRows, cancel));
        if (zip.GetEntry("mimetype") is not null)
            throw NoList("ODS");
        var pupils =
            zip.Entries.FirstOrDefault(e =>
                e.Name.StartsWith("Eleves", StringComparison.OrdinalIgnoreCase)
                && e.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
            ) ?? throw new InvalidDataException("Neither a spreadsheet nor SIECLE's pupils.");
        using var stream = pupils.Open();
        return Siecle.Read(stream, cancel);
    }

    private static Table Of(string kind, List<(int Line, string[] Cells)> lines)
    {
        if (lines.Count == 0)
            return new Table(kind, [], []);
        var at = HeadingOf(lines);
        string[] heading = [.. lines[at].Cells.Select(Clean)];
        Imports.Columns.RefuseDoubles(heading);
        var isOnde = heading.Select(TextKey.Letters).Contains("nomeleve");
        return new Table(
            isOnde ? "onde" : kind,
            [.. heading.Where(h => h.Length > 0)],
            [.. lines.Skip(at + 1).Select(l => Row(l.Line, heading, l.Cells)).Where(r => r.Cells.Values.Any(c => c.Length > 0))]
        );
    }

    private static TableRow Row(int line, IReadOnlyList<string> heading, string[] cells)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < heading.Count && i < cells.Length; i++)
            if (Imports.Columns.Key(heading[i]) is { Length: > 0 } name)
                named[name] = Clean(cells[i]);
        return new TableRow(line, named);
    }

    /// <summary>Without what nobody sees around it, nor the apostrophe with which exports guard cells that look like formulas.</summary>
    private static string Clean(string cell) =>
        Around().Replace(cell, "") is ['\'', '=' or '+' or '-' or '@', ..] guarded ? guarded[1..] : Around().Replace(cell, "");

    [GeneratedRegex(@"^[\s\p{Cf}]+|[\s\p{Cf}]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Around();

    private static UnreadableFile OldExcel() =>
        new(
            Say.In(
                "C’est un ancien classeur Excel (.xls), ou un classeur protégé : enregistrez-le au format XLSX, sans mot de passe.",
                "This is an old Excel workbook (.xls), or a protected one: save it as XLSX, without a password."
            )
        );

    private static UnreadableFile NoList(string kind) =>
        new(
            Say.In(
                $"Un fichier {kind} ne s’importe pas : enregistrez la liste au format XLSX ou CSV.",
                $"A file of kind {kind} cannot be imported: save the list as XLSX or CSV."
            )
        );
}

/// <summary>Nothing of the file could be used; the message is for the person.</summary>
public sealed class UnreadableFile(string message, Exception? inner = null) : Exception(message, inner);
