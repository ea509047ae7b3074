namespace Stages.Scheduling.Campaigns;

/// <summary>The levels of French schools from CP to terminale, in order, and which may share a group.</summary>
public static class Levels
{
    public static readonly IReadOnlyList<string> All = ["CP", "CE1", "CE2", "CM1", "CM2", "6e", "5e", "4e", "3e", "2de", "1re", "Tle"];

    /// <summary>Neighbours within école, collège or lycée: a group never spans two kinds of school.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<string>> Adjacent =
    [
        ["CP", "CE1"],
        ["CE1", "CE2"],
        ["CE2", "CM1"],
        ["CM1", "CM2"],
        ["6e", "5e"],
        ["5e", "4e"],
        ["4e", "3e"],
        ["2de", "1re"],
        ["1re", "Tle"],
    ];

    public static bool Known(string? level) => level is not null && All.Contains(level);

    public static int Order(string level)
    {
        for (var i = 0; i < All.Count; i++)
            if (All[i] == level)
                return i;
        return All.Count;
    }
}
