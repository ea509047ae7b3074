using System.Collections.Concurrent;
using System.Text;
using Stages.Testing;

namespace Stages.Enrolments.Tests;

/// <summary>Where a collector is named the log goes there, as traces and metrics do.</summary>
public sealed class CollectorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task logs_traces_and_metrics_reach_a_collector()
    {
        var port = ServiceProcess.FreePort();
        using var collector = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
        collector.Start();
        var told = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var listening = Listen();
        await using var realm = await TestRealm.Create();
        var settings = new Dictionary<string, string>(realm.Settings, StringComparer.Ordinal)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{port}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        };
        await using (var enrolment = new ServiceProcess("services/Enrolment", "Stages.Enrolments", settings))
        {
            enrolment.Start();
            await enrolment.Ready(TimeSpan.FromSeconds(180));
            using var family = enrolment.Client();
            family.DefaultRequestHeaders.Authorization = realm.Bearer("family", "parent@example.org", service: "enrolment");
            using var refused = await family.GetAsync($"/api/enrolments/{Guid.AllBitsSet}", Cancel);
            var number = (await refused.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(Cancel))
                .GetProperty("reference")
                .GetString()!;
            await Eventually.True(
                () =>
                    Task.FromResult(
                        told.GetValueOrDefault("/v1/logs", "").Contains(number, StringComparison.Ordinal)
                            && told.ContainsKey("/v1/traces")
                            && told.ContainsKey("/v1/metrics")
                    ),
                TimeSpan.FromSeconds(60)
            );
        }
        collector.Stop();
        await listening;
        var logs = told["/v1/logs"];
        logs.ShouldContain("stages-enrolment");
        logs.ShouldNotContain("parent@example.org");
        // The pattern of the address, and not the address.
        logs.ShouldContain("/api/enrolments/{id:guid}");

        async Task Listen()
        {
            while (collector.IsListening)
            {
                try
                {
                    var asked = await collector.GetContextAsync();
                    using var body = new MemoryStream();
                    await asked.Request.InputStream.CopyToAsync(body, Cancel);
                    told.AddOrUpdate(
                        asked.Request.Url!.AbsolutePath,
                        _ => Encoding.Latin1.GetString(body.ToArray()),
                        (_, before) => before + Encoding.Latin1.GetString(body.ToArray())
                    );
                    asked.Response.Close();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }
}
