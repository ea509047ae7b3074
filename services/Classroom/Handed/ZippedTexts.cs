using System.IO.Compression;
using System.Text;

namespace Stages.Classrooms.Handed;

/// <summary>DOCX and ODT, which are archives: without macros, objects of other programs, or a template fetched from elsewhere.</summary>
public static class ZippedTexts
{
    private const int MostEntries = 2000;
    private const int MostUnpacked = 32 * 1024 * 1024;

    private static readonly string[] Programs =
    [
        "vbaproject",
        "vbadata",
        "activex",
        "/embeddings/",
        ".bin",
        ".exe",
        ".dll",
        ".js",
        ".vbs",
        ".bat",
        ".jar",
        "basic/",
        "scripts/",
        "dialogs/",
        "object ",
    ];

    public static Looked Look(byte[] bytes)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            return Look(archive);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            return new FileNotOfAKind();
        }
    }

    private static Looked Look(ZipArchive archive)
    {
        var entries = archive.Entries;
        var names = entries.Select(e => e.FullName.ToLowerInvariant()).ToList();
        // Programs read archives in more ways than one: what would be read in two ways is not taken.
        if (entries.Count > MostEntries || names.Distinct(StringComparer.Ordinal).Count() != names.Count || names.Exists(LeadsElsewhere))
            return new FileNotOfAKind();
        if (entries.Any(e => e.IsEncrypted))
            return new FileIsLocked();
        if (names.Exists(n => Programs.Any(p => n.Contains(p, StringComparison.Ordinal))))
            return new FileIsActive();
        return entries.FirstOrDefault()?.FullName == "mimetype" ? Odt(archive)
            : archive.GetEntry("[Content_Types].xml") is not null ? Docx(archive)
            : new FileNotOfAKind();
    }

    private static bool LeadsElsewhere(string name) =>
        name.Contains("..", StringComparison.Ordinal) || name[0] == '/' || name.Contains('\\');

    private static Looked Odt(ZipArchive archive)
    {
        if (Text(archive, "mimetype") != "application/vnd.oasis.opendocument.text")
            return new FileNotOfAKind();
        if (Text(archive, "META-INF/manifest.xml") is not { } manifest || Text(archive, "content.xml") is not { } content)
            return new FileNotOfAKind();
        if (Says(manifest, "encryption-data"))
            return new FileIsLocked();
        var styles = Text(archive, "styles.xml") ?? "";
        return
            Says(content + styles, "script:event-listener")
            || Says(content + styles, "vnd.sun.star.script")
            || Says(content, "<draw:object")
            ? new FileIsActive()
            : FileKind.Odt;
    }

    private static Looked Docx(ZipArchive archive)
    {
        if (Text(archive, "[Content_Types].xml") is not { } types || archive.GetEntry("word/document.xml") is null)
            return new FileNotOfAKind();
        if (Says(types, "macroEnabled") || Says(types, "vbaProject"))
            return new FileIsActive();
        if (!Says(types, "wordprocessingml.document.main+xml"))
            return new FileNotOfAKind();
        foreach (var relations in archive.Entries.Where(e => e.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)))
            if (
                Text(archive, relations.FullName) is not { } text
                || Says(text, "attachedTemplate")
                || Says(text, "oleObject")
                || Says(text, "vbaProject")
                || Says(text, "aFChunk")
            )
                return new FileIsActive();
        return FileKind.Docx;
    }

    private static bool Says(string text, string what) => text.Contains(what, StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when it is not there, or larger than any that a word processor writes.</summary>
    private static string? Text(ZipArchive archive, string name)
    {
        if (archive.GetEntry(name) is not { } entry)
            return null;
        using var content = entry.Open();
        if (Bounded.Read(content, MostUnpacked) is not { } bytes)
            return null;
        // Written with two bytes a sign, what is looked for would not be found.
        return bytes.AsSpan().Contains((byte)0) ? null : Encoding.UTF8.GetString(bytes);
    }
}
