using System.Diagnostics.Metrics;

namespace Stages.Enrolments;

/// <summary>What comes in, for who watches.</summary>
internal static class EnrolmentFigures
{
    private static readonly Meter Meter = new("Stages.Enrolments");

    private static readonly Counter<long> Submitted = Meter.CreateCounter<long>(
        "stages.enrolments",
        description: "Enrolments that were sent, and what came of them"
    );

    /// <param name="refusal">Its code; null where it was taken.</param>
    public static void Sent(string? refusal) => Submitted.Add(1, KeyValuePair.Create<string, object?>("outcome", refusal ?? "taken"));
}
