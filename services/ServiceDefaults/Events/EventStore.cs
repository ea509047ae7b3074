using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using Marten.Services;
using Weasel.Core;

namespace Stages.ServiceDefaults;

/// <summary>PostgreSQL through Marten, set so that nothing is skipped and several copies can run.</summary>
public static class EventStore
{
    /// <summary>No statement of ours, and no pause between two in one transaction, is longer: nothing is committed minutes later.</summary>
    private static readonly TimeSpan LongestStatement = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The daemon takes a gap in the log's numbers for an aborted transaction after this, and goes on: publishing stands still that
    /// long whenever a race was lost. <see cref="LateEvents"/> publishes what is committed into the gap after all.
    /// </summary>
    private static readonly TimeSpan GapIsPassed = TimeSpan.FromSeconds(3);

    public static IHostApplicationBuilder AddEventStore(
        this IHostApplicationBuilder builder,
        string schema,
        Action<StoreOptions> configure,
        ToContracts? toContracts
    )
    {
        var access = DatabaseAccess.Read(builder.Configuration, schema);
        var connection = new NpgsqlConnectionStringBuilder(access.Own)
        {
            ApplicationName = $"stages-{schema}",
            Options =
                $"-c statement_timeout={(int)LongestStatement.TotalMilliseconds} "
                + $"-c idle_in_transaction_session_timeout={(int)LongestStatement.TotalMilliseconds} "
                + $"-c {NameSearch.Setting}",
            KeepAlive = 10,
            // The same few statements all day: planned once a connection instead of each time.
            MaxAutoPrepare = 60,
            AutoPrepareMinUsages = 3,
        };
        if (!connection.ContainsKey("Maximum Pool Size") || connection.MaxPoolSize == 100)
            connection.MaxPoolSize = 30;
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connection.ConnectionString));

        // The first of all that starts with the service.
        builder.Services.AddSingleton(access);
        builder.Services.AddSingleton(services =>
            ActivatorUtilities.CreateInstance<SchemaChanges>(services, (NpgsqlDataSource database) => Options(services, database))
        );
        builder.Services.AddHostedService(services => services.GetRequiredService<SchemaChanges>());

        var marten = builder
            .Services.AddMarten(services => Options(services, services.GetRequiredService<NpgsqlDataSource>()))
            .UseLightweightSessions()
            .AddAsyncDaemon(DaemonMode.HotCold);

        StoreOptions Options(IServiceProvider services, NpgsqlDataSource database)
        {
            var options = new StoreOptions();
            options.Connection(database);
            options.DatabaseSchemaName = schema;
            // Made at the start, by whom they belong to; nobody who asks for something new makes a table in passing.
            options.AutoCreateSchemaObjects = access.IsSeparate ? AutoCreate.None : AutoCreate.CreateOrUpdate;
            options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
            options.Events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
            options.Events.TimeProvider = services.GetRequiredService<TimeProvider>();
            options.Events.UseIdentityMapForAggregates = true;
            options.Events.UseAdvisoryLockTransaction = true;
            options.Events.UseListenNotifyForEventAppends = true;
            // Notes which gaps were passed.
            options.Events.EnableAdvancedAsyncTracking = true;
            options.Projections.Errors.SkipApplyErrors = false;
            options.Projections.Errors.SkipSerializationErrors = false;
            options.Projections.Errors.SkipUnknownEvents = false;
            options.Projections.RebuildErrors.SkipApplyErrors = false;
            options.Projections.RebuildErrors.SkipSerializationErrors = false;
            options.Projections.RebuildErrors.SkipUnknownEvents = false;
            options.Projections.StaleSequenceThreshold = GapIsPassed;
            // The sessions with which the daemons of the other services hold their locks are transactions open for as long as these
            // run: Marten would take them for writers that may still fill the gap, and wait for ever.
            options.Projections.SkipStaleGapsDespiteLiveTransactionsAfter = GapIsPassed;
            options.Projections.LeadershipPollingTime = 1000;
            options.Schema.For<AnsweredRequest>().Index(x => x.At);
            options.Schema.For<ConsumedMessage>().Index(x => x.At);
            options.Schema.For<MaskingOwed>();
            options.Schema.For<ForgetOwed>();
            options.Schema.For<Forgotten>();
            ParkedMessages.AddTo(options);
            configure(options);
            return options;
        }

        builder.AddAudit(schema);

        if (toContracts is not null)
        {
            builder.Services.AddSingleton(toContracts);
            builder.Services.AddSingleton<Publisher>();
            builder.Services.AddHostedService<LateEvents>();
            if (Observing.IsWanted(builder.Configuration))
                builder.Services.AddHostedService<OutboxLag>();
            marten.AddSubscriptionWithServices<Outbox>(
                ServiceLifetime.Singleton,
                o =>
                {
                    o.Name = "outbox";
                    // The next page is read only when the last one is confirmed: a page's price (confirmations, the mark's own commit) is
                    // the same for ten events and for a thousand, so under load the pages grow instead of queueing up.
                    o.Options.MaximumHopperSize = 1;
                    o.Options.BatchSize = 1000;
                }
            );
        }

        builder.Services.AddSingleton<GroupCommit>();
        builder.Services.AddHostedService(s => s.GetRequiredService<GroupCommit>());
        builder.Services.AddSingleton<Journal>();
        builder.Services.AddSingleton<LogMasking>();
        builder.Services.AddSingleton<Leftovers>();
        builder.Services.AddSingleton<ForgetId>();
        builder.AddRetention();
        builder.Services.AddSingleton(
            builder.Configuration.GetValue<TimeSpan?>("Messages:Patience") is { } limit ? new Patience(limit) : Patience.Usual
        );
        builder.Services.AddSingleton<ParkedMessages>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseReady>("postgres", tags: ["ready"]);
        return builder;
    }
}
