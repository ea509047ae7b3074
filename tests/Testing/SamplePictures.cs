using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Stages.Testing;

/// <summary>Small whole pictures, made here, with whatever else a test wants in them.</summary>
public static class SamplePictures
{
    /// <summary>One grey point.</summary>
    public static byte[] Png(params (string Name, byte[] Said)[] more) =>
        [
            .. (ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A],
            .. PngPart("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
            .. more.SelectMany(m => PngPart(m.Name, m.Said)),
            .. PngPart("IDAT", Deflated([0, 0x80])),
            .. PngPart("IEND", []),
        ];

    /// <summary>Sixteen by sixteen points of one grey: the tables say no more than that takes.</summary>
    public static byte[] Jpeg(params (byte Marker, byte[] Said)[] more) =>
        [
            0xFF,
            0xD8,
            .. JpegPart(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
            .. more.SelectMany(m => JpegPart(m.Marker, m.Said)),
            .. JpegPart(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]),
            .. JpegPart(0xC0, [8, 0, 8, 0, 8, 1, 1, 0x11, 0]),
            .. JpegPart(0xC4, [0x00, 1, .. new byte[15], 0]),
            .. JpegPart(0xC4, [0x10, 1, .. new byte[15], 0]),
            .. JpegPart(0xDA, [1, 1, 0, 0, 63, 0]),
            0x3F,
            0xFF,
            0xD9,
        ];

    /// <summary>One point; as many bytes as are wanted behind what draws it.</summary>
    public static byte[] WebP(int length = 0, params (string Name, byte[] Said)[] more)
    {
        byte[] drawn = [.. Convert.FromHexString("2f00000010071011118888fe0700"), .. new byte[length]];
        byte[] parts = [.. RiffPart("VP8L", drawn), .. more.SelectMany(m => RiffPart(m.Name, m.Said))];
        return [.. "RIFF"u8, .. Little(parts.Length + 4), .. "WEBP"u8, .. parts];
    }

    /// <summary>What a telephone writes beside a photograph: how it was held, and words of where and with what.</summary>
    /// <param name="little">In the byte order of most telephones.</param>
    public static byte[] Exif(byte turn, string words, bool little = true)
    {
        byte[] Short(int n) => little ? [(byte)n, (byte)(n >> 8)] : [(byte)(n >> 8), (byte)n];
        byte[] Long(int n) => little ? [.. Short(n), .. Short(n >> 16)] : [.. Short(n >> 16), .. Short(n)];
        var text = Encoding.ASCII.GetBytes(words);
        return
        [
            .. "Exif\0\0"u8,
            .. little ? "II*\0"u8 : "MM\0*"u8,
            .. Long(8),
            .. Short(2),
            .. Short(0x010E),
            .. Short(2),
            .. Long(text.Length),
            .. Long(38),
            .. Short(0x0112),
            .. Short(3),
            .. Long(1),
            .. Short(turn),
            .. Short(0),
            .. Long(0),
            .. text,
        ];
    }

    private static byte[] PngPart(string name, byte[] said)
    {
        byte[] part = [.. Encoding.ASCII.GetBytes(name), .. said];
        return [.. Big(said.Length), .. part, .. Big((int)Sum(part))];
    }

    private static byte[] JpegPart(byte marker, byte[] said) =>
        [0xFF, marker, (byte)((said.Length + 2) >> 8), (byte)(said.Length + 2), .. said];

    private static byte[] RiffPart(string name, byte[] said) =>
        [.. Encoding.ASCII.GetBytes(name), .. Little(said.Length), .. said, .. new byte[said.Length & 1]];

    private static byte[] Big(int n)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, n);
        return bytes;
    }

    private static byte[] Little(int n)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, n);
        return bytes;
    }

    /// <summary>CRC-32, bit by bit.</summary>
    private static uint Sum(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var b in bytes)
        {
            sum ^= b;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) != 0 ? 0xEDB88320 ^ (sum >> 1) : sum >> 1;
        }
        return ~sum;
    }

    private static byte[] Deflated(byte[] bytes)
    {
        using var made = new MemoryStream();
        using (var zip = new ZLibStream(made, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(bytes);
        return made.ToArray();
    }
}
