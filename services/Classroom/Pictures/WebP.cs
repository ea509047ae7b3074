using System.Buffers.Binary;

namespace Stages.Classrooms.Pictures;

/// <summary>WebP: one picture, and its transparency. No moving ones, no colours by profile, no Exif or XMP.</summary>
internal static class WebP
{
    private const byte Transparent = 0x10,
        Moving = 0x02;

    public static byte[]? Anew(ReadOnlySpan<byte> sent)
    {
        var said = BinaryPrimitives.ReadUInt32LittleEndian(sent[4..]);
        // What stands behind it is left out.
        if (said < 4 || said > sent.Length - 8)
            return null;
        var made = new MemoryStream(sent.Length);
        made.Write(sent[..12]);
        var rest = sent[12..((int)said + 8)];
        var (pictures, first) = (0, true);
        while (rest.Length >= 8)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (length > rest.Length - 8)
                return null;
            var name = System.Text.Encoding.Latin1.GetString(rest[..4]);
            var part = rest[8..((int)length + 8)];
            rest = rest[Math.Min(rest.Length, 8 + (int)length + ((int)length & 1))..];
            switch (name)
            {
                case "VP8X" when first && part.Length == 10 && (part[0] & Moving) == 0:
                    Write(made, name, [(byte)(part[0] & Transparent), .. part[1..]]);
                    break;
                case "ALPH" when pictures == 0:
                    Write(made, name, part);
                    break;
                case "VP8 " when pictures == 0 && IsLossy(part):
                case "VP8L" when pictures == 0 && IsLossless(part):
                    pictures++;
                    Write(made, name, part);
                    break;
                case "ICCP" or "EXIF" or "XMP ":
                    break;
                default:
                    return null;
            }
            first = false;
        }
        if (pictures != 1)
            return null;
        var bytes = made.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)(bytes.Length - 8));
        return bytes;
    }

    private static bool IsLossy(ReadOnlySpan<byte> part) =>
        part.Length > 10
        && part[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
        && Picture.IsShown(
            BinaryPrimitives.ReadUInt16LittleEndian(part[6..]) & 0x3FFF,
            BinaryPrimitives.ReadUInt16LittleEndian(part[8..]) & 0x3FFF
        );

    private static bool IsLossless(ReadOnlySpan<byte> part) => part.Length > 5 && part[0] == 0x2F;

    private static void Write(MemoryStream made, string name, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)part.Length);
        made.Write(System.Text.Encoding.Latin1.GetBytes(name));
        made.Write(length);
        made.Write(part);
        if ((part.Length & 1) == 1)
            made.WriteByte(0);
    }
}
