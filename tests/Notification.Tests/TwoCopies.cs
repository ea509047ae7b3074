using MassTransit;

namespace Stages.Notifications.Tests;

/// <summary>
/// Two copies of the service as processes of their own, on one database and one queue, with a mail server that can be stopped.
/// </summary>
public sealed class TwoCopies : IAsyncLifetime
{
    private IBusControl bus = null!;
    private TestRealm realm = null!;

    public MailServer Mailbox { get; } = new();

    public ServiceProcess A { get; private set; } = null!;

    public ServiceProcess B { get; private set; } = null!;

    public Guid Campaign { get; } = Some.Id();

    public async ValueTask InitializeAsync()
    {
        realm = await TestRealm.Create();
        bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(new Uri(realm.RabbitMq)));
        await bus.StartAsync();
        await Mailbox.Start();
        var settings = realm.Settings.Concat(NotificationService.Settings(Mailbox)).ToList();
        (A, B) = (New(settings), New(settings));
        A.Start();
        await A.Ready();
        B.Start();
        await B.Ready();
        await Mailbox.Probe(Campaign, Publish, Publish);
    }

    private static ServiceProcess New(IEnumerable<KeyValuePair<string, string>> settings) =>
        new("services/Notification", "Stages.Notifications", settings, Directory.CreateTempSubdirectory("stages-log-").FullName);

    public Task Publish<T>(T message, Guid? messageId = null)
        where T : class => bus.Publish(message, context => context.MessageId = messageId ?? Some.Id());

    public async Task<Log.DeliverySummary> Summary(Guid? campaign = null)
    {
        using var http = new HttpClient { BaseAddress = B.Address };
        http.DefaultRequestHeaders.Authorization = realm.Bearer("admin", "admin@example.org", service: "notification");
        return (
            await http.GetFromJsonAsync<Log.DeliverySummary>(
                $"/api/notifications/summary?campaign={campaign ?? Campaign}",
                NotificationService.Json
            )
        )!;
    }

    /// <summary>Publishes acknowledgements of new enrolments of one family each; returns their addresses.</summary>
    public async Task<IReadOnlyList<string>> Acknowledge(int count, string domain)
    {
        var addresses = Enumerable.Range(0, count).Select(i => $"family-{i}@{domain}").ToList();
        await Parallel.ForEachAsync(
            addresses,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (address, _) => await Publish(Some.Acknowledged(Campaign, Some.Id(), Some.Guardian(address)))
        );
        return addresses;
    }

    /// <summary>How many mails each address of a domain has.</summary>
    public IReadOnlyDictionary<string, int> Mails(string domain) =>
        Mailbox
            .Mails.Select(m => m.Headers["Delivered-To"]!)
            .Where(to => to.EndsWith("@" + domain, StringComparison.Ordinal))
            .GroupBy(to => to, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    /// <summary>Waits until every address has a mail and nothing waits any more.</summary>
    public async Task<IReadOnlyDictionary<string, int>> AllTold(string domain, int count)
    {
        await Eventually.Is(
            () => Task.FromResult(Mails(domain).Count),
            told => told == count,
            TimeSpan.FromMinutes(3),
            $"{count} addresses of {domain} told"
        );
        await Eventually.Is(() => Summary(), s => s.Pending == 0);
        return Mails(domain);
    }

    public async ValueTask DisposeAsync()
    {
        await A.DisposeAsync();
        await B.DisposeAsync();
        await bus.StopAsync();
        await Mailbox.DisposeAsync();
        await realm.DisposeAsync();
    }
}
