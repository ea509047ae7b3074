using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Stages.ServiceDefaults;

/// <summary>
/// Says, in health and as figures, how many messages wait or have been set aside. Somebody must look, but the service is well:
/// degraded, which takes no copy out of rotation.
/// </summary>
public sealed class StuckMessages : IHealthCheck, IDisposable
{
    public const string MeterName = "Stages.Messages";

    /// <summary>Two services that start together may wait for one another's first words so long.</summary>
    private static readonly TimeSpan Ordinary = TimeSpan.FromMinutes(5);

    private readonly Meter meter = new(MeterName);

    public StuckMessages()
    {
        meter.CreateObservableGauge("stages.messages.parked", () => Now.Parked, description: "Messages that wait for something unknown");
        meter.CreateObservableGauge("stages.messages.parked.longest", () => Now.Longest.TotalSeconds, unit: "s");
        meter.CreateObservableGauge("stages.messages.failed", () => Now.Failed, description: "Messages in the error queue");
    }

    /// <param name="Longest">Since when the one that has been waiting longest.</param>
    public sealed record Figures(long Parked, TimeSpan Longest, long Failed);

    /// <summary>As they were counted some seconds ago.</summary>
    public Figures Now { get; set; } = new(0, TimeSpan.Zero, 0);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Judge(Now));

    public static HealthCheckResult Judge(Figures figures)
    {
        var said = FormattableString.Invariant(
            $"{figures.Parked} parked (longest {figures.Longest.TotalSeconds:0} s), {figures.Failed} in the error queue: infra/messages"
        );
        return figures.Failed > 0 || figures.Longest > Ordinary ? HealthCheckResult.Degraded(said) : HealthCheckResult.Healthy(said);
    }

    public void Dispose() => meter.Dispose();
}
