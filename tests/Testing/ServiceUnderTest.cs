using System.Collections.Concurrent;
using MassTransit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Stages.Contracts;
using Xunit;

namespace Stages.Testing;

/// <summary>
/// The real <c>Program</c> of a service on a realm of its own, with a bus beside it to say what other services would say and to
/// hear what this one says. Derive a fixture for each service: <c>class EnrolmentService() : ServiceUnderTest&lt;Program&gt;</c>.
/// </summary>
public abstract class ServiceUnderTest<TProgram> : IAsyncLifetime
    where TProgram : class
{
    private readonly ConcurrentQueue<object> heard = new();
    private readonly List<WebApplicationFactory<TProgram>> copies = [];
    private IBusControl? bus;

    public TestRealm Realm { get; private set; } = null!;

    public IServiceProvider Services => copies[0].Services;

    /// <summary>How many copies run.</summary>
    public int Copies => copies.Count;

    /// <summary>Its name, for which its callers' tokens are: that of the folder in which its program is.</summary>
    private static string Service =>
        typeof(TProgram).Assembly.GetName().Name switch
        {
            "Stages.Enrolments" => "enrolment",
            "Stages.Scheduling" => "scheduling",
            "Stages.Notifications" => "notification",
            "Stages.Classrooms" => "classroom",
            _ => "portal",
        };

    /// <summary>Further configuration of the service.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string>> ExtraSettings => [];

    /// <summary>Under which the service runs: <c>Test</c>, or <c>Production</c> for what differs there.</summary>
    protected virtual string Environment => "Test";

    /// <summary>Where its clients find it.</summary>
    protected virtual Uri Address => new("http://localhost");

    /// <summary>Of its tokens; see <see cref="TestRealm.Create"/>.</summary>
    protected virtual string? Issuer => null;

    /// <summary>Replaces services, such as the clock.</summary>
    protected virtual void ConfigureServices(IServiceCollection services) { }

    public async ValueTask InitializeAsync()
    {
        Realm = await TestRealm.Create(Issuer);
        Realm.Service = Service;
        bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(new Uri(Realm.RabbitMq));
            rabbit.ReceiveEndpoint(
                "heard",
                endpoint =>
                {
                    foreach (var message in Topology.Readers.Values.SelectMany(m => m).Distinct())
                        typeof(ServiceUnderTest<TProgram>)
                            .GetMethod(nameof(Hear), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
                            .MakeGenericMethod(message)
                            .Invoke(this, [endpoint]);
                }
            );
        });
        await bus.StartAsync();
        await StartCopy();
    }

    /// <summary>Starts a further copy of the service on the same realm.</summary>
    public async Task<WebApplicationFactory<TProgram>> StartCopy()
    {
        var factory = new WebApplicationFactory<TProgram>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment(Environment);
            foreach (var (key, value) in Realm.Settings.Concat(ExtraSettings))
                host.UseSetting(key, value);
            host.ConfigureTestServices(ConfigureServices);
        });
        factory.ClientOptions.BaseAddress = Address;
        using var client = factory.CreateClient();
        await Eventually.True(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode);
        copies.Add(factory);
        return factory;
    }

    /// <summary>A client that carries a token of this role, or none.</summary>
    public HttpClient Client(string? role = null, string email = "someone@example.org", string? territory = null, int copy = 0)
    {
        var client = copies[copy].CreateClient();
        if (role is not null)
            client.DefaultRequestHeaders.Authorization = Realm.Bearer(role, email, territory);
        return client;
    }

    /// <summary>A client that follows no redirection and keeps no cookie.</summary>
    public HttpClient Direct(int copy = 0) =>
        copies[copy]
            .CreateClient(
                new WebApplicationFactoryClientOptions
                {
                    AllowAutoRedirect = false,
                    HandleCookies = false,
                    BaseAddress = Address,
                }
            );

    /// <summary>Says to the service what another would; <paramref name="messageId"/> given twice is one message delivered twice.</summary>
    public Task Publish<T>(T message, Guid? messageId = null)
        where T : class =>
        bus!.Publish(message, context => context.MessageId = messageId ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));

    /// <summary>
    /// Puts twenty messages of a type that this version does not know before one of ours, and waits until that one has been taken,
    /// within ten seconds, and the twenty lie where a version that knows them finds them.
    /// </summary>
    /// <param name="service">Its name in <see cref="Topology"/>: queue and schema.</param>
    public async Task TakesWhatIsBehindUnknown<T>(string service, T message)
        where T : class
    {
        var queue = await bus!.GetSendEndpoint(new Uri("exchange:" + service));
        for (var i = 0; i < 20; i++)
            await queue.Send(new SaidTomorrow($"word {i}"));
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await Publish(message, id);
        await using var database = NpgsqlDataSource.Create(Realm.Postgres);
        var (taken, parked) = ($"select count(*) from {service}.mt_doc_consumedmessage where id = '{id}'", ParkedIn(service));
        await Eventually.Is(() => Count(database, taken), count => count == 1, TimeSpan.FromSeconds(10), "what is behind is taken");
        await Eventually.Is(() => Count(database, parked), count => count == 20);
    }

    private static string ParkedIn(string service) =>
        $"select count(*) from {service}.parked_messages where waits_for like 'type:%{nameof(SaidTomorrow)}'";

    private static async Task<long> Count(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Messages of a kind that the service has said so far.</summary>
    public IReadOnlyList<T> Heard<T>() => [.. heard.OfType<T>()];

    /// <summary>Waits until the service has said a message that satisfies the condition.</summary>
    public async Task<T> Hears<T>(Func<T, bool> condition) =>
        (await Eventually.Is(() => Task.FromResult(Heard<T>().FirstOrDefault(condition)), message => message is not null))!;

    public async ValueTask DisposeAsync()
    {
        foreach (var copy in copies)
            await copy.DisposeAsync();
        if (bus is not null)
            await bus.StopAsync();
        await Realm.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private void Hear<T>(IReceiveEndpointConfigurator endpoint)
        where T : class =>
        endpoint.Handler<T>(context =>
        {
            heard.Enqueue(context.Message);
            return Task.CompletedTask;
        });
}

/// <summary>What a publisher of tomorrow says.</summary>
public sealed record SaidTomorrow(string Word);
