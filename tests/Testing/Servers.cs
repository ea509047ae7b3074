using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace Stages.Testing;

/// <summary>
/// The real PostgreSQL and RabbitMQ that tests share. Taken from the environment (<c>STAGES_TEST_POSTGRES</c>,
/// <c>STAGES_TEST_RABBITMQ</c>, <c>STAGES_TEST_RABBITMQ_MANAGEMENT</c>; <c>tests/run</c> starts one pair for all projects), else started
/// by <c>infra/servers</c> and stopped with this process.
/// </summary>
public sealed class Servers
{
    private static readonly Lazy<Task<Servers>> Started = new(Start);

    private Servers(string postgres, string rabbitMq, string management) =>
        (Postgres, RabbitMq, Management) = (postgres, rabbitMq, management);

    public string Postgres { get; }

    public string RabbitMq { get; }

    public string Management { get; }

    public static Task<Servers> Shared => Started.Value;

    /// <summary>The checkout's root.</summary>
    public static string Checkout { get; } = FindCheckout();

    /// <summary>A database of its own; returns its connection string.</summary>
    public async Task<string> CreateDatabase(string name)
    {
        await using var connection = new NpgsqlConnection(Postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"create database \"{name}\"", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(Postgres) { Database = name }.ConnectionString;
    }

    public async Task DropDatabase(string name)
    {
        NpgsqlConnection.ClearAllPools();
        await using var connection = new NpgsqlConnection(Postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"drop database if exists \"{name}\" with (force)", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A role for each service, with no right to anything yet; returns their connection strings.</summary>
    public async Task<IReadOnlyDictionary<string, string>> CreateRoles(string database, IReadOnlyList<string> services)
    {
        await Run(string.Concat(services.Select(s => $"create role \"{RoleOf(database, s)}\" login password '{database}';")));
        return services.ToDictionary(
            s => s,
            s =>
                new NpgsqlConnectionStringBuilder(Postgres)
                {
                    Database = database,
                    Username = RoleOf(database, s),
                    Password = database,
                }.ConnectionString,
            StringComparer.Ordinal
        );
    }

    public Task DropRoles(string database, IReadOnlyList<string> services) =>
        Run(string.Concat(services.Select(s => $"drop role if exists \"{RoleOf(database, s)}\";")));

    private static string RoleOf(string database, string service) => $"{database}_{service.ToLowerInvariant()}";

    private async Task Run(string sql)
    {
        await using var connection = new NpgsqlConnection(Postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A virtual host of its own; returns its address.</summary>
    public async Task<string> CreateVirtualHost(string name)
    {
        using var http = ManagementClient();
        (await http.PutAsync($"/api/vhosts/{name}", null)).EnsureSuccessStatusCode();
        var user = new Uri(RabbitMq).UserInfo.Split(':')[0];
        (
            await http.PutAsJsonAsync(
                $"/api/permissions/{name}/{user}",
                new
                {
                    configure = ".*",
                    write = ".*",
                    read = ".*",
                }
            )
        ).EnsureSuccessStatusCode();
        return new UriBuilder(RabbitMq) { Path = name }.Uri.ToString();
    }

    public async Task DeleteVirtualHost(string name)
    {
        using var http = ManagementClient();
        await http.DeleteAsync($"/api/vhosts/{name}");
        foreach (var account in BrokerRights.All)
            await http.DeleteAsync($"/api/users/{name}_{account.Name}");
    }

    /// <summary>An account for each service that reads, with its rights in a virtual host and no others; returns their addresses.</summary>
    public async Task<IReadOnlyDictionary<string, string>> CreateBrokerAccounts(string host)
    {
        using var http = ManagementClient();
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var account in BrokerRights.All)
        {
            var user = $"{host}_{account.Name}";
            (await http.PutAsJsonAsync($"/api/users/{user}", new { password = host, tags = "" })).EnsureSuccessStatusCode();
            var rights = new
            {
                configure = account.Writes,
                write = account.Writes,
                read = account.Reads,
            };
            (await http.PutAsJsonAsync($"/api/permissions/{host}/{user}", rights)).EnsureSuccessStatusCode();
            addresses[account.Name] = new UriBuilder(RabbitMq)
            {
                Path = host,
                UserName = user,
                Password = host,
            }.Uri.ToString();
        }
        return addresses;
    }

    /// <summary>What lies in the queues of a virtual host; it is given back.</summary>
    public async Task<IReadOnlyList<(string Queue, string Body)>> Messages(string name)
    {
        using var http = ManagementClient();
        var bodies = new List<(string, string)>();
        foreach (var queue in await http.GetFromJsonAsync<JsonElement[]>($"/api/queues/{name}") ?? [])
        {
            // A connection's own, for answers: nobody else may look into it, and it ends with the connection.
            if (queue.TryGetProperty("owner_pid_details", out _) || queue.GetProperty("exclusive").GetBoolean())
                continue;
            var called = queue.GetProperty("name").GetString()!;
            using var answer = await http.PostAsJsonAsync(
                $"/api/queues/{name}/{Uri.EscapeDataString(called)}/get",
                new
                {
                    count = 10_000,
                    ackmode = "ack_requeue_true",
                    encoding = "auto",
                }
            );
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException($"Queue {called}: {await answer.Content.ReadAsStringAsync()}");
            foreach (var message in await answer.Content.ReadFromJsonAsync<JsonElement[]>() ?? [])
                bodies.Add((called, message.GetProperty("payload").GetString() ?? ""));
        }
        return bodies;
    }

    private HttpClient ManagementClient()
    {
        var http = new HttpClient { BaseAddress = new Uri(Management) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(new Uri(RabbitMq).UserInfo)))
        );
        return http;
    }

    private static async Task<Servers> Start()
    {
        if (
            Environment.GetEnvironmentVariable("STAGES_TEST_POSTGRES") is { Length: > 0 } postgres
            && Environment.GetEnvironmentVariable("STAGES_TEST_RABBITMQ") is { Length: > 0 } rabbit
            && Environment.GetEnvironmentVariable("STAGES_TEST_RABBITMQ_MANAGEMENT") is { Length: > 0 } management
        )
            return new Servers(postgres, rabbit, management);

        var folder = Path.Combine(
            Checkout,
            ".data",
            "tests",
            Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo(
            Path.Combine(Checkout, "infra", "servers"),
            [
                "start",
                folder,
                "--with-parent",
                Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture),
                "--temporary",
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await process.StandardOutput.ReadLineAsync() is { } line && settings.Count < 5)
        {
            var parts = line.Split('=', 2);
            if (parts.Length == 2)
                settings[parts[0]] = parts[1];
            if (settings.Count == 5)
                break;
        }
        if (
            !settings.TryGetValue("POSTGRES", out var pg)
            || !settings.TryGetValue("RABBITMQ", out var mq)
            || !settings.TryGetValue("RABBITMQ_MANAGEMENT", out var mgmt)
        )
            throw new InvalidOperationException("infra/servers did not start: " + await errors);
        return new Servers(pg, mq, mgmt);
    }

    private static string FindCheckout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Stages.sln")))
                return folder.FullName;
        throw new InvalidOperationException("Stages.sln is above no folder of this test.");
    }
}
