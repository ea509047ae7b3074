namespace Stages.Classrooms.Media;

/// <summary>What a browser offers to send (SDP, RFC 8866).</summary>
public static class SentLines
{
    /// <summary>By these the media server is told whose sound or picture to drop.</summary>
    public const string Sound = "0";

    public const string Picture = "1";

    /// <summary>
    /// Whether it is one line of sound and one of pictures, in this order and under these names. A page that sends more, or calls
    /// them otherwise, could be heard through a line that nobody has muted.
    /// </summary>
    public static bool AreOurs(string sdp) =>
        sdp.Split("\nm=")[1..]
            .Select(section => section.Split('\n', StringSplitOptions.TrimEntries))
            .Select(lines =>
                (Kind: lines[0].Split(' ')[0], Names: lines.Where(l => l.StartsWith("a=mid:", StringComparison.Ordinal)).ToArray())
            )
            .Select(line => $"{line.Kind} {string.Join(' ', line.Names)}")
            .SequenceEqual([$"audio a=mid:{Sound}", $"video a=mid:{Picture}"], StringComparer.Ordinal);
}
