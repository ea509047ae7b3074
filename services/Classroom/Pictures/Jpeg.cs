using System.Buffers.Binary;

namespace Stages.Classrooms.Pictures;

/// <summary>
/// JPEG: tables, frame and scans; of what applications write beside them the density (JFIF), the colours (Adobe) and the turn (Exif) stay.
/// </summary>
internal static class Jpeg
{
    private const byte Begin = 0xD8,
        End = 0xD9,
        Scan = 0xDA;

    private static ReadOnlySpan<byte> Jfif => "JFIF\0"u8;

    public static byte[]? Anew(ReadOnlySpan<byte> sent)
    {
        var made = new MemoryStream(sent.Length);
        made.Write([0xFF, Begin]);
        var rest = sent[2..];
        var (framed, scanned, turned) = (false, false, false);
        while (rest.Length >= 2)
        {
            if (rest[0] != 0xFF)
                return null;
            var marker = rest[1];
            // Any number of them may stand before a marker.
            if (marker == 0xFF)
            {
                rest = rest[1..];
                continue;
            }
            if (marker == End)
            {
                made.Write([0xFF, End]);
                return framed && scanned ? made.ToArray() : null;
            }
            var length = rest.Length < 4 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length < 2 || length + 2 > rest.Length)
                return null;
            var part = rest[..(length + 2)];
            var said = part[4..];
            rest = rest[part.Length..];
            switch (marker)
            {
                case 0xE0 when said.StartsWith(Jfif) && said.Length >= 14:
                    Write(made, 0xE0, [.. said[..12], 0, 0]);
                    break;
                case 0xE1 when !turned && Turn.Of(said) is { } turn:
                    turned = true;
                    Write(made, 0xE1, Turn.Written(turn));
                    break;
                case 0xEE when said.StartsWith("Adobe"u8) && said.Length >= 12:
                    Write(made, 0xEE, said[..12]);
                    break;
                case >= 0xE0 and <= 0xEF or 0xFE:
                    break;
                case 0xC4 or 0xDB or 0xDD or 0xCC:
                    made.Write(part);
                    break;
                case Scan when framed:
                    made.Write(part);
                    var end = EndOfScan(rest);
                    if (end < 0)
                        return null;
                    made.Write(rest[..end]);
                    rest = rest[end..];
                    scanned = true;
                    break;
                case >= 0xC0 and <= 0xCF and not 0xC8 when !framed && said.Length >= 6:
                    var (high, wide) = (BinaryPrimitives.ReadUInt16BigEndian(said[1..]), BinaryPrimitives.ReadUInt16BigEndian(said[3..]));
                    framed = Picture.IsShown(wide, high);
                    if (!framed)
                        return null;
                    made.Write(part);
                    break;
                default:
                    return null;
            }
        }
        return null;
    }

    /// <summary>Where the next marker stands; a stuffed byte, or the mark of a restart, is none.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at + 1 < bytes.Length; at++)
            if (bytes[at] == 0xFF && bytes[at + 1] is not 0 and not (>= 0xD0 and <= 0xD7) and not 0xFF)
                return at;
        return -1;
    }

    private static void Write(MemoryStream made, byte marker, ReadOnlySpan<byte> said)
    {
        Span<byte> head = [0xFF, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(said.Length + 2));
        made.Write(head);
        made.Write(said);
    }
}
