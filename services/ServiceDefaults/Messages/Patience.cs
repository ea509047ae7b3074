namespace Stages.ServiceDefaults;

/// <summary>
/// How long a message may wait for what it builds upon: by its own age, whatever has been tried meanwhile. Long enough for
/// somebody to mend what keeps that other one away (<c>Messages:Patience</c>, three days unless told).
/// </summary>
public sealed record Patience(TimeSpan Limit)
{
    public static readonly Patience Usual = new(TimeSpan.FromDays(3));

    /// <summary>Since it was sent first, or since somebody sent it again.</summary>
    public static TimeSpan Age(DateTimeOffset sent, DateTimeOffset? resent, DateTimeOffset now) =>
        now - (resent is { } again && again > sent ? again : sent);

    public bool IsOver(TimeSpan age) => age > Limit;
}

/// <summary>A message waited for what never came, longer than its <see cref="Patience"/>: it goes where people look.</summary>
public sealed class WaitedTooLong(string key, TimeSpan age)
    : Exception(FormattableString.Invariant($"{key} has not come within {age.TotalHours:0.0} h"));
