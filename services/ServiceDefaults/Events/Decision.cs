namespace Stages.ServiceDefaults;

/// <summary>What a <c>Decide</c> answers: the events to append (perhaps none, when nothing is to change), or a refusal.</summary>
public readonly record struct Decision
{
    private Decision(IReadOnlyList<object> events, Refusal? refusal) => (Events, Refusal) = (events, refusal);

    public IReadOnlyList<object> Events { get; }

    public Refusal? Refusal { get; }

    /// <summary>Nothing to change: the command had already been obeyed.</summary>
    public static Decision Nothing { get; } = new([], null);

    public static Decision Of(params object[] events) => new(events, null);

    public static Decision Of(IEnumerable<object> events) => new([.. events], null);

    public static implicit operator Decision(Refusal refusal) => new([], refusal);
}

/// <summary>What became of a command: the version of the stream after it, or the refusal.</summary>
/// <param name="Repeated">
/// True when an earlier request with the same Idempotency-Key had done it; <paramref name="Id"/> is that one's.
/// </param>
public sealed record Outcome(Guid Id, long Version, Refusal? Refusal = null, bool Repeated = false)
{
    public bool Refused => Refusal is not null;
}
