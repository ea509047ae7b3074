using System.Diagnostics.Metrics;

namespace Stages.ServiceDefaults;

/// <summary>
/// How far telling the others is behind what was written down: events not told yet, and how long ago the first of them happened. Zero and
/// zero where all is told. Each copy says the same, whichever of them tells.
/// </summary>
public sealed class OutboxLag : RegularWork
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly Meter meter = new("Stages.Events");
    private readonly NpgsqlDataSource database;
    private readonly string question;

    public OutboxLag(IDocumentStore store, NpgsqlDataSource database, TimeProvider clock, ILogger<OutboxLag> logger)
        : base("How far the outbox is behind is measured", Every, clock, logger)
    {
        var schema = store.Options.DatabaseSchemaName;
        this.database = database;
        question = $"""
            with told as (
              select coalesce(max(last_seq_id), 0) as upto from {schema}.mt_event_progression where starts_with(name, 'outbox:'))
            select count(*), coalesce(extract(epoch from clock_timestamp() - min(e.timestamp)), 0)::float8
            from (select e.timestamp from {schema}.mt_events e, told where e.seq_id > told.upto order by e.seq_id limit 100000) e
            """;
        meter.CreateObservableGauge("stages.outbox.untold", () => Now.Events, description: "Events that others are still to be told");
        meter.CreateObservableGauge("stages.outbox.lag", () => Now.Seconds, "s", "Since when the first of them waits");
    }

    /// <summary>As it was measured some seconds ago.</summary>
    public (long Events, double Seconds) Now { get; private set; }

    public override async Task Run(CancellationToken cancel)
    {
        await using var command = database.CreateCommand(question);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        Now = (reader.GetInt64(0), reader.GetDouble(1));
    }

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }
}
