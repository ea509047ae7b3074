using JasperFx.Events;

namespace Stages.ServiceDefaults;

/// <summary>
/// The earlier events of a stream are to be masked. Written in the transaction that forgets, so that a crash between the two leaves
/// nothing behind: whoever finds it masks.
/// </summary>
/// <param name="Id">The stream.</param>
/// <param name="UpTo">Version of the last event that is masked.</param>
/// <param name="Keeps">Names of event types that are left as they are.</param>
/// <param name="About">When there are any: only events that hold one of these ids, for a stream in which others stand as well.</param>
public sealed record MaskingOwed(Guid Id, long UpTo, DateTimeOffset Since, string[]? Keeps = null, Guid[]? About = null);

/// <summary>The log itself forgets: masking rules of the store are applied to what was written before.</summary>
public sealed class LogMasking(IDocumentStore store, Journal journal, ILogger<LogMasking> logger)
{
    /// <summary>Masks what is owed for this stream, and no other.</summary>
    public async Task Settle(Guid stream, CancellationToken cancel)
    {
        await using var session = store.QuerySession();
        if (await session.LoadAsync<MaskingOwed>(stream, cancel) is { } owed)
            await Settle(owed, cancel);
    }

    /// <summary>What a crash left, and what a message asked for.</summary>
    public async Task SettleAll(CancellationToken cancel)
    {
        await using var session = store.QuerySession();
        foreach (var owed in await session.Query<MaskingOwed>().ToListAsync(cancel))
        {
            logger.LogInformation("Events of stream {Stream} are masked, as was asked at {Since}", owed.Id, owed.Since);
            await Settle(owed, cancel);
        }
    }

    /// <summary>Events of these types that hold this id; what owes it is noted by who asks.</summary>
    public Task Mask(Guid stream, Type[] types, Guid about, CancellationToken cancel) =>
        store.Advanced.ApplyEventDataMasking(
            masking => masking.IncludeStream(stream, e => types.Contains(e.EventType) && Holds(e, [about])),
            cancel
        );

    private async Task Settle(MaskingOwed owed, CancellationToken cancel)
    {
        await store.Advanced.ApplyEventDataMasking(masking => masking.IncludeStream(owed.Id, e => IsMeant(e, owed)), cancel);
        // Another erasure of the same stream may have asked for more meanwhile. The database rounds to a millionth of a second: compared
        // to the letter, half of what is done would stay owed.
        var asked = owed.Since.AddMilliseconds(1);
        await journal.Decide(Decision.Nothing.AndDeleteWhere<MaskingOwed>(m => m.Id == owed.Id && m.Since < asked), cancel);
    }

    private bool IsMeant(IEvent e, MaskingOwed owed)
    {
        if (e.Version > owed.UpTo || owed.Keeps?.Contains(e.EventType.Name) == true)
            return false;
        return owed.About is not { } ids || Holds(e, ids);
    }

    private bool Holds(IEvent e, Guid[] ids)
    {
        var text = store.Options.Serializer().ToJson(e.Data);
        return ids.Any(id => text.Contains(id.ToString(), StringComparison.OrdinalIgnoreCase));
    }
}
