using Microsoft.AspNetCore.Builder;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Stages.ServiceDefaults;

/// <summary>
/// What an operator watches. Traces and figures go to the collector that OpenTelemetry's own settings name
/// (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>); figures are also read at an address of their own, in the format of Prometheus, where a setting
/// asks for one: no gateway leads there. What the figures mean and when somebody is woken: <c>infra/observe</c>.
/// </summary>
public static class Observing
{
    /// <summary>Where Prometheus reads this copy's figures, such as <c>http://localhost:9464</c>; nowhere without it.</summary>
    public const string Setting = "Observe:Metrics";

    /// <summary>Ours, and what libraries measure of themselves: requests, connections, who waits, the database, the process.</summary>
    private static readonly string[] Meters =
    [
        "Stages.*",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.RateLimiting",
        "Npgsql",
        "System.Runtime",
    ];

    /// <summary>Whether anybody reads the figures: what costs a question to the database is not measured for nobody.</summary>
    public static bool IsWanted(IConfiguration settings) => IsCollected(settings) || settings[Setting] is not null;

    private static bool IsCollected(IConfiguration settings) => settings["OTEL_EXPORTER_OTLP_ENDPOINT"] is not null;

    public static void AddObserving(this WebApplicationBuilder builder, string name)
    {
        if (!IsWanted(builder.Configuration))
            return;
        var collected = IsCollected(builder.Configuration);
        var read = builder.Configuration.GetValue<Uri>(Setting);
        var told = builder.Services.AddOpenTelemetry().ConfigureResource(r => r.AddService($"stages-{name}"));
        told.WithMetrics(m =>
        {
            m.AddMeter(Meters);
            if (read is not null)
                m.AddPrometheusHttpListener(o => (o.Host, o.Port, o.ScopeInfoEnabled) = (read.Host, read.Port, false));
        });
        if (collected)
            told.WithTracing(t => t.AddSource("MassTransit", "Marten", "Microsoft.AspNetCore").AddNpgsql())
                .WithLogging(_ => { }, JsonLinesSetup.AsLines)
                .UseOtlpExporter();
    }
}
