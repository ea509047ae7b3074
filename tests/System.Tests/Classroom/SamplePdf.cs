using System.Globalization;
using System.Text;

namespace Stages.SystemTests.Classroom;

/// <summary>A small true PDF: one line of text on each page.</summary>
public static class SamplePdf
{
    public static byte[] Of(params string[] pages)
    {
        var objects = new List<string>
        {
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Kids [{string.Join(' ', pages.Select((_, i) => Text($"{4 + (2 * i)} 0 R")))}] "
                + $"/Count {Text($"{pages.Length}")} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        };
        for (var i = 0; i < pages.Length; i++)
        {
            objects.Add(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
                    + Text($"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + (2 * i)} 0 R >>")
            );
            var content = $"BT /F1 36 Tf 60 720 Td ({pages[i]}) Tj ET 0.1 0.31 0.64 RG 4 w 60 700 m 535 700 l S";
            objects.Add(Text($"<< /Length {content.Length} >>\nstream\n{content}\nendstream"));
        }
        var file = new StringBuilder("%PDF-1.4\n");
        var starts = new List<int>();
        for (var i = 0; i < objects.Count; i++)
        {
            starts.Add(file.Length);
            file.Append(Text($"{i + 1} 0 obj\n{objects[i]}\nendobj\n"));
        }
        var table = file.Length;
        file.Append(Text($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n"));
        foreach (var start in starts)
            file.Append(Text($"{start:0000000000} 00000 n \n"));
        file.Append(Text($"trailer << /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
