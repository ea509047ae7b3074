using System.IO.Compression;
using System.Text;
using Stages.Classrooms.Pictures;

namespace Stages.Classrooms.Handed;

/// <summary>
/// A file as it is kept: without what programs write into it of whom it is from, where and when. Of a photograph everything but the
/// picture, of ODT and DOCX their properties and the same of pictures within, of a PDF its author and descriptions where they are not
/// packed. What people wrote themselves, a comment in a text, say, stays.
/// </summary>
public static class PlainFiles
{
    private const int MostOfPictures = 64 * 1024 * 1024;

    private const string Properties = "http://schemas.openxmlformats.org/officeDocument/2006/";

    /// <summary>What stands instead: a part that is missing would be a broken file to some programs.</summary>
    private static readonly Dictionary<string, string> Empty = new(StringComparer.Ordinal)
    {
        ["docProps/core.xml"] = "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\"/>",
        ["docProps/app.xml"] = $"<Properties xmlns=\"{Properties}extended-properties\"/>",
        ["docProps/custom.xml"] = $"<Properties xmlns=\"{Properties}custom-properties\"/>",
        ["meta.xml"] =
            "<office:document-meta xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" office:version=\"1.2\">"
            + "<office:meta/></office:document-meta>",
    };

    /// <param name="kind">As it was found to be.</param>
    /// <returns>Null for a picture that is none.</returns>
    public static byte[]? Of(FileKind kind, byte[] bytes) =>
        kind == FileKind.Png || kind == FileKind.Jpeg ? Picture.Anew(bytes)?.Bytes
        : kind == FileKind.Docx || kind == FileKind.Odt ? Text(bytes)
        : kind == FileKind.Pdf ? PlainPdfs.Of(bytes)
        : bytes;

    private static byte[] Text(byte[] bytes)
    {
        var anew = PicturesIn(bytes);
        var made = new MemoryStream();
        made.Write(bytes);
        // Whatever is not touched is left packed as it is.
        using (var archive = new ZipArchive(made, ZipArchiveMode.Update, leaveOpen: true))
            foreach (var entry in archive.Entries.ToArray())
                if (Empty.TryGetValue(entry.FullName, out var instead))
                    Replace(archive, entry, Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + instead));
                else if (anew.TryGetValue(entry.FullName, out var picture))
                    Replace(archive, entry, picture);
        return made.ToArray();
    }

    private static void Replace(ZipArchive archive, ZipArchiveEntry entry, byte[] content)
    {
        var name = entry.FullName;
        entry.Delete();
        var made = archive.CreateEntry(name);
        made.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var to = made.Open();
        to.Write(content);
    }

    /// <summary>Those that can be written anew; the rest is of kinds that nothing here knows, and stays.</summary>
    private static Dictionary<string, byte[]> PicturesIn(byte[] bytes)
    {
        var (anew, left) = (new Dictionary<string, byte[]>(StringComparer.Ordinal), MostOfPictures);
        using var archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
        foreach (var entry in archive.Entries.Where(e => IsPicture(e.FullName)))
        {
            using var content = entry.Open();
            if (Bounded.Read(content, left) is not { } sent)
                break;
            left -= sent.Length;
            if (Picture.Anew(sent) is { } picture)
                anew[entry.FullName] = picture.Bytes;
        }
        return anew;
    }

    private static bool IsPicture(string name) =>
        Path.GetExtension(name).ToLowerInvariant() is ".jpg" or ".jpeg" or ".jpe" or ".png" or ".webp";
}
