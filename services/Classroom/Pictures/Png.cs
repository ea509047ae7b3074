using System.Buffers.Binary;

namespace Stages.Classrooms.Pictures;

/// <summary>PNG: from part to part, up to the last one; of those that may be left out only colours and size stay.</summary>
internal static class Png
{
    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly string[] Kept = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "bKGD", "pHYs"];

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n => Shifted((uint)n))];

    public static byte[]? Anew(ReadOnlySpan<byte> sent)
    {
        var made = new MemoryStream(sent.Length);
        made.Write(Signature);
        var rest = sent[Signature.Length..];
        var (first, drawn) = (true, false);
        while (rest.Length >= 12)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - 12)
                return null;
            var part = rest[..((int)length + 12)];
            rest = rest[part.Length..];
            var name = System.Text.Encoding.Latin1.GetString(part[4..8]);
            if (Sum(part[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(part[^4..]) || first != (name == "IHDR"))
                return null;
            if (first && (length != 13 || !IsShown(part[8..])))
                return null;
            first = false;
            drawn |= name == "IDAT";
            if (Kept.Contains(name, StringComparer.Ordinal))
                made.Write(part);
            // A part that a reader must know, and that is none of ours.
            else if (char.IsAsciiLetterUpper(name[0]))
                return null;
            if (name == "IEND")
                return drawn && length == 0 && rest.IsEmpty ? made.ToArray() : null;
        }
        return null;
    }

    private static bool IsShown(ReadOnlySpan<byte> head) =>
        Picture.IsShown(BinaryPrimitives.ReadUInt32BigEndian(head), BinaryPrimitives.ReadUInt32BigEndian(head[4..]));

    /// <summary>The sum that PNG wants of each part (CRC-32).</summary>
    internal static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var b in bytes)
            sum = Table[(sum ^ b) & 0xFF] ^ (sum >> 8);
        return ~sum;
    }

    private static uint Shifted(uint n)
    {
        for (var bit = 0; bit < 8; bit++)
            n = (n & 1) != 0 ? 0xEDB88320 ^ (n >> 1) : n >> 1;
        return n;
    }
}
