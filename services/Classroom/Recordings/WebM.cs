namespace Stages.Classrooms.Recordings;

/// <summary>How a film begins: as a Matroska file that calls itself <c>webm</c>. What follows is read by players alone.</summary>
public static class WebM
{
    /// <summary>The first piece has it whole.</summary>
    private const int LongestHead = 64;

    public static bool Begins(ReadOnlySpan<byte> piece)
    {
        if (!piece.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
            return false;
        // DocType, four letters long.
        return piece[..Math.Min(piece.Length, LongestHead)].IndexOf((ReadOnlySpan<byte>)[0x42, 0x82, 0x84, .. "webm"u8]) > 0;
    }
}
