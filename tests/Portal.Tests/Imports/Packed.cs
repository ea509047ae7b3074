using System.IO.Compression;
using System.Text;

namespace Stages.Portal.Tests;

/// <summary>Archives and spreadsheets as somebody could make them who means no list.</summary>
public static class Packed
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static byte[] Zip(params (string Name, Action<StreamWriter> Write)[] parts)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, write) in parts)
            {
                using var part = new StreamWriter(zip.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(false));
                write(part);
            }
        return packed.ToArray();
    }

    /// <param name="target">Where the sheet lies, as the workbook names it.</param>
    public static byte[] Xlsx(Action<StreamWriter> rows, Action<StreamWriter>? shared = null, string target = "worksheets/sheet1.xml") =>
        Zip([
            (
                "xl/workbook.xml",
                to => to.Write($"""<workbook xmlns="{Main}" xmlns:r="{Links}"><sheets><sheet name="L" r:id="rId7"/></sheets></workbook>""")
            ),
            (
                "xl/_rels/workbook.xml.rels",
                to => to.Write($"""<Relationships><Relationship Id="rId7" Type="worksheet" Target="{target}"/></Relationships>""")
            ),
            (
                target.StartsWith('/') ? target[1..] : "xl/" + target,
                to => Around(to, $"""<worksheet xmlns="{Main}"><sheetData>""", rows, "</sheetData></worksheet>")
            ),
            .. shared is null
                ? []
                : new (string, Action<StreamWriter>)[]
                {
                    ("xl/sharedStrings.xml", to => Around(to, $"""<sst xmlns="{Main}">""", shared, "</sst>")),
                },
        ]);

    /// <summary>A workbook of several sheets, each a name and its rows.</summary>
    public static byte[] Book(params (string Name, string Rows)[] sheets) =>
        Zip([
            (
                "xl/workbook.xml",
                to =>
                {
                    to.Write($"""<workbook xmlns="{Main}" xmlns:r="{Links}"><sheets>""");
                    to.Repeat(sheets.Length, i => $"""<sheet name="{sheets[i].Name}" r:id="rId{i}"/>""");
                    to.Write("</sheets></workbook>");
                }
            ),
            (
                "xl/_rels/workbook.xml.rels",
                to =>
                {
                    to.Write("<Relationships>");
                    to.Repeat(sheets.Length, i => $"""<Relationship Id="rId{i}" Target="worksheets/{i}.xml"/>""");
                    to.Write("</Relationships>");
                }
            ),
            .. sheets.Select(
                (s, i) =>
                    (
                        $"xl/worksheets/{i}.xml",
                        (Action<StreamWriter>)(to => to.Write($"""<worksheet xmlns="{Main}"><sheetData>{s.Rows}</sheetData></worksheet>"""))
                    )
            ),
        ]);

    public static void Repeat(this StreamWriter to, int times, Func<int, string> text)
    {
        for (var i = 0; i < times; i++)
            to.Write(text(i));
    }

    public static string Cell(string text, string? at = null) =>
        $"<c{(at is null ? "" : $" r=\"{at}\"")} t=\"inlineStr\"><is><t>{WebUtility.HtmlEncode(text)}</t></is></c>";

    private static void Around(StreamWriter to, string before, Action<StreamWriter> write, string after)
    {
        to.Write(before);
        write(to);
        to.Write(after);
    }
}
