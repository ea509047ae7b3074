using System.IO.Compression;

namespace Stages.Portal.Imports;

/// <summary>
/// The first sheet of an XLSX, read forward and cell by cell: a few bytes can speak of sixteen thousand columns or a million rows, and
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

    /// <returns>Lines of cells with their numbers, the heading first; one more than asked for when there are more.</returns>
    /// <exception cref="UnreadableFile">It is larger than any list.</exception>
    public static List<(int Line, string[] Cells)> Read(ZipArchive zip, int mostRows, CancellationToken cancel)
    {
        var sheet = zip.GetEntry(FirstSheet(zip, cancel)) ?? throw new InvalidDataException("The sheet is not there.");
        var words = new SheetWords(zip, MostColumns * mostRows, cancel);
        var lines = new List<(int Line, string[] Cells)>();
        var (number, characters) = (0, 0);
        using var xml = new BoundedXml(sheet.Open(), cancel);
        while (xml.Next())
        {
            if (!xml.At("row"))
                continue;
            // That there are too many is told with their number.
            if (lines.Count > mostRows + 1)
                break;
            number = int.TryParse(xml.Node.GetAttribute("r"), CultureInfo.InvariantCulture, out var own) ? own : number + 1;
            var cells = Row(xml, words);
            characters += cells.Sum(c => c.Length);
            if (characters > MostCharacters)
                throw TooLarge();
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

    /// <summary>Which part of the archive the workbook names first.</summary>
    private static string FirstSheet(ZipArchive zip, CancellationToken cancel)
    {
        string? id = null;
        using (var workbook = new BoundedXml(zip.GetEntry(Folder + "workbook.xml")!.Open(), cancel))
            while (id is null && workbook.Next())
                if (workbook.At("sheet"))
                    id = workbook.Node.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
        var relations = zip.GetEntry(Folder + "_rels/workbook.xml.rels") ?? throw new InvalidDataException("No sheet is named.");
        using var xml = new BoundedXml(relations.Open(), cancel);
        while (xml.Next())
            if (xml.At("Relationship") && xml.Node.GetAttribute("Id") == id && xml.Node.GetAttribute("Target") is { } target)
                return target.StartsWith('/') ? target[1..] : Folder + target;
        throw new InvalidDataException("The sheet is not named.");
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
