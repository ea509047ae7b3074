namespace Stages.Scheduling.Campaigns;

/// <summary>The seed of the campaign's lot has decided, and is told to everybody.</summary>
public sealed record SeedRevealed(DateTimeOffset At);

/// <summary>
/// Whose turn it is among equals: by lot, never by date. Nobody knows a draw before it has served, or could better it by enrolling anew;
/// who enrols once the seed is public comes behind everybody who drew.
/// </summary>
public static class Lottery
{
    /// <summary>The first publication reveals it.</summary>
    public static Decision Reveal(Campaign? campaign, DateTimeOffset now) =>
        campaign is null or { Seed: null } or { SeedRevealedAt: not null } ? Decision.Nothing : Decision.Of(new SeedRevealed(now));

    /// <summary>The smallest first. A campaign of before there was a seed keeps the order of enrolment, as it said.</summary>
    public static long Turn(Campaign? campaign, Guid enrolment, DateTimeOffset enrolledAt) =>
        campaign?.Seed is not { } seed ? enrolledAt.ToUnixTimeMilliseconds()
        : campaign.SeedRevealedAt <= enrolledAt ? Lot.End + enrolledAt.ToUnixTimeMilliseconds()
        : Lot.Turn(seed, enrolment);
}
