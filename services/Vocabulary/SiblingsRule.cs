namespace Stages.Vocabulary;

/// <summary>What a family asks for its children: the first is never broken, the second and third are quality.</summary>
public static class SiblingsRule
{
    /// <summary>Never in modules at one time: one device at home.</summary>
    public const string Apart = "apart";

    /// <summary>At the same hours: of any two, the modules of one are among those of the other.</summary>
    public const string SameSlots = "sameSlots";

    /// <summary>In one week; the rule where none is written.</summary>
    public const string SameWeek = "sameWeek";

    public const string Any = "any";

    /// <summary>The one that binds most comes first: it holds where children of one family have several.</summary>
    public static readonly IReadOnlyList<string> All = [Apart, SameSlots, SameWeek, Any];
}
