using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>The whole house as an operator watches it: a real Prometheus reads all five services, knows the alerts, and rings.</summary>
public sealed class SeenTests(Shared<House> shared, ITestOutputHelper output) : Journey(shared)
{
    private readonly House house = shared.One;

    [Fact]
    public async Task all_services_let_their_figures_be_read_and_one_that_is_away_rings()
    {
        await house.Campaign(2, "Vu par qui veille");
        var nobody = ServiceProcess.FreePort();
        await using var prometheus = new PrivatePrometheus([.. house.Figures, new("Away", nobody)]);
        await Eventually.Is(() => prometheus.Ask("up == 1"), up => up.Count == house.Figures.Count, TimeSpan.FromSeconds(60));

        foreach (var figure in Expected)
        {
            var now = await Eventually.Is(() => prometheus.Ask(figure), all => all.Count > 0, TimeSpan.FromSeconds(60), figure);
            output.WriteLine($"{figure}: {string.Join(", ", now.Select(n => $"{n.Labels.GetValueOrDefault("job")} {n.Value:0.###}"))}");
        }
        (await prometheus.Ask("sum(stages_enrolments_total{outcome='taken'})")).Single().Value.ShouldBeGreaterThanOrEqualTo(2);

        var ringing = await Eventually.Is(prometheus.Ringing, all => all.Any(a => a.Name == "ServiceAway"), TimeSpan.FromSeconds(60));
        output.WriteLine(string.Join('\n', ringing));
        ringing.ShouldContain(a => a.Name == "ServiceAway" && a.Sentence.StartsWith("Away (localhost:", StringComparison.Ordinal));
    }

    /// <summary>Figures say how many and how long, and never who.</summary>
    [Fact]
    public async Task no_figure_names_anybody()
    {
        using var http = new HttpClient();
        foreach (var (service, port) in house.Figures)
        {
            var told = await http.GetStringAsync(new Uri($"http://localhost:{port}/metrics"), TestContext.Current.CancellationToken);
            told.ShouldContain("http_server_request_duration_seconds_count", customMessage: service);
            told.ShouldNotContain("@");
            // Routes are told as they are written, and not as they were asked for: each id would be a figure of its own.
            told.Split('\n').Where(line => line.Contains("http_route", StringComparison.Ordinal)).ShouldAllBe(line => !HasId(line));
        }
    }

    private static readonly string[] Expected =
    [
        "stages_outbox_lag_seconds",
        "stages_messages_failed",
        "stages_messages_parked_longest_seconds",
        "stages_deliveries_oldest_seconds",
        "stages_deliveries_pending",
        "stages_enrolments_total",
        "stages_classes_running",
        "stages_media_servers",
        "http_server_request_duration_seconds_bucket{le='0.1'}",
        // Who waits is counted from the first who does.
        "aspnetcore_rate_limiting_active_request_leases",
        "db_client_connection_count{db_client_connection_state='used'}",
        "dotnet_process_cpu_time_seconds_total",
    ];

    private static bool HasId(string line) => line.Split('"', '/').Any(part => Guid.TryParse(part, out _));
}
