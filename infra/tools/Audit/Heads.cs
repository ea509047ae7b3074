using System.Globalization;
using System.Text.RegularExpressions;

namespace Stages.Audit;

/// <summary>Where each log ended at one time or another, as its service told: see <c>AuditLog.TellHead</c>.</summary>
public static partial class Heads
{
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<long, string>> In(IEnumerable<string> lines) =>
        lines
            .SelectMany(line => Told().Matches(line))
            .GroupBy(m => m.Groups["service"].Value, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                IReadOnlyDictionary<long, string> (g) =>
                    g.GroupBy(m => long.Parse(m.Groups["seq"].Value, CultureInfo.InvariantCulture))
                        .ToDictionary(same => same.Key, same => same.First().Groups["hash"].Value),
                StringComparer.Ordinal
            );

    [GeneratedRegex("Audit log of (?<service>[a-z_]+) ends at (?<seq>[0-9]{1,18}) with (?<hash>[0-9a-f]{64})", RegexOptions.None, 1000)]
    private static partial Regex Told();
}
