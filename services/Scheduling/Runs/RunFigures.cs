using System.Diagnostics.Metrics;
using Stages.Pairing;

namespace Stages.Scheduling.Runs;

/// <summary>What the engine does, for who watches.</summary>
internal static class RunFigures
{
    private static readonly Meter Meter = new("Stages.Pairing");

    private static readonly Counter<long> Runs = Meter.CreateCounter<long>("stages.pairing.runs", description: "Runs that ended, and how");

    private static readonly Gauge<double> LastGap = Meter.CreateGauge<double>(
        "stages.pairing.gap",
        description: "How far the last proposal is from its bound, 0 to 1"
    );

    /// <param name="how">done, failed or left (to another process, or cancelled).</param>
    public static void Ended(string how) => Runs.Add(1, KeyValuePair.Create<string, object?>("outcome", how));

    public static void Proposed(Proposal proposal) => LastGap.Record(proposal.Score.Gap);
}
