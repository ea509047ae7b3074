using System.IO.Compression;

namespace Stages.Classrooms.Handed;

/// <summary>
/// A PDF without what acts when it is opened: no scripts, no programs to be started, no files within the file. Names may be written in
/// other ways (<c>/J#61vaScript</c>), and stand in compressed objects: those are looked into as well, and what cannot be is refused.
/// </summary>
public static class Pdfs
{
    private const int MostInflated = 32 * 1024 * 1024;

    private static readonly string[] Acts =
    [
        "/JavaScript",
        "/Launch",
        "/EmbeddedFile",
        "/Filespec",
        "/RichMedia",
        "/Rendition",
        "/SubmitForm",
        "/ImportData",
        "/GoToE",
        "/XFA",
    ];

    public static Looked Look(byte[] bytes)
    {
        if (bytes.AsSpan(Math.Max(0, bytes.Length - 2048)).IndexOf("%%EOF"u8) < 0)
            return new FileNotOfAKind();
        var written = Written(bytes);
        if (Has(written, "/Encrypt"u8))
            return new FileIsLocked();
        if (ActsIn(written))
            return new FileIsActive();
        return Hidden(bytes);
    }

    private static bool ActsIn(byte[] written) => Acts.Any(act => Has(written, System.Text.Encoding.ASCII.GetBytes(act)));

    /// <summary>A name, or the beginning of a longer one.</summary>
    private static bool Has(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name) => bytes.IndexOf(name) >= 0;

    /// <summary>With the signs that names may be spelt by put in their place.</summary>
    private static byte[] Written(ReadOnlySpan<byte> bytes)
    {
        var made = new byte[bytes.Length];
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
            if (
                bytes[i] == '#'
                && i + 2 < bytes.Length
                && char.IsAsciiHexDigit((char)bytes[i + 1])
                && char.IsAsciiHexDigit((char)bytes[i + 2])
            )
            {
                made[length++] = Convert.FromHexString([(char)bytes[i + 1], (char)bytes[i + 2]])[0];
                i += 2;
            }
            else
                made[length++] = bytes[i];
        return made[..length];
    }

    /// <summary>Objects kept within a stream (its dictionary says where the first of them is) are inflated and looked at.</summary>
    private static Looked Hidden(byte[] bytes)
    {
        var (from, inflated) = (0, 0);
        while (bytes.AsSpan(from).IndexOf("stream"u8) is var at and >= 0)
        {
            var before = Written(bytes.AsSpan(from, at));
            var body = from + at + "stream"u8.Length;
            from = body;
            if (!Has(before, "/First"u8) && !Has(before, "/ObjStm"u8))
                continue;
            if (!Has(before, "/Filter"u8))
                continue;
            if (!IsDeflatedAlone(before) || Inflate(bytes, body, MostInflated - inflated) is not { } objects)
                return new FileIsActive();
            inflated += objects.Length;
            if (ActsIn(Written(objects)))
                return new FileIsActive();
        }
        return FileKind.Pdf;
    }

    private static bool IsDeflatedAlone(ReadOnlySpan<byte> dictionary)
    {
        var filter = dictionary[(dictionary.LastIndexOf("/Filter"u8) + "/Filter"u8.Length)..];
        filter = filter.TrimStart(" \r\n\t[\0\f"u8);
        if (!filter.StartsWith("/FlateDecode"u8) || Has(dictionary, "/Predictor"u8))
            return false;
        // Another one after it would have to be undone first.
        var rest = filter["/FlateDecode"u8.Length..].TrimStart(" \r\n\t\0\f"u8);
        return rest.IsEmpty || rest[0] is (byte)']' or (byte)'>' or (byte)'/';
    }

    private static byte[]? Inflate(byte[] bytes, int body, int most)
    {
        while (body < bytes.Length && bytes[body] is (byte)' ' or (byte)'\r' or (byte)'\n')
            body++;
        try
        {
            using var packed = new MemoryStream(bytes, body, bytes.Length - body);
            using var zip = new ZLibStream(packed, CompressionMode.Decompress);
            return Bounded.Read(zip, most);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}

public static class Bounded
{
    /// <summary>All that there is; null when that is more.</summary>
    public static byte[]? Read(Stream from, int most)
    {
        using var all = new MemoryStream();
        var buffer = new byte[81_920];
        int got;
        while ((got = from.Read(buffer)) > 0)
        {
            all.Write(buffer, 0, got);
            if (all.Length > most)
                return null;
        }
        return all.ToArray();
    }
}
