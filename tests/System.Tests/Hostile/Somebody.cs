using System.Net;
using System.Text.RegularExpressions;

namespace Stages.SystemTests.Hostile;

/// <summary>Somebody at every door, and what is theirs: everything else is somebody else's.</summary>
/// <param name="Children">Enrolments whose names they may read.</param>
/// <param name="Streams">What a command of theirs may change.</param>
public sealed partial record Somebody(string Name, HttpClient Client, IReadOnlySet<Guid> Children, IReadOnlySet<Guid> Streams)
{
    /// <summary>The words of an answer that tell of a child, or of a guardian, who is not theirs.</summary>
    public string? Betrayal(string answer, IEnumerable<Child> everybody)
    {
        var text = Escape().Replace(WebUtility.HtmlDecode(answer), m => ((char)Convert.ToInt32(m.Groups["hex"].Value, 16)).ToString());
        var known = everybody.Where(c => Children.Contains(c.Id)).SelectMany(Words).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return everybody
            .Where(c => !Children.Contains(c.Id))
            .SelectMany(Words)
            .Where(w => !known.Contains(w))
            .FirstOrDefault(w => text.Contains(w, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Words(Child c) =>
        [$"{c.First} {c.Last}", $"{c.Last} {c.First}", $"\"firstName\":\"{c.First}\",\"lastName\":\"{c.Last}\"", .. c.Guardians];

    [GeneratedRegex(@"\\u(?<hex>[0-9a-fA-F]{4})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escape();
}
