using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Npgsql;
using RabbitMQ.Client.Exceptions;
using Stages.Testing;

namespace Stages.Enrolments.Tests;

/// <summary>A service whose servers are reached by TLS: it works, in seal with both, and believes no other authority or name.</summary>
public sealed class TlsTests(TlsServers servers) : IClassFixture<TlsServers>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_service_speaks_with_its_servers_under_a_private_authority()
    {
        await using var realm = await TestRealm.Create();
        var ours = servers.Authority("ours");
        var database = $"{servers.Postgres};Root Certificate={ours}";
        var settings = new Dictionary<string, string>(realm.Settings, StringComparer.Ordinal)
        {
            ["ConnectionStrings:Enrolment"] = database,
            ["ConnectionStrings:PostgresOwner"] = database,
            ["ConnectionStrings:enrolmentBroker"] = servers.RabbitMq,
            ["ConnectionStrings:RabbitMqOwner"] = servers.RabbitMq,
            ["SSL_CERT_FILE"] = ours,
        };
        await using var enrolment = new ServiceProcess("services/Enrolment", "Stages.Enrolments", settings);
        enrolment.Start();
        await enrolment.Ready(TimeSpan.FromSeconds(180));

        // The bus and the queue of parked messages: both connections.
        using var pages = new HttpClient { BaseAddress = servers.Pages };
        pages.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"stages:{servers.Password}"))
        );
        var connections = await Eventually.Is(
            async () => (await pages.GetFromJsonAsync<JsonElement[]>("/api/connections", Cancel))!,
            all => all.Length >= 2,
            TimeSpan.FromSeconds(60),
            "connections to the broker"
        );
        connections.ShouldAllBe(c => c.GetProperty("ssl").GetBoolean());

        await using var own = NpgsqlDataSource.Create(database);
        await using var asked = own.CreateCommand(
            "select count(*), bool_and(s.ssl) from pg_stat_ssl s join pg_stat_activity a using (pid) where a.client_port is not null"
        );
        await using var row = await asked.ExecuteReaderAsync(Cancel);
        await row.ReadAsync(Cancel);
        row.GetInt64(0).ShouldBeGreaterThan(1);
        row.GetBoolean(1).ShouldBeTrue();
    }

    [Theory]
    [InlineData("other", "localhost")]
    [InlineData("ours", "127.0.0.1")]
    public async Task no_other_authority_is_believed_and_no_other_name_by_the_database(string authority, string host)
    {
        var there = new NpgsqlConnectionStringBuilder(servers.Postgres) { Host = host, RootCertificate = servers.Authority(authority) };
        await using var database = NpgsqlDataSource.Create(there.ConnectionString);
        await Should.ThrowAsync<NpgsqlException>(async () => await database.OpenConnectionAsync(Cancel));
    }

    /// <summary>This process trusts the machine's authorities, of which the private one is none.</summary>
    [Fact]
    public async Task an_authority_that_the_machine_does_not_know_is_not_believed_by_the_broker() =>
        await Should.ThrowAsync<BrokerUnreachableException>(
            BrokerConnection.Factory(new Uri(servers.RabbitMq), "stranger").CreateConnectionAsync(Cancel)
        );

    [Fact]
    public void the_certificate_must_have_the_brokers_name()
    {
        var ssl = BrokerConnection.Factory(new Uri("amqps://stages:secret@stages-rabbitmq/"), "any").Ssl;
        ssl.Enabled.ShouldBeTrue();
        ssl.ServerName.ShouldBe("stages-rabbitmq");
        ssl.AcceptablePolicyErrors.ShouldBe(System.Net.Security.SslPolicyErrors.None);
        BrokerConnection.Factory(new Uri("amqp://stages-rabbitmq/"), "any").Ssl.Enabled.ShouldBeFalse();
    }
}
