namespace Stages.Portal.Pages.Coordination;

/// <summary>One line of the table of subjects, as typed.</summary>
/// <param name="Offered">Whether the campaign has it; a usual one stands there for the choosing, one that is taken out is not kept.</param>
/// <param name="Levels">Those that are ticked; none: all of the campaign's.</param>
/// <param name="New">An empty line, which counts once it has a name.</param>
public sealed record SubjectRow(string Code, string Name, string NameEn, IReadOnlyList<string> Levels, bool Offered, bool New = false)
{
    private const int LettersOfCode = 4;

    public bool Counts => New ? Name.Length > 0 || Code.Length > 0 : Offered;

    /// <summary>The campaign's levels among its own.</summary>
    public IReadOnlyList<string> LevelsIn(IReadOnlyList<string> campaign) =>
        Levels.Count == 0 ? campaign : [.. campaign.Where(Levels.Contains)];

    /// <summary>Who types « Espagnol » has said enough: its code is ESPA.</summary>
    public SubjectForm ToBody(IReadOnlyList<string> campaign)
    {
        var code = Code.Length > 0 ? Code : TextKey.Letters(Name);
        return new(
            (Code.Length > 0 ? code : code[..Math.Min(LettersOfCode, code.Length)]).ToUpperInvariant(),
            Name,
            LevelsIn(campaign),
            NameEn.Length > 0 ? NameEn : Name
        );
    }
}

/// <summary>The table of subjects: what a campaign has, what is usual, and empty lines for more.</summary>
public static class SubjectRows
{
    /// <summary>The service takes no more.</summary>
    private const int Most = 40;
    private const int Empty = 2;

    /// <summary>Before this level a class has one teacher for all, and only two subjects are offered.</summary>
    private const string Sixth = "6e";

    private static readonly (string Code, string Name, string NameEn, bool Everywhere)[] All =
    [
        ("FR", "Français", "French", true),
        ("MA", "Mathématiques", "Mathematics", true),
        ("EN", "Anglais", "English", false),
        ("HG", "Histoire-géographie", "History and geography", false),
        ("PC", "Physique-chimie", "Physics and chemistry", false),
        ("SVT", "SVT", "Life and earth sciences", false),
    ];

    /// <summary>French and mathematics are offered; the others wait to be.</summary>
    public static IReadOnlyList<SubjectRow> Usual =>
        More(
            All.Select(s => new SubjectRow(
                s.Code,
                s.Name,
                s.NameEn,
                [.. Level.Codes.Where(l => s.Everywhere || FromSixth(l))],
                s.Everywhere
            ))
        );

    public static IReadOnlyList<SubjectRow> Of(IEnumerable<SubjectView> subjects) =>
        More(subjects.Select(s => new SubjectRow(s.Code, s.Name, s.NameEn, s.Levels, Offered: true)));

    /// <summary>What was posted, as typed, and room for more.</summary>
    public static IReadOnlyList<SubjectRow> Read(IFormCollection posted)
    {
        var rows = new List<SubjectRow>();
        for (var i = 0; i < Most + Empty && posted.ContainsKey(Field(i, "name")); i++)
        {
            string Typed(string what) => posted[Field(i, what)].ToString().Trim();
            var isNew = Typed("new") == "yes";
            var row = new SubjectRow(
                Typed("code"),
                Typed("name"),
                Typed("nameEn"),
                [.. posted[Field(i, "levels")].OfType<string>()],
                isNew || Typed("on") == "yes"
            );
            if (!isNew || row.Name.Length > 0 || row.Code.Length > 0)
                rows.Add(row);
        }
        return More(rows);
    }

    public static string Field(int row, string what) => string.Create(CultureInfo.InvariantCulture, $"subject.{row}.{what}");

    /// <summary>Null, or the first thing that is wrong with them.</summary>
    public static string? Fault(IReadOnlyList<SubjectRow> rows, IReadOnlyList<string> campaign)
    {
        foreach (var row in rows.Where(r => r.Counts))
        {
            if (row.Name.Length == 0)
                return Say.In($"La matière {row.Code} n’a pas de nom.", $"The subject {row.Code} has no name.");
            if (campaign.Count > 0 && row.LevelsIn(campaign).Count == 0)
                return Say.In($"{row.Name} n’a aucun des niveaux de la campagne.", $"{row.Name} has none of the campaign’s levels.");
        }
        return null;
    }

    public static IReadOnlyList<SubjectForm> ToBody(IReadOnlyList<SubjectRow> rows, IReadOnlyList<string> campaign) =>
        [.. rows.Where(r => r.Counts).Select(r => r.ToBody(campaign))];

    private static IReadOnlyList<SubjectRow> More(IEnumerable<SubjectRow> rows) =>
        [.. rows, .. Enumerable.Repeat(new SubjectRow("", "", "", [], Offered: true, New: true), Empty)];

    private static bool FromSixth(string level) => Level.Codes.ToList().IndexOf(level) >= Level.Codes.ToList().IndexOf(Sixth);
}
