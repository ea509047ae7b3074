using System.Buffers.Binary;

namespace Stages.Classrooms.Pictures;

/// <summary>How a camera was held, as Exif says it: 1 to 8. The one thing of it that is kept.</summary>
public static class Turn
{
    private const ushort Orientation = 0x0112;

    /// <param name="said">What stands in the part, with its name.</param>
    public static byte? Of(ReadOnlySpan<byte> said)
    {
        if (!said.StartsWith("Exif\0\0"u8) || said.Length < 14)
            return null;
        var tiff = said[6..];
        var little = tiff.StartsWith("II*\0"u8);
        if (!little && !tiff.StartsWith("MM\0*"u8))
            return null;
        var at = Long(tiff[4..], little);
        if (at > tiff.Length - 2)
            return null;
        var count = Short(tiff[(int)at..], little);
        for (var (i, entry) = (0, (int)at + 2); i < count && entry + 12 <= tiff.Length; i++, entry += 12)
            if (Short(tiff[entry..], little) == Orientation)
                return Short(tiff[(entry + 8)..], little) is >= 1 and <= 8 and var turn ? (byte)turn : null;
        return null;
    }

    /// <summary>An Exif that says this and nothing else.</summary>
    public static byte[] Written(byte turn) =>
        [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0, 0, 0, 0, 0];

    private static uint Long(ReadOnlySpan<byte> at, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);

    private static ushort Short(ReadOnlySpan<byte> at, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
}
