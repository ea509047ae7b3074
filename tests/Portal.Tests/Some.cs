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

    public static readonly DateTimeOffset Now = new(2021, 4, 12, 0, 0, 0, TimeSpan.FromHours(2));

    /// <summary>Of Zoé, by her family.</summary>
    public static EnrolmentView Enrolment(params IReadOnlyList<PlacementView> places) =>
        new(
            Guid.CreateVersion7(Now),
            Guid.CreateVersion7(Now),
            "submitted",
            1,
            new Pupil("Zoé", "Martin", "6e", "0340008Z"),
            [],
            [],
            [],
            new Dictionary<string, string[]>(StringComparer.Ordinal),
            false,
            new Equipment(),
            true,
            false,
            Now,
            Now,
            places
        );

    /// <summary>In a stage of one session.</summary>
    public static PlacementView Place(string status, DateTimeOffset from, DateTimeOffset to) =>
        new(
            "MA",
            Guid.CreateVersion7(Now),
            status,
            "A",
            "Europe/Paris",
            "Hélène",
            [new(Guid.CreateVersion7(Now), new DateOnly(2021, 4, 12), default, default, from, to, 1)],
            null,
            null
        );
}
