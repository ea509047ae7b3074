using System.IO.Compression;
using System.Text;
using System.Xml;
using CsvHelper;
using CsvHelper.Configuration;

namespace Stages.Portal.Imports;

/// <summary>One line of a file.</summary>
/// <param name="Line">As the person's own program numbers it, the heading being line 1.</param>
/// <param name="Cells">By the plain name of the column (see <see cref="Table.Plain"/>).</param>
public sealed record TableRow(int Line, IReadOnlyDictionary<string, string> Cells)
{
    public string this[string column] => Cells.GetValueOrDefault(Table.Plain(column), "");
}

/// <param name="Columns">As the file writes them.</param>
/// <param name="Kind"><c>csv</c>, <c>xlsx</c>, <c>onde</c> (pupils of an école) or <c>siecle</c> (pupils of a collège or lycée).</param>
public sealed record Table(string Kind, IReadOnlyList<string> Columns, IReadOnlyList<TableRow> Rows)
{
    /// <summary>What a person can still look through; a larger list is a mistake, or several lists.</summary>
    public const int MostRows = 5000;

    /// <summary>A file, in bytes.</summary>
    public const int Largest = 8 * 1024 * 1024;

    /// <summary>In signs.</summary>
    public const int LongestCell = 4000;

    /// <summary>One line of a CSV, those that stand within quotes with it, in signs.</summary>
    private const int LongestLine = 64 * 1024;

    static Table() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <exception cref="UnreadableFile">With the reason in the person's language.</exception>
    public static Table Read(byte[] file, CancellationToken cancel)
    {
        try
        {
            var table = file switch
            {
                { Length: > Largest } => throw Spreadsheet.TooLarge(),
                [0x50, 0x4B, ..] => Zipped(file, cancel),
                [0x3C, ..] or [0xEF, 0xBB, 0xBF, 0x3C, ..] => Siecle.Read(new MemoryStream(file), cancel),
                [] => throw new UnreadableFile(Say.In("Ce fichier est vide.", "This file is empty.")),
                _ => Csv(file, cancel),
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

    /// <summary>Small letters without accents, spaces or signs, so that « Prénom », « PRENOM » and « prenom » are one column.</summary>
    public static string Plain(string name) =>
        new([
            .. name.Replace("œ", "oe", StringComparison.OrdinalIgnoreCase)
                .Normalize(NormalizationForm.FormD)
                .Where(c => char.IsAsciiLetterOrDigit(c))
                .Select(char.ToLowerInvariant),
        ]);

    private static Table Zipped(byte[] file, CancellationToken cancel)
    {
        using var zip = Archive.Open(file, cancel);
        if (Spreadsheet.Is(zip))
            return Xlsx(Spreadsheet.Read(zip, MostRows, cancel));
        var pupils =
            zip.Entries.FirstOrDefault(e =>
                e.Name.StartsWith("Eleves", StringComparison.OrdinalIgnoreCase)
                && e.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
            ) ?? throw new InvalidDataException("Neither a spreadsheet nor SIECLE's pupils.");
        using var stream = pupils.Open();
        return Siecle.Read(stream, cancel);
    }

    private static Table Xlsx(IReadOnlyList<(int Line, string[] Cells)> lines)
    {
        var heading = lines.Count == 0 ? [] : lines[0].Cells;
        return new Table(
            "xlsx",
            [.. heading.Where(h => h.Length > 0)],
            [.. lines.Skip(1).Where(l => l.Cells.Any(c => c.Length > 0)).Select(l => Row(l.Line, heading, l.Cells))]
        );
    }

    private static Table Csv(byte[] file, CancellationToken cancel)
    {
        using var reader = new Measured(Decode(file));
        using var csv = new CsvParser(
            reader,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                DetectDelimiter = true,
                DetectDelimiterValues = [";", ",", "\t"],
                TrimOptions = TrimOptions.Trim,
                IgnoreBlankLines = true,
                BadDataFound = null,
                MaxFieldSize = LongestCell,
            }
        );
        if (!csv.Read() || csv.Record is not { } heading)
            return new Table("csv", [], []);
        if (heading.Length > Spreadsheet.MostColumns)
            throw Spreadsheet.TooLarge();
        var rows = new List<TableRow>();
        while (reader.Begin() && csv.Read() && rows.Count <= MostRows)
        {
            cancel.ThrowIfCancellationRequested();
            if (csv.Record!.Any(c => c.Length > 0))
                rows.Add(Row(csv.RawRow, heading, csv.Record!));
        }
        var table = new Table("csv", heading, rows);
        return heading.Select(Plain).Contains("nomeleve") ? Onde(table) : table;
    }

    /// <summary>UTF-8 when it is, otherwise the encoding of French spreadsheets.</summary>
    private static string Decode(byte[] file)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Encoding.GetEncoding(1252).GetString(file);
        }
    }

    /// <summary>The extraction of pupils that a director of an école makes; it names no school.</summary>
    private static Table Onde(Table raw) =>
        new(
            "onde",
            raw.Columns,
            [
                .. raw.Rows.Select(r => new TableRow(
                    r.Line,
                    Named(
                        ("nom", r["Nom d'usage Elève"] is { Length: > 0 } usual ? usual : r["Nom Elève"]),
                        ("prénom", r["Prénom Elève"]),
                        ("niveau", r["Niveau"]),
                        ("année de naissance", Year(r["Date naissance"]))
                    )
                )),
            ]
        );

    /// <summary>Of a date as ISO or as French people write it.</summary>
    internal static string Year(string date) =>
        date.Length >= 10 && date[4] == '-' ? date[..4]
        : date.Split('/') is [_, _, { Length: 4 } year] ? year
        : "";

    internal static Dictionary<string, string> Named(params ReadOnlySpan<(string Column, string Value)> cells)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, value) in cells)
            named[Plain(column)] = value;
        return named;
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

    private static TableRow Row(int line, IReadOnlyList<string> heading, string[] cells)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        // A spreadsheet's own export guards cells that look like formulas with an apostrophe.
        for (var i = 0; i < heading.Count && i < cells.Length; i++)
            if (Plain(heading[i]) is { Length: > 0 } name)
                named[name] = cells[i] is ['\'', '=' or '+' or '-' or '@', ..] ? cells[i][1..] : cells[i];
        return new TableRow(line, named);
    }
}

/// <summary>Nothing of the file could be used; the message is for the person.</summary>
public sealed class UnreadableFile(string message, Exception? inner = null) : Exception(message, inner);
