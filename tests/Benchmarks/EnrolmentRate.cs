using System.Globalization;
using Npgsql;
using Stages.Testing;

namespace Stages.Benchmarks;

/// <summary>
/// Durable enrolments accepted a second over HTTP at 64 connections, beside what PostgreSQL itself does with the same number of
/// durable rows a transaction (stream, event, state: three) from 64 clients. Both in turn, several rounds, one run.
/// </summary>
public static class EnrolmentRate
{
    private const int Connections = 64;

    /// <summary>As many families as share the enrolments, so that each has one child or two.</summary>
    private const int Families = 40_000;

    public static async Task<int> Run(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        var seconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 8;

        await using var realm = await TestRealm.Create();
        var settings = new Dictionary<string, string>(realm.Settings, StringComparer.Ordinal) { ["Caps:EnrolmentsPerFamily"] = "1000000" };
        await using var enrolment = new ServiceProcess("services/Enrolment", "Stages.Enrolments", settings, Path.GetTempPath());
        enrolment.Start();
        await enrolment.Ready();
        using var http = Client(enrolment, realm);
        var campaign = await Campaign.Open(realm, http);
        await PreparePgbench(realm);
        var tokens = Path.GetTempFileName();
        await File.WriteAllLinesAsync(
            tokens,
            Enumerable.Range(0, Families).Select(n => $"{realm.Bearer("family", $"f{n}@example.org", service: "enrolment")}")
        );

        var ratios = new List<double>();
        await Enrolments(http, tokens, campaign, 20); // the just-in-time compiler's share, not counted
        Console.WriteLine("round   enrolments/s   pgbench tps   ratio");
        for (var round = 1; round <= rounds; round++)
        {
            var ours = await Enrolments(http, tokens, campaign, seconds);
            await Drained(realm);
            var theirs = await Pgbench(realm, seconds);
            ratios.Add(ours / theirs);
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{round, 5}   {ours, 12:N0}   {theirs, 11:N0}   {ours / theirs, 5:0.00}")
            );
        }
        File.Delete(tokens);
        var kept = await Count(realm);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"median ratio {Median(ratios):0.00} at {Connections} connections; {accepted:N0} accepted, {kept:N0} in the database"
            )
        );
        // wrk hangs up on the requests that are under way when its time is over: those are kept, but it did not count them.
        return kept >= accepted && kept <= accepted + ((rounds + 1) * Connections) ? 0 : 1;
    }

    private static long accepted = 1; // the one that waited for the campaign

    private static HttpClient Client(ServiceProcess service, TestRealm realm)
    {
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = service.Address };
        http.DefaultRequestHeaders.Authorization = realm.Bearer("family", "parent@example.org", service: "enrolment");
        return http;
    }

    /// <summary>wrk asks, as cheaply as pgbench does: two threads, one request after another on each connection.</summary>
    private static async Task<double> Enrolments(HttpClient http, string tokensFile, Guid campaign, int seconds)
    {
        var script = Path.GetTempFileName();
        // Around the name and the address, which are the family's own.
        const string Marked = "MARKED@example.org";
        var body = (await Campaign.Enrolment(1, Marked).ReadAsStringAsync()).Split("D\\u2019Essai", 2);
        body = [body[0], .. body[1].Split(Marked)];
        await File.WriteAllTextAsync(
            script,
            $$"""
            local tokens = {}
            for line in io.lines("{{tokensFile}}") do tokens[#tokens + 1] = line end
            local first, middle, last = [==[{{body[0]}}]==], [==[{{body[1]}}]==], [==[{{body[2]}}]==]
            local function letters(n) return (tostring(n):gsub("%d", function(d) return string.char(65 + d) end)) end
            local started, number = os.time(), math.random(1000000)
            -- Each request is another child, of one family after the other.
            function request()
              number = number + 1
              local name = letters(started) .. " " .. letters(id) .. " " .. letters(number)
              local family = number % #tokens
              local headers = { ["Content-Type"] = "application/json", ["Authorization"] = tokens[family + 1] }
              return wrk.format("POST", nil, headers, first .. name .. middle .. "f" .. family .. "@example.org" .. last)
            end
            local threads = {}
            function setup(thread) thread:set("id", #threads); table.insert(threads, thread) end
            function init(args) created = 0 end
            function response(status) if status == 201 then created = created + 1 end end
            function done(summary, latency, requests)
              local sum = 0
              for _, thread in ipairs(threads) do sum = sum + thread:get("created") end
              io.write(string.format("created %d in %d\n", sum, summary.duration))
            end
            """
        );
        var output = await Tool.Run(
            "wrk",
            [
                "-t",
                "2",
                "-c",
                Connections.ToString(CultureInfo.InvariantCulture),
                "-d",
                $"{seconds}s",
                "--timeout",
                "10s",
                "-s",
                script,
                new Uri(http.BaseAddress!, $"/api/campaigns/{campaign}/enrolments").ToString(),
            ]
        );
        File.Delete(script);
        var words = output.Split('\n').First(l => l.StartsWith("created ", StringComparison.Ordinal)).Split(' ');
        var created = long.Parse(words[1], CultureInfo.InvariantCulture);
        if (created == 0)
            throw new InvalidOperationException($"None was accepted.\n{output}");
        accepted += created;
        return created / (double.Parse(words[3], CultureInfo.InvariantCulture) / 1e6);
    }

    /// <summary>Publishing goes on while we measure; pgbench is not made to pay for its rest.</summary>
    private static async Task Drained(TestRealm realm) =>
        await Eventually.True(
            async () =>
            {
                await using var connection = new NpgsqlConnection(realm.Postgres);
                await connection.OpenAsync();
                await using var command = new NpgsqlCommand(
                    """
                    select (select max(seq_id) from enrolment.mt_events)
                      <= (select last_seq_id from enrolment.mt_event_progression where name = 'outbox:All')
                    """,
                    connection
                );
                return await command.ExecuteScalarAsync() is true;
            },
            TimeSpan.FromMinutes(5)
        );

    private static async Task PreparePgbench(TestRealm realm)
    {
        await using var connection = new NpgsqlConnection(realm.Postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            create table bench_stream (id uuid primary key, kind text, version bigint, at timestamptz default now());
            create table bench_event (seq bigserial primary key, id uuid not null, stream uuid, version bigint, data jsonb,
              at timestamptz default now(), unique (stream, version));
            create table bench_state (id uuid primary key, data jsonb, at timestamptz default now());
            """,
            connection
        );
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<double> Pgbench(TestRealm realm, int seconds)
    {
        var script = Path.GetTempFileName();
        var data = (await Campaign.Enrolment(1).ReadAsStringAsync())
            .Replace("'", "''", StringComparison.Ordinal)
            .Replace(":", ": ", StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            script,
            $"""
            begin;
            with s as (insert into bench_stream (id, kind, version) values (gen_random_uuid(), 'enrolment', 1) returning id),
            e as (insert into bench_event (id, stream, version, data) select gen_random_uuid(), id, 1, '{data}' from s)
            insert into bench_state (id, data) select id, '{data}' from s;
            commit;

            """.Replace("\n            ", "\n", StringComparison.Ordinal)
        );
        var settings = new NpgsqlConnectionStringBuilder(realm.Postgres);
        var output = await Tool.Run(
            File.Exists("/usr/bin/pgbench")
                ? "pgbench"
                : Directory.GetFiles("/usr/lib/postgresql", "pgbench", SearchOption.AllDirectories)[0],
            [
                "-n",
                "-M",
                "prepared",
                "-c",
                "64",
                "-j",
                "2",
                "-T",
                seconds.ToString(CultureInfo.InvariantCulture),
                "-f",
                script,
                "-h",
                settings.Host!,
                "-p",
                settings.Port.ToString(CultureInfo.InvariantCulture),
                "-U",
                settings.Username!,
                settings.Database!,
            ],
            ("PGPASSWORD", settings.Password!)
        );
        File.Delete(script);
        var line =
            output.Split('\n').FirstOrDefault(l => l.StartsWith("tps = ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException(output);
        return double.Parse(line["tps = ".Length..].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private static async Task<long> Count(TestRealm realm)
    {
        await using var connection = new NpgsqlConnection(realm.Postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select count(*) from enrolment.mt_doc_enrolment", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
