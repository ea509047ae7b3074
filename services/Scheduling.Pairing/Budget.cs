namespace Stages.Pairing;

/// <summary>
/// How long to search: a time, or a number of search steps (then the result depends on the seed alone), or whichever ends first.
/// </summary>
public sealed record Budget(TimeSpan? Time, long? Iterations)
{
    public static Budget Seconds(double seconds) => new(TimeSpan.FromSeconds(seconds), null);

    public static Budget Steps(long iterations) => new(null, iterations);
}

/// <summary>How far a run is; <see cref="Fraction"/> of the budget is spent, from 0 to 1.</summary>
public sealed record PairingProgress(
    int PlacedWishes,
    int Wishes,
    long PlacedWeight,
    long Bound,
    double Gap,
    TimeSpan Elapsed,
    double Fraction
);
