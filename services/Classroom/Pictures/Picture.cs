namespace Stages.Classrooms.Pictures;

/// <summary>
/// A picture that somebody sent, written anew: what shows it and nothing else, each part looked at. Where and with what it was taken,
/// remarks, small copies within, films and archives behind it are left out; how a telephone was held is kept, or it would lie on its side.
/// What is no whole picture is refused.
/// </summary>
public sealed record Picture(string Type, byte[] Bytes)
{
    /// <summary>Of either side, in points: more is no worksheet, and fills the memory of who opens it.</summary>
    public const int LongestSide = 20_000;

    /// <returns>Null for anything that is not a whole picture of ours: PNG, JPEG, WebP.</returns>
    public static Picture? Anew(ReadOnlySpan<byte> sent)
    {
        var (type, bytes) =
            sent.StartsWith(Png.Signature) ? ("image/png", Png.Anew(sent))
            : sent.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? ("image/jpeg", Jpeg.Anew(sent))
            : sent.Length >= 12 && sent.StartsWith("RIFF"u8) && sent[8..12].SequenceEqual("WEBP"u8) ? ("image/webp", WebP.Anew(sent))
            : ("", null);
        return bytes is null ? null : new Picture(type, bytes);
    }

    internal static bool IsShown(long width, long height) => width is > 0 and <= LongestSide && height is > 0 and <= LongestSide;
}
