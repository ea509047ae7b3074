namespace Stages.Pairing.Model;

/// <summary>The hours at which a household's one device is taken, by the stages of a proposal.</summary>
internal sealed class HouseholdHours
{
    private readonly Dictionary<(string Household, string Week), ulong> taken = [];

    public HouseholdHours(Problem problem, Proposal current)
    {
        var households = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pupil in problem.Pupils.Where(IsKeptApart))
        {
            foreach (var wish in pupil.Wishes)
                households[wish.Id] = pupil.Siblings!;
        }

        if (households.Count == 0)
            return;
        foreach (var stage in current.Stages)
        {
            foreach (var wish in stage.Wishes)
            {
                if (households.TryGetValue(wish, out var household))
                    taken[(household, stage.Week)] = taken.GetValueOrDefault((household, stage.Week)) | Campaign.Mask(stage.Modules);
            }
        }
    }

    /// <summary>What siblings who are kept apart from this pupil have in a week, and the pupil too.</summary>
    public ulong Taken(Pupil pupil, string week) => IsKeptApart(pupil) ? taken.GetValueOrDefault((pupil.Siblings!, week)) : 0;

    /// <summary>The same text for pupils of whom only one can be in a module at a time.</summary>
    public static string Of(Pupil pupil) => IsKeptApart(pupil) ? $"family {pupil.Siblings}" : pupil.Id;

    private static bool IsKeptApart(Pupil pupil) => pupil is { Siblings.Length: > 0, SiblingsRule: SiblingsRule.Apart };
}
