namespace Stages.Vocabulary;

/// <summary>What a campaign has unless its coordinator says otherwise, and what no enrolment exceeds.</summary>
public static class CampaignDefaults
{
    /// <summary>Of one enrolment: two as families write them down, and two of another one that became one with it.</summary>
    public const int MostGuardians = 4;

    public static string TimeZone => HomeZone.Id;

    /// <summary>Length of a module, in minutes.</summary>
    public const int ModuleMinutes = 120;

    public const int GroupMin = 3;
    public const int GroupMax = 6;
    public const int ModulesMin = 3;
    public const int ModulesMax = 4;
    public const int ModulesPerDayMax = 1;

    /// <summary>All stages of a pupil lie in one of the two weeks.</summary>
    public const bool SingleWeek = true;

    /// <summary>Weight of a pupil's first wish in the pairing, and of each further one.</summary>
    public const int FirstWish = 10;
    public const int FurtherWish = 6;

    /// <summary>Wishes of one enrolment, at most: the page offers as many as the API takes.</summary>
    public const int MostWishes = 6;

    /// <summary>Hours that a family has to confirm a place offered from the waiting list; less when the stage begins sooner.</summary>
    public const int HoursToAnswer = 48;

    public static IReadOnlyList<TimeOnly> SlotStarts { get; } = [new(9, 0), new(11, 15), new(14, 0), new(16, 15)];
}
