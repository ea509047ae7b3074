using System.Globalization;
using System.Text.RegularExpressions;

namespace Stages.Messages;

/// <summary>A message that waits in a service's database, or that was set aside; no word of what it says.</summary>
/// <param name="Id">Of the message; of its bytes when it is no message at all.</param>
/// <param name="State"><c>parked</c>, <c>failed</c>, or <c>skipped</c> by an older version that parked nothing.</param>
/// <param name="Reason">What it waits for, or why it was set aside.</param>
public sealed partial record StuckMessage(string Service, string State, string Id, string Type, DateTimeOffset? SentAt, string Reason)
{
    private const int LongestReason = 160;

    private static readonly string[] Titles = ["SERVICE", "STATE", "AGE", "TYPE", "ID", "REASON"];

    /// <summary>The list as people read it, each column as wide as it must be.</summary>
    public static IEnumerable<string> Table(IEnumerable<StuckMessage> messages, DateTimeOffset now)
    {
        string[][] rows = [Titles, .. messages.Select(m => m.Cells(now))];
        var widths = Titles.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private string[] Cells(DateTimeOffset now) =>
        [Service, State, SentAt is { } sent ? Age(now - sent) : "?", ShortType(Type), Id, Masked(Reason)];

    public static string Age(TimeSpan age) =>
        age switch
        {
            { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:0.0} d"),
            { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0.0} h"),
            { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, age.TotalSeconds):0} s"),
        };

    /// <summary><c>urn:message:Stages.Contracts.Enrolment:EnrolmentErased</c> is <c>EnrolmentErased</c>.</summary>
    public static string ShortType(string type) => type[(type.LastIndexOf(':') + 1)..];

    /// <summary>A fault may quote what it stumbled over: what looks like an address or a telephone number is left out.</summary>
    public static string Masked(string reason)
    {
        var line = Blanks().Replace(reason, " ").Trim();
        var masked = Phone().Replace(Mail().Replace(line, "…@…"), "…");
        return masked.Length <= LongestReason ? masked : masked[..LongestReason] + "…";
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[^\s""'<>()@]+@[^\s""'<>()@]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mail();

    /// <summary>Eight digits or more in one go or in pairs, but no part of an id.</summary>
    [GeneratedRegex(@"(?<![\w-])\+?\d(?:[ .]?\d){7,}(?![\w-])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Phone();
}
