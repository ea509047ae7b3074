using System.Diagnostics.Metrics;

namespace Stages.Notifications.Deliveries;

/// <summary>What is still to be sent, by channel: how many, and since when the first that is due waits. Each copy says the same.</summary>
public sealed class DeliveryFigures : RegularWork
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly Meter meter = new("Stages.Deliveries");
    private readonly Ledger ledger;

    public DeliveryFigures(Ledger ledger, TimeProvider clock, ILogger<DeliveryFigures> logger)
        : base("What is still to be sent is counted", Every, clock, logger)
    {
        this.ledger = ledger;
        meter.CreateObservableGauge("stages.deliveries.pending", () => Said(p => p.Count), description: "Messages to people, not sent yet");
        meter.CreateObservableGauge("stages.deliveries.oldest", () => Said(p => p.Oldest.TotalSeconds), "s", "Since when the first is due");
    }

    public IReadOnlyList<PendingDeliveries> Now { get; private set; } = [];

    public override async Task Run(CancellationToken cancel) => Now = await ledger.Pending(cancel);

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    private IEnumerable<Measurement<T>> Said<T>(Func<PendingDeliveries, T> what)
        where T : struct => Now.Select(p => new Measurement<T>(what(p), KeyValuePair.Create<string, object?>("channel", p.Channel)));
}

/// <param name="Oldest">Zero when none is due.</param>
public sealed record PendingDeliveries(string Channel, long Count, TimeSpan Oldest);
