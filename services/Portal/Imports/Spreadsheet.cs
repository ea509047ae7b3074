using System.IO.Compression;

namespace Stages.Portal.Imports;

/// <summary>
/// The sheets of an XLSX, read forward and cell by cell: a few bytes can speak of sixteen thousand columns or a million rows, and
/// only what is really there is looked at.
/// </summary>
public static class Spreadsheet
{
    /// <summary>No list of ours has a quarter of it.</summary>
    public const int MostColumns = 100;

    /// <summary>Of all cells together: one text can be named by a million of them.</summary>
    private const int MostCharacters = 4_000_000;

    private const string Folder = "xl/";

    public static bool Is(ZipArchive zip) => zip.GetEntry(Folder + "workbook.xml") is not null;

    /// <summary>How many sheets are looked at.</summary>
    private const int MostSheets = 30;

    /// <summary>The sheet that has the list, wherever it stands; without a heading of ours on any, the first that has anything.</summary>
    /// <returns>Lines of cells with their numbers; more than asked for when there are more.</returns>
    /// <exception cref="UnreadableFile">It is larger than any list, or there are several.</exception>
    public static List<(int Line, string[] Cells)> Read(ZipArchive zip, int mostRows, CancellationToken cancel)
    {
        var words = new SheetWords(zip, MostColumns * mostRows, cancel);
        var left = MostCharacters;
        var sheets = new List<(string Name, List<(int Line, string[] Cells)> Lines)>();
        foreach (var (name, part) in Sheets(zip, cancel).Take(MostSheets))
            if (Lines(zip, part, words, mostRows + Table.MostAbove, ref left, cancel) is { Count: > 0 } lines)
                sheets.Add((name, lines));
        var lists = sheets.Where(s => Columns.Named(s.Lines[Table.HeadingOf(s.Lines)].Cells) >= 2).ToArray();
        if (lists.Length > 1)
            throw Several([.. lists.Select(s => s.Name)]);
        return lists.Concat(sheets).Select(s => s.Lines).FirstOrDefault([]);
    }

    private static List<(int Line, string[] Cells)> Lines(
        ZipArchive zip,
        string part,
        SheetWords words,
        int most,
        ref int left,
        CancellationToken cancel
    )
    {
        var sheet = zip.GetEntry(part) ?? throw new InvalidDataException("The sheet is not there.");
        var lines = new List<(int Line, string[] Cells)>();
        var number = 0;
        using var xml = new BoundedXml(sheet.Open(), cancel);
        while (xml.Next())
        {
            if (!xml.At("row"))
                continue;
            // That there are too many is told with their number.
            if (lines.Count > most + 1)
                break;
            number = int.TryParse(xml.Node.GetAttribute("r"), CultureInfo.InvariantCulture, out var own) ? own : number + 1;
            var cells = Row(xml, words);
            left -= cells.Sum(c => c.Length);
            if (left < 0)
                throw TooLarge();
            if (cells.Length > 0)
                lines.Add((number, cells));
        }
        return lines;
    }

    private static string[] Row(BoundedXml xml, SheetWords words)
    {
        var cells = new List<string>();
        var column = 0;
        foreach (var node in xml.Within())
        {
            if (!xml.At("c"))
                continue;
            column = node.GetAttribute("r") is { Length: > 0 } name ? ColumnOf(name) : column + 1;
            var text = words.Read(xml);
            if (text.Length == 0 || column == 0)
                continue;
            if (column > MostColumns)
                throw TooLarge();
            while (cells.Count < column)
                cells.Add("");
            cells[column - 1] = text;
        }
        return [.. cells];
    }

    /// <summary>As the workbook names them, hidden ones only where no other is, and the parts of the archive in which they lie.</summary>
    private static List<(string Name, string Part)> Sheets(ZipArchive zip, CancellationToken cancel)
    {
        var named = new List<(string Name, string? Id, bool Hidden)>();
        using (var workbook = new BoundedXml(zip.GetEntry(Folder + "workbook.xml")!.Open(), cancel))
            while (named.Count <= MostSheets && workbook.Next())
                if (workbook.At("sheet"))
                    named.Add(
                        (
                            workbook.Node.GetAttribute("name") ?? "",
                            workbook.Node.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
                            workbook.Node.GetAttribute("state") is "hidden" or "veryHidden"
                        )
                    );
        var relations = zip.GetEntry(Folder + "_rels/workbook.xml.rels") ?? throw new InvalidDataException("No sheet is named.");
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        using (var xml = new BoundedXml(relations.Open(), cancel))
            while (parts.Count <= 4 * MostSheets && xml.Next())
                if (xml.At("Relationship") && xml.Node.GetAttribute("Id") is { } id && xml.Node.GetAttribute("Target") is { } target)
                    parts[id] = target.StartsWith('/') ? target[1..] : Folder + target;
        var shown = named.Exists(s => !s.Hidden) ? named.Where(s => !s.Hidden) : named;
        List<(string, string)> sheets =
        [
            .. shown.Where(s => s.Id is not null && parts.ContainsKey(s.Id)).Select(s => (s.Name, parts[s.Id!])),
        ];
        return sheets.Count > 0 ? sheets : throw new InvalidDataException("The sheet is not named.");
    }

    private static UnreadableFile Several(string[] names)
    {
        var said = string.Join(", ", names.Take(8).Select(n => $"« {n} »"));
        return new(
            Say.In(
                $"Ce classeur a plusieurs listes ({said}) : apportez-les une par une, chacune dans son fichier.",
                $"This workbook has several lists ({said}): bring them one by one, each in a file of its own."
            )
        );
    }

    /// <summary><c>AB12</c> → 28.</summary>
    private static int ColumnOf(string cell)
    {
        var column = 0;
        foreach (var letter in cell)
        {
            if (!char.IsAsciiLetter(letter) || column > MostColumns)
                break;
            column = (column * 26) + (char.ToUpperInvariant(letter) - 'A' + 1);
        }
        return column;
    }

    public static UnreadableFile TooLarge() =>
        new(
            Say.In(
                $"Ce fichier est trop grand : gardez la seule liste, de {MostColumns} colonnes au plus.",
                $"This file is too large: keep the list alone, of at most {MostColumns} columns."
            )
        );
}
