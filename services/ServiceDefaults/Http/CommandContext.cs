namespace Stages.ServiceDefaults;

/// <summary>
/// What an endpoint that changes something is given besides its request, bound with <c>[AsParameters]</c>: who asks, under which
/// conditions, and the way to decide and to answer.
/// </summary>
/// <param name="Reads">For what stands before the decision and after it; the decision itself reads in its own transaction.</param>
public sealed record CommandContext(
    Caller Caller,
    IfMatch IfMatch,
    IdempotencyKey Key,
    Journal Journal,
    IQuerySession Reads,
    TimeProvider Clock,
    HttpContext Http,
    CancellationToken Cancel
)
{
    /// <summary>One instant for all that the command does.</summary>
    public DateTimeOffset Now { get; } = Clock.GetUtcNow();

    /// <summary>From where the request came to the gateway, as a keyed hash; null where no gateway says it.</summary>
    public string? Client => AuditTrail.ClientOf(Http);

    /// <summary>Decides on one aggregate in the version that the caller saw.</summary>
    public Task<Outcome> Decide<TState>(Guid id, Func<TState?, Decision> decide)
        where TState : class => Journal.Decide(id, decide, IfMatch, cancel: Cancel);

    /// <summary>As above, for a decision that looks at other things first.</summary>
    public Task<Outcome> Decide<TState>(Guid id, Func<Reading, TState?, ValueTask<Decision>> decide)
        where TState : class => Journal.Decide(id, decide, IfMatch, cancel: Cancel);

    /// <summary>Writes documents and rows that no stream is behind.</summary>
    public Task<Outcome> Decide(Decision decision) => Journal.Decide(decision, Cancel);

    /// <summary>The refusal; or what the command left, with its version as ETag.</summary>
    public async Task<IResult> Answer<TState>(Outcome outcome, Func<TState, long> version, Func<TState, ValueTask<IResult>> answer)
        where TState : class
    {
        if (outcome.Refusal is { } refusal)
            return refusal.AsProblem();
        var state =
            await Reads.LoadAsync<TState>(outcome.Id, Cancel)
            ?? throw new InvalidOperationException($"{typeof(TState).Name} {outcome.Id} has no snapshot.");
        Http.SetETag(version(state));
        return await answer(state);
    }
}
