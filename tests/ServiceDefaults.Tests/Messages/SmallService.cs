using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Stages.ServiceDefaults.Tests.Messages;

/// <summary>
/// A service of a few lines on real servers: it learns keys, and says words that build upon them. Copies of it share one queue.
/// </summary>
public sealed class SmallService : IAsyncDisposable
{
    public const string Queue = "small";

    private readonly List<IHost> copies = [];
    private readonly IConnection connection;
    private readonly IBusControl bus;
    private readonly Dictionary<string, string?> settings;

    private SmallService(TestRealm realm, IConnection connection, IBusControl bus, Detour detour, Dictionary<string, string?> settings) =>
        (Realm, this.connection, this.bus, Detour, this.settings) = (realm, connection, bus, detour, settings);

    public TestRealm Realm { get; }

    /// <summary>Its way to the database.</summary>
    public Detour Detour { get; }

    /// <summary>How often each message was tried, by its id.</summary>
    public Trials Trials { get; } = new();

    public IDocumentStore Store => copies[0].Services.GetRequiredService<IDocumentStore>();

    public Journal Journal => copies[0].Services.GetRequiredService<Journal>();

    public static async Task<SmallService> Start(TimeSpan? patience = null, TimeSpan? retention = null)
    {
        var place = await TestRealm.Create();
        var postgres = new NpgsqlConnectionStringBuilder(place.Postgres);
        var detour = new Detour(postgres.Host!, postgres.Port);
        (postgres.Host, postgres.Port) = ("127.0.0.1", detour.Port);
        var configuration = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Postgres"] = postgres.ConnectionString,
            ["ConnectionStrings:RabbitMq"] = place.RabbitMq,
            ["Messages:Patience"] = patience?.ToString(),
            ["Retention:Every"] = retention?.ToString(),
        };
        var sender = MassTransit.Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(new Uri(place.RabbitMq)));
        await sender.StartAsync();
        var factory = new ConnectionFactory { Uri = new Uri(place.RabbitMq) };
        return new SmallService(place, await factory.CreateConnectionAsync(), sender, detour, configuration);
    }

    /// <param name="consumers">What this version of it reads.</param>
    public async Task<IHost> StartCopy(params Type[] consumers)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Test" });
        foreach (var (key, value) in settings)
            builder.Configuration[key] = value;
        builder.Logging.ClearProviders();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Trials);
        builder.AddEventStore(
            "small",
            store =>
            {
                store.Schema.For<Said>().Index(s => s.MessageId);
                store.Schema.For<Tally>().UseOptimisticConcurrency(true);
                store.Projections.Snapshot<Whom>(SnapshotLifecycle.Inline);
            },
            toContracts: null
        );
        builder.AddBus(Queue, consumers);
        var copy = builder.Build();
        await copy.StartAsync();
        await copy.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(60));
        copies.Add(copy);
        return copy;
    }

    /// <summary>Sends a message to its queue; returns the message's id.</summary>
    public async Task<Guid> Send<T>(T message)
        where T : class
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var endpoint = await bus.GetSendEndpoint(new Uri("exchange:" + Queue));
        await endpoint.Send(message, context => context.MessageId = id);
        return id;
    }

    /// <summary>Puts bytes into its queue that no bus of ours would send.</summary>
    public async Task SendRaw(string body, Guid id)
    {
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var properties = new BasicProperties { MessageId = id.ToString(), ContentType = "application/vnd.masstransit+json" };
        await channel.BasicPublishAsync("", Queue, true, properties, System.Text.Encoding.UTF8.GetBytes(body));
    }

    /// <summary>The messages in a queue, with their headers; they stay there.</summary>
    public async Task<IReadOnlyList<(string? Id, IReadOnlyDictionary<string, string> Headers)>> In(string queue)
    {
        // An error queue that is just being made ends the connection of who asks for it.
        await using var looking = await new ConnectionFactory { Uri = new Uri(Realm.RabbitMq) }.CreateConnectionAsync();
        await using var channel = await looking.CreateChannelAsync();
        var found = new List<(string?, IReadOnlyDictionary<string, string>)>();
        try
        {
            while (await channel.BasicGetAsync(queue, autoAck: false) is { } got)
                found.Add((got.BasicProperties.MessageId, Texts(got.BasicProperties.Headers)));
        }
        catch (OperationInterruptedException e)
        {
            throw new InvalidOperationException(e.Message, e);
        }
        return found;
    }

    private static Dictionary<string, string> Texts(IDictionary<string, object?>? headers) =>
        (headers ?? new Dictionary<string, object?>(StringComparer.Ordinal))
            .Where(h => h.Value is byte[])
            .ToDictionary(h => h.Key, h => System.Text.Encoding.UTF8.GetString((byte[])h.Value!), StringComparer.Ordinal);

    /// <summary>Waits until the error queue has this message; returns why.</summary>
    public async Task<string> Failed(Guid id)
    {
        var failed = await Eventually.Is(
            async () => await In(OwnQueue.ErrorsOf(Queue)),
            all => all.Any(m => m.Id == id.ToString()),
            condition: $"{id} in the error queue"
        );
        return failed.Single(m => m.Id == id.ToString()).Headers.GetValueOrDefault("MT-Fault-Message", "");
    }

    public async Task<long> FailedCount()
    {
        await using var queue = new OwnQueue(new Uri(Realm.RabbitMq), Queue, []);
        return await queue.Failed(CancellationToken.None);
    }

    public async Task<IReadOnlyList<Said>> Effects()
    {
        await using var session = Store.QuerySession();
        return await session.Query<Said>().ToListAsync();
    }

    /// <summary>What is parked, as id and what it waits for.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> Parked()
    {
        await using var connecting = new NpgsqlConnection(Realm.Postgres);
        await connecting.OpenAsync();
        await using var command = new NpgsqlCommand("select id, waits_for from small.parked_messages", connecting);
        await using var rows = await command.ExecuteReaderAsync();
        var parked = new Dictionary<Guid, string>();
        while (await rows.ReadAsync())
            parked[rows.GetGuid(0)] = rows.GetString(1);
        return parked;
    }

    public async Task<HealthReport> Health() => await copies[0].Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    /// <summary>What runs so far ends; another version may be started.</summary>
    public async Task StopCopies()
    {
        foreach (var copy in copies)
        {
            await copy.StopAsync();
            copy.Dispose();
        }
        copies.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await StopCopies();
        await bus.StopAsync();
        await connection.DisposeAsync();
        await Detour.DisposeAsync();
        await Realm.DisposeAsync();
    }
}
