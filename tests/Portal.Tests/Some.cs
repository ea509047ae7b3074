using Stages.Vocabulary;

namespace Stages.Portal.Tests;

/// <summary>Answers of services from which a test changes what it is about.</summary>
public static class Some
{
    public static readonly Rules Rules = new(
        CampaignDefaults.GroupMin,
        CampaignDefaults.GroupMax,
        CampaignDefaults.ModulesMin,
        CampaignDefaults.ModulesMax,
        CampaignDefaults.ModulesPerDayMax,
        CampaignDefaults.SingleWeek,
        [],
        CampaignDefaults.FirstWish,
        CampaignDefaults.FurtherWish
    );

    public static readonly CampaignView Campaign = new(
        Guid.Empty,
        "Printemps",
        "Montpellier",
        "C",
        "Europe/Paris",
        [new("A", new DateOnly(2021, 4, 12)), new("B", new DateOnly(2021, 4, 19))],
        [new(9, 0), new(14, 0)],
        CampaignDefaults.ModuleMinutes,
        [new DateOnly(2021, 4, 14)],
        DateTimeOffset.MinValue,
        DateTimeOffset.MaxValue,
        ["6e"],
        [new("MA", "Mathématiques", "Mathematics", ["6e"])],
        Rules,
        "open",
        1
    );
}
