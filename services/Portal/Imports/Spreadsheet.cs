using System.IO.Compression;
using System.Xml;
using MiniExcelLibs;

namespace Stages.Portal.Imports;

/// <summary>
/// An XLSX, looked through before it is read: a few bytes can speak of sixteen thousand columns, and whoever reads them by name works
/// for hours.
/// </summary>
public static class Spreadsheet
{
    /// <summary>No list of ours has a quarter of it.</summary>
    public const int MostColumns = 100;

    /// <summary>Unpacked, in bytes: a small file may pretend to be a huge one.</summary>
    private const long LargestXml = 64 * 1024 * 1024;

    public static bool Is(ZipArchive zip) => zip.GetEntry("xl/workbook.xml") is not null;

    /// <returns>Lines of cells, the heading first.</returns>
    /// <exception cref="UnreadableFile">It is larger than any list.</exception>
    public static List<string[]> Read(byte[] file, ZipArchive zip, int mostRows, CancellationToken cancel)
    {
        foreach (var sheet in zip.Entries.Where(e => e.FullName.StartsWith("xl/worksheets/", StringComparison.OrdinalIgnoreCase)))
            LookThrough(sheet, mostRows, cancel);
        var lines = new List<string[]>();
        using var stream = new MemoryStream(file);
        foreach (IDictionary<string, object?> row in stream.Query(useHeaderRow: false))
        {
            cancel.ThrowIfCancellationRequested();
            if (lines.Count > mostRows + 1)
                break;
            lines.Add([.. row.Values.Select(Text)]);
        }
        return lines;
    }

    /// <summary>What an archive's parts really are when unpacked, whatever it says of them.</summary>
    /// <exception cref="UnreadableFile">Too much.</exception>
    public static void Weigh(ZipArchive zip, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        long sum = 0;
        foreach (var entry in zip.Entries)
        {
            using var part = entry.Open();
            int read;
            while ((read = part.Read(buffer)) > 0)
            {
                cancel.ThrowIfCancellationRequested();
                if ((sum += read) > LargestXml)
                    throw TooLarge();
            }
        }
    }

    /// <summary>Forward and without keeping anything: how far to the right and down the cells go.</summary>
    private static void LookThrough(ZipArchiveEntry sheet, int mostRows, CancellationToken cancel)
    {
        using var part = sheet.Open();
        using var xml = XmlReader.Create(part, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var (rows, column) = (0, 0);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "row")
            {
                cancel.ThrowIfCancellationRequested();
                column = 0;
                // Rows beyond are not read; that they are too many is told with the number.
                if (++rows > mostRows + 1)
                    return;
            }
            else if (xml.LocalName == "c")
                column = Within(xml.GetAttribute("r") is { Length: > 0 } name ? ColumnOf(name) : column + 1);
            else if (xml.LocalName == "dimension")
                _ = Within(ColumnOf(xml.GetAttribute("ref")?.Split(':')[^1] ?? ""));
        }
    }

    private static int Within(int column) => column <= MostColumns ? column : throw TooLarge();

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

    private static UnreadableFile TooLarge() =>
        new(
            Say.In(
                $"Ce fichier est trop grand : gardez la seule liste, de {MostColumns} colonnes au plus.",
                $"This file is too large: keep the list alone, of at most {MostColumns} columns."
            )
        );

    private static string Text(object? cell) =>
        cell switch
        {
            null => "",
            DateTime date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            bool yes => yes ? "oui" : "non",
            _ => (Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "").Trim(),
        };
}
