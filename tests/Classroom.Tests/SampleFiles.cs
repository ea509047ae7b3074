using System.IO.Compression;
using System.Text;
using Stages.Testing;

namespace Stages.Classrooms.Tests;

/// <summary>Small files of each kind, made here.</summary>
public static class SampleFiles
{
    public static readonly byte[] Png = SamplePictures.Png();

    public static readonly byte[] Jpeg = SamplePictures.Jpeg();

    public static readonly byte[] Docx = Word();

    public static readonly byte[] Odt = Writer();

    public static byte[] Pdf(string objects = "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n") =>
        Encoding.Latin1.GetBytes($"%PDF-1.7\n{objects}trailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n");

    /// <summary>A PDF that keeps its objects in a compressed stream.</summary>
    public static byte[] PackedPdf(string objects, string dictionary = "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode") =>
        [
            .. Encoding.Latin1.GetBytes($"%PDF-1.7\n5 0 obj\n<< {dictionary} /Length 99 >>\nstream\n"),
            .. Packed(objects),
            .. "\nendstream\nendobj\nstartxref\n9\n%%EOF\n"u8,
        ];

    public static byte[] Word(params (string Name, string Text)[] more) =>
        Zip([
            (
                "[Content_Types].xml",
                "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument."
                    + "wordprocessingml.document.main+xml\"/></Types>"
            ),
            ("word/document.xml", "<w:document>Bonjour</w:document>"),
            .. more,
        ]);

    public static byte[] Writer(params (string Name, string Text)[] more) =>
        Zip([
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("META-INF/manifest.xml", "<manifest:manifest/>"),
            .. more.Any(m => m.Name == "content.xml")
                ? []
                : new[] { ("content.xml", "<office:document-content><office:scripts/></office:document-content>") },
            .. more,
        ]);

    public static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var made = new MemoryStream();
        using (var archive = new ZipArchive(made, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        return made.ToArray();
    }

    private static byte[] Packed(string text)
    {
        using var made = new MemoryStream();
        using (var zip = new ZLibStream(made, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(Encoding.Latin1.GetBytes(text));
        return made.ToArray();
    }
}
