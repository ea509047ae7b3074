[assembly: AssemblyFixture(typeof(Stages.Notifications.Tests.NotificationService))]

namespace Stages.Notifications.Tests;

/// <summary>The Notification service on real servers, a real mail server included.</summary>
public sealed class NotificationService : ServiceUnderTest<Program>
{
    public MailServer Mailbox { get; } = new();

    public Guid Campaign { get; } = Some.Id();

    protected override IEnumerable<KeyValuePair<string, string>> ExtraSettings =>
        Settings(Mailbox).Append(new("Notifications:GatherSeconds", "2"));

    public static Dictionary<string, string> Settings(MailServer mailbox) =>
        new(StringComparer.Ordinal)
        {
            ["Smtp:Host"] = "127.0.0.1",
            ["Smtp:Port"] = mailbox.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            // Half the usual limit makes half the lease, which the test of kills waits for; a busy machine still answers within it.
            ["Smtp:TimeoutSeconds"] = "10",
            ["Services:Portal"] = "https://stages.example.org",
            ["Alarms:To"] = "coordination@example.org",
        };

    /// <summary>Starts the mail server and tells the service of the campaign, once.</summary>
    public Task Ready
    {
        get
        {
            lock (Mailbox)
                return ready ??= Prepare();
        }
    }

    private Task? ready;

    private async Task Prepare()
    {
        await Mailbox.Start();
        await Mailbox.Probe(Campaign, Publish, Publish);
    }

    /// <summary>The service is ready with its database; its queue comes a moment later.</summary>
    public async Task<T> Say<T>(T message, Guid? messageId = null)
        where T : class
    {
        await Ready;
        await Publish(message, messageId);
        return message;
    }

    /// <summary>Somebody signed in with the address: the Portal says so.</summary>
    public async Task SignedIn(params string[] emails)
    {
        using var portal = Client("service", "portal@example.org");
        foreach (var email in emails)
            (await portal.PostAsJsonAsync("/internal/addresses/proven", new ProvenAddress(email))).EnsureSuccessStatusCode();
    }

    public static System.Text.Json.JsonSerializerOptions Json { get; } =
        ServiceHost.Configure(new(System.Text.Json.JsonSerializerDefaults.Web));

    /// <summary>Waits until the log shows a delivery to this address in this state.</summary>
    public async Task<Log.LoggedDelivery> LogHas(
        HttpClient coordinator,
        string email,
        string status,
        Func<Log.LoggedDelivery, bool>? and = null
    )
    {
        var page = await Eventually.Is(
            async () => (await coordinator.GetFromJsonAsync<Page<Log.LoggedDelivery>>($"/api/notifications?email={email}", Json))!.Items,
            items => items.Any(d => d.Status == status && (and?.Invoke(d) ?? true)),
            condition: $"{status} to {email}"
        );
        return page.First(d => d.Status == status && (and?.Invoke(d) ?? true));
    }

    /// <summary>As if the address had never been asked about.</summary>
    public async Task Forget(Guid address)
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(Realm.Postgres);
        await using var command = database.CreateCommand("delete from notification.mt_doc_knownaddress where id = $1");
        command.Parameters.Add(new() { Value = address });
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    /// <summary>What the table keeps of the words of each delivery to this address.</summary>
    public async Task<IReadOnlyList<string?>> Notices(string email)
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(Realm.Postgres);
        await using var command = database.CreateCommand("select notice from notification.deliveries where recipient_hash = $1");
        command.Parameters.Add(new() { Value = Deliveries.Trace.Hash(email) });
        await using var rows = await command.ExecuteReaderAsync();
        var notices = new List<string?>();
        while (await rows.ReadAsync())
            notices.Add(rows.IsDBNull(0) ? null : rows.GetString(0));
        return notices;
    }

    /// <summary>
    /// Waits until everything said so far has been consumed: a last message is said, which can only be answered after those before
    /// it have at least been begun, and the log has nothing left that is due.
    /// </summary>
    public async Task Settled()
    {
        var last = $"last-{Some.Id():N}@settled.example";
        await Publish(Some.Acknowledged(Campaign, Some.Id(), Some.Guardian(last)));
        await Mailbox.Gets(last);
    }
}
