using System.IO.Compression;

namespace Stages.Portal.Imports;

/// <summary>What the cells of an XLSX say: texts stand in a part of their own, and that a number is a date says its style.</summary>
public sealed class SheetWords
{
    /// <summary>Dates among the formats that no file describes.</summary>
    private static readonly HashSet<int> Dates = [.. Enumerable.Range(14, 9), 45, 46, 47];

    private readonly List<string> shared = [];
    private readonly List<bool> isDate = [];

    /// <param name="mostShared">No more texts than cells.</param>
    public SheetWords(ZipArchive zip, int mostShared, CancellationToken cancel)
    {
        if (zip.GetEntry("xl/sharedStrings.xml") is { } texts)
        {
            using var xml = new BoundedXml(texts.Open(), cancel);
            while (xml.Next())
            {
                if (!xml.At("si"))
                    continue;
                if (shared.Count == mostShared)
                    throw Spreadsheet.TooLarge();
                shared.Add(xml.Text().Trim());
            }
        }
        if (zip.GetEntry("xl/styles.xml") is { } styles)
        {
            using var xml = new BoundedXml(styles.Open(), cancel);
            ReadStyles(xml, mostShared);
        }
    }

    /// <summary>The cell at which the reader stands, trimmed.</summary>
    public string Read(BoundedXml xml)
    {
        var (kind, style) = (xml.Node.GetAttribute("t"), Number(xml.Node.GetAttribute("s")));
        var text = "";
        foreach (var _ in xml.Within())
            if (xml.At("v") || xml.At("is"))
                text = xml.Text().Trim();
        return kind switch
        {
            "s" => Number(text) is { } i && i >= 0 && i < shared.Count ? shared[i] : "",
            "b" => text == "1" ? "oui" : "non",
            "str" or "inlineStr" or "e" or "d" => text,
            _ => Value(text, style is { } s && s >= 0 && s < isDate.Count && isDate[s]),
        };
    }

    private static string Value(string text, bool date) =>
        !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? text
        : date && number is > 0 and < 2_958_466 ? DateTime.FromOADate(number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : number.ToString(CultureInfo.InvariantCulture);

    private void ReadStyles(BoundedXml xml, int most)
    {
        var dates = new HashSet<int>(Dates);
        var inCells = false;
        while (xml.Next())
        {
            if (xml.Node.LocalName == "cellXfs")
                inCells = xml.At("cellXfs");
            else if (
                xml.At("numFmt")
                && Number(xml.Node.GetAttribute("numFmtId")) is { } own
                && IsDate(xml.Node.GetAttribute("formatCode"))
            )
                dates.Add(own);
            else if (inCells && xml.At("xf") && isDate.Count < most)
                isDate.Add(Number(xml.Node.GetAttribute("numFmtId")) is { } id && dates.Contains(id));
        }
    }

    private static bool IsDate(string? format) => format?.Contains("yy", StringComparison.OrdinalIgnoreCase) == true;

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
