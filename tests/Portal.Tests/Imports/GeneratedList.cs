using System.Text;
using CsCheck;

namespace Stages.Portal.Tests;

/// <summary>A list as a school might bring it, with what is true of each of its lines.</summary>
/// <param name="Truth">By line: the child; null for a line that was damaged so that it must be refused.</param>
public sealed record GeneratedList(byte[] File, string Encoding, IReadOnlyDictionary<int, RealChild?> Truth, IReadOnlySet<int> Copies);

/// <summary>How a list is written: which columns, under what names, above and between what, in which letters.</summary>
public sealed record Style(
    int Encoding,
    bool Ine,
    int Birth,
    bool Guardians,
    int Above,
    bool Sep,
    char Sign,
    int Aliases,
    bool Extra,
    bool Nbsp,
    int Order
)
{
    /// <summary>UTF-8 with and without its mark and UTF-16 write every script; the others what French needs.</summary>
    private static readonly (string Name, Func<string, byte[]> Write)[] Encodings =
    [
        ("UTF-8", t => new UTF8Encoding(false).GetBytes(t)),
        ("UTF-8 with its mark", t => [.. System.Text.Encoding.UTF8.GetPreamble(), .. System.Text.Encoding.UTF8.GetBytes(t)]),
        ("UTF-16", t => [.. System.Text.Encoding.Unicode.GetPreamble(), .. System.Text.Encoding.Unicode.GetBytes(t)]),
        (
            "UTF-16 from the other end",
            t => [.. System.Text.Encoding.BigEndianUnicode.GetPreamble(), .. System.Text.Encoding.BigEndianUnicode.GetBytes(t)]
        ),
        ("Windows-1252", t => Page(1252).GetBytes(t)),
        (
            "ISO-8859-1",
            t =>
                Page(28591)
                    .GetBytes(
                        t.Replace('’', '\'').Replace("œ", "oe", StringComparison.Ordinal).Replace("Œ", "OE", StringComparison.Ordinal)
                    )
        ),
        ("ISO-8859-15", t => Page(28605).GetBytes(t.Replace('’', '\''))),
        ("MacRoman", t => Page(10000).GetBytes(t)),
    ];

    private static readonly string[][] Headings =
    [
        ["nom", "prénom", "niveau", "UAI", "vœux", "INE", "année de naissance", "Date de naissance", "responsable", "courriel"],
        ["NOM", "Prénom", "Niveau", "RNE", "Vœux", "Identifiant national", "Année de naissance", "Né(e) le", "Responsable légal", "Mél"],
        [
            "Nom de famille",
            "Prénom 1",
            "NIVEAU",
            "Code UAI",
            "VŒUX",
            "N° INE",
            "Naissance",
            "date naissance",
            "Représentant légal",
            "E-mail",
        ],
    ];

    public static readonly Gen<Style> Any =
        from encoding in Gen.Int[0, Encodings.Length - 1]
        from ine in Gen.Bool
        from birth in Gen.Int[0, 2]
        from guardians in Gen.Bool
        from above in Gen.Int[0, 3]
        from sep in Gen.Bool
        from sign in Gen.OneOf(Gen.Const(';'), Gen.Const(','), Gen.Const('\t'))
        from aliases in Gen.Int[0, 2]
        from extra in Gen.Bool
        from nbsp in Gen.Bool
        from order in Gen.Int[0, 1000]
        select new Style(encoding, ine, birth, guardians, above, sep && above == 0, sign, aliases, extra, nbsp, order);

    public bool IsFrenchAlone => Encoding > 3;

    public GeneratedList Write(IReadOnlyList<RealChild> children, IReadOnlyList<int> damage)
    {
        var columns = Columns();
        var (lines, truth, copies) = (new List<string>(), new Dictionary<int, RealChild?>(), new HashSet<int>());
        if (Sep)
            lines.Add($"sep={Sign}");
        for (var i = 0; i < Above; i++)
            lines.Add(i == 1 ? new string(Sign, columns.Count - 1) : "Liste des élèves, rentrée 2026");
        lines.Add(Line(columns.Select(c => c.Heading)));
        for (var i = 0; i < children.Count; i++)
        {
            if (damage[i] == 1)
                lines.Add(new string(Sign, columns.Count - 1));
            lines.Add(Line(columns.Select(c => Cell(c.Cell(children[i]), c.Key, damage[i]))));
            truth[lines.Count] = damage[i] is >= 2 and <= 5 ? null : children[i];
            if (damage[i] != 6)
                continue;
            lines.Add(lines[^1]);
            truth[lines.Count] = children[i];
            copies.Add(lines.Count);
        }
        var (name, write) = Encodings[Encoding];
        return new GeneratedList(write(string.Join("\r\n", lines) + "\r\n"), name, truth, copies);
    }

    private List<(string Key, string Heading, Func<RealChild, string> Cell)> Columns()
    {
        var h = Headings[Aliases];
        List<(string, string, Func<RealChild, string>)> all =
        [
            ("nom", h[0], c => c.Written(c.Last)),
            ("prénom", h[1], c => c.Written(c.First)),
            ("niveau", h[2], c => c.LevelText),
            ("UAI", h[3], c => c.Uai),
            ("vœux", h[4], c => c.Number % 3 == 0 ? "FR MA" : "MA"),
        ];
        if (Ine)
            all.Add(("INE", h[5], c => c.Ine));
        if (Birth > 0)
            all.Add(Birth == 1 ? ("année", h[6], c => $"{c.Born.Year}") : ("date", h[7], c => $"{c.Born:dd/MM/yyyy}"));
        if (Guardians)
            all.AddRange([("responsable", h[8], c => c.Guardian), ("courriel", h[9], c => c.Email)]);
        if (Extra)
            all.Insert(2, ("", "Régime", _ => "demi-pensionnaire"));
        var turn = Order % all.Count;
        return [.. all[turn..], .. all[..turn]];
    }

    private string Cell(string text, string key, int damage) =>
        (damage, key) switch
        {
            (2, "nom") => "#N/A",
            (3, "prénom") => "",
            (4, "UAI") => "0340051X",
            (5, "niveau") => "maternelle",
            _ => Nbsp ? $" {text}\u00a0" : text,
        };

    private string Line(IEnumerable<string> cells) => string.Join(Sign, cells.Select(c => $"\"{c}\""));

    private static Encoding Page(int page) =>
        CodePagesEncodingProvider.Instance.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
        ?? System.Text.Encoding.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
}
