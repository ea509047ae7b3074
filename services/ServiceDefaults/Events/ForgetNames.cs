namespace Stages.ServiceDefaults;

/// <summary>What a service keeps of somebody in what is another's; it goes before the id by which it is found.</summary>
public interface IForgetBesideId
{
    Task Forget(Guid account, CancellationToken cancel);
}

/// <summary>Streams that are another's and name somebody beside their id: a pupil's place, with the first name of who teaches.</summary>
public sealed class ForgetNames<TState>(
    IDocumentStore store,
    NpgsqlDataSource database,
    Journal journal,
    LogMasking masking,
    TimeProvider clock,
    ForgetNames<TState>.Rule rule
) : IForgetBesideId
    where TState : class
{
    /// <param name="Decide">What becomes of the state; the account's id is what it is told.</param>
    /// <param name="Masked">The events that hold the name.</param>
    public sealed record Rule(Func<TState?, Guid, DateTimeOffset, Decision> Decide, params Type[] Masked);

    public async Task Forget(Guid account, CancellationToken cancel)
    {
        foreach (var stream in await Streams(account, cancel))
        {
            await journal.Decide(
                async reading => rule.Decide(await reading.Stream<TState>(stream), account, clock.GetUtcNow()).At(stream),
                cancel: cancel
            );
            await masking.Mask(stream, rule.Masked, account, cancel);
        }
    }

    private string[] NamesOf(Type[] events) =>
        [.. store.Options.Events.AllKnownEventTypes().Where(t => events.Contains(t.EventType)).Select(t => t.EventTypeName)];

    /// <summary>The whole log is read; it is rare, and changes nothing.</summary>
    private async Task<IReadOnlyList<Guid>> Streams(Guid account, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var patience = new NpgsqlCommand(ForgetId.Patience, connection, transaction))
            await patience.ExecuteNonQueryAsync(cancel);
        await using var query = new NpgsqlCommand(
            $"""
            select distinct stream_id from {store.Options.DatabaseSchemaName}.mt_events
            where type = any($2) and data::text like '%' || $1 || '%'
            """,
            connection,
            transaction
        )
        {
            Parameters =
            {
                new() { Value = account.ToString() },
                new() { Value = NamesOf(rule.Masked) },
            },
        };
        await using var rows = await query.ExecuteReaderAsync(cancel);
        var streams = new List<Guid>();
        while (await rows.ReadAsync(cancel))
            streams.Add(rows.GetGuid(0));
        return streams;
    }
}

public static class ForgetNames
{
    /// <param name="decide">What becomes of a state that names the account.</param>
    /// <param name="masked">The events that hold the name beside the account's id; each has a rule of masking.</param>
    public static void ForgetsNames<TState>(
        this IHostApplicationBuilder builder,
        Func<TState?, Guid, DateTimeOffset, Decision> decide,
        params Type[] masked
    )
        where TState : class
    {
        builder.Services.AddSingleton(new ForgetNames<TState>.Rule(decide, masked));
        builder.Services.AddSingleton<IForgetBesideId, ForgetNames<TState>>();
    }
}
