namespace Stages.Classrooms.Media;

/// <param name="Name">Ours; in what is placed, and for who looks after the servers.</param>
/// <param name="Host">What its certificate says.</param>
/// <param name="MissingSince">Since when answers do not name it.</param>
public sealed record FoundServer(string Name, string Host, string Ip, int Port, DateTimeOffset? MissingSince = null);

/// <summary>
/// The media servers that a search has found, for all copies of the service: each asks, and what one has learnt all know. One row.
/// </summary>
public sealed record MediaServersFound(string Id, FoundServer[] Servers)
{
    public const string TheOne = "found";

    /// <summary>
    /// What is known after an answer; the same object when nothing is new. An answer that names nobody is a fault of whoever answers, or
    /// there is nobody to move to: nothing follows from it.
    /// </summary>
    public static MediaServersFound? After(
        MediaServersFound? before,
        IReadOnlyList<FoundServer> answer,
        TimeSpan goneAfter,
        DateTimeOffset now
    )
    {
        if (answer.Count == 0)
            return before;
        var known = before?.Servers ?? [];
        var missing = known
            .Where(s => answer.All(a => a.Name != s.Name))
            .Select(s => s with { MissingSince = s.MissingSince ?? now })
            .Where(s => now - s.MissingSince < goneAfter);
        FoundServer[] after = [.. answer.Concat(missing).OrderBy(s => s.Name, StringComparer.Ordinal)];
        return after.SequenceEqual(known) ? before : new MediaServersFound(TheOne, after);
    }
}
