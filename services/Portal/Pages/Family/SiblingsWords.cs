namespace Stages.Portal.Pages.Family;

/// <summary>What a family can ask for brothers and sisters, in its words.</summary>
public static class SiblingsWords
{
    /// <summary>The rule that was chosen; the usual case where none was, or one that is unknown.</summary>
    public static string Read(string? posted) =>
        SiblingsRule.All.Contains(posted ?? "", StringComparer.Ordinal) ? posted! : SiblingsRule.Apart;

    public static string Of(string rule) =>
        rule switch
        {
            SiblingsRule.Apart => Say.In("jamais à la même heure", "never at the same hour"),
            SiblingsRule.SameSlots => Say.In("aux mêmes heures, si c’est possible", "at the same hours, if possible"),
            SiblingsRule.SameWeek => Say.In("la même semaine, si c’est possible", "the same week, if possible"),
            _ => Say.In("peu importe", "no matter"),
        };

    public static string? Hint(string rule) =>
        rule switch
        {
            SiblingsRule.Apart => Say.In("Un seul ordinateur ou une seule tablette à la maison", "One computer or tablet at home"),
            SiblingsRule.SameSlots => Say.In("Chacun a son appareil", "Each has a device"),
            _ => null,
        };

    /// <summary>How it begins a line of its own.</summary>
    public static string Title(string rule) => Of(rule) is var words ? char.ToUpperInvariant(words[0]) + words[1..] : "";
}
