namespace Stages.Portal.Imports;

/// <summary>
/// Which column is which, whatever a program calls it: capitals, accents and signs are free, and so are the names that ONDE, Pronote
/// and people give them.
/// </summary>
public static class Columns
{
    /// <summary>Wishes apart, a column each: « Vœu 1 ».</summary>
    public static readonly string[] WishByWish = [.. Enumerable.Range(1, CampaignDefaults.MostWishes).Select(n => $"vœu {n}")];

    private static readonly string[][] Known =
    [
        ["inscription", "enrolment", "numéro d’inscription"],
        ["proposition", "offer"],
        ["nom", "nom de famille", "nom élève", "nom de l’élève", "nom de l’enfant", "last name", "family name", "surname"],
        ["nom d’usage", "nom d’usage élève", "nom usage"],
        ["prénom", "prénom élève", "prénom de l’élève", "prénom de l’enfant", "prénom 1", "first name", "given name"],
        ["niveau", "niveau scolaire", "niveau de classe", "level"],
        ["UAI", "RNE", "code UAI", "code RNE", "UAI établissement", "établissement UAI"],
        ["INE", "identifiant national", "numéro INE", "id national", "n INE", "INE élève"],
        [
            "année de naissance",
            "date de naissance",
            "date naissance",
            "né le",
            "né(e) le",
            "naissance",
            "birth year",
            "birth date",
            "date of birth",
        ],
        ["vœux", "matières", "wishes", "subjects"],
        .. WishByWish.Select(w => new[] { w }),
        ["semaines", "weeks"],
        ["créneaux", "slots"],
        ["ordinateur", "computer"],
        ["connexion", "connection"],
        ["identifié par l’école", "identified by the school"],
        ["état", "status"],
        .. new[] { "", " 2" }.SelectMany(n =>
            new[]
            {
                new[] { "responsable", "nom du responsable", "responsable légal", "représentant légal", "guardian" },
                ["courriel", "mél", "mail", "e-mail", "adresse électronique", "adresse mail", "courriel responsable"],
                ["téléphone", "tél", "portable", "mobile", "numéro de téléphone", "phone", "téléphone responsable"],
            }.Select(names => names.Select(name => name + n).ToArray())
        ),
        ["enseignant", "professeur", "nom de l’enseignant", "teacher"],
        ["enseigne", "matières enseignées", "teaches"],
        ["stages par semaine", "stages per week"],
        ["groupe max", "largest group"],
    ];

    private static readonly Dictionary<string, string> Keys = Known
        .SelectMany(names => names.Select(name => (Key: TextKey.Letters(name), Column: TextKey.Letters(names[0]))))
        .ToDictionary(x => x.Key, x => x.Column, StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Names = Known.ToDictionary(
        n => TextKey.Letters(n[0]),
        n => n[0],
        StringComparer.Ordinal
    );

    /// <summary>As this code names them: asked for each cell of each line.</summary>
    private static readonly Dictionary<string, string> Ours = Known.ToDictionary(
        n => n[0],
        n => TextKey.Letters(n[0]),
        StringComparer.Ordinal
    );

    /// <summary>One for every name of a column; for a column that we do not know its own letters.</summary>
    public static string Key(string heading) =>
        Ours.TryGetValue(heading, out var own) ? own
        : TextKey.Letters(heading) is var key && Keys.TryGetValue(key, out var column) ? column
        : key;

    public static bool IsKnown(string heading) => Names.ContainsKey(Key(heading));

    /// <summary>How many columns that we know a line names, were it the heading.</summary>
    public static int Named(IEnumerable<string> cells) => cells.Where(IsKnown).Select(Key).Distinct(StringComparer.Ordinal).Count();

    /// <exception cref="UnreadableFile">Two columns say they are the same one: whichever we took, it might be the mother's.</exception>
    public static void RefuseDoubles(IReadOnlyList<string> heading)
    {
        var twice = heading
            .Select((Name, i) => (Name, Letter: Letter(i)))
            .Where(c => IsKnown(c.Name))
            .GroupBy(c => Key(c.Name), StringComparer.Ordinal)
            .FirstOrDefault(g => g.Skip(1).Any());
        if (twice is null)
            return;
        var (name, letters) = (Names[twice.Key], string.Join(", ", twice.Select(c => $"{c.Letter} « {c.Name} »")));
        throw new UnreadableFile(
            Say.In(
                $"Plusieurs colonnes sont « {name} » : {letters}. Nommez chacune autrement "
                    + "(pour le responsable : responsable, courriel, téléphone).",
                $"Several columns are “{name}”: {letters}. Give each its own name (for the guardian: responsable, courriel, téléphone)."
            )
        );
    }

    /// <exception cref="UnreadableFile">Without these no line says anything.</exception>
    public static void Require(IReadOnlyList<string> heading, string what)
    {
        var keys = heading.Select(Key).ToHashSet(StringComparer.Ordinal);
        string[] needed = what == "propositions" ? ["courriel"] : ["nom", "prénom"];
        string[] instead = what == "propositions" ? ["proposition"] : ["inscription"];
        if (instead.Any(c => keys.Contains(Key(c))) || needed.All(c => keys.Contains(Key(c))))
            return;
        var missing = string.Join(", ", needed.Where(c => !keys.Contains(Key(c))));
        var read = string.Join(", ", heading.Where(h => h.Length > 0).Take(12).Select(h => $"« {h} »"));
        throw new UnreadableFile(
            Say.In(
                $"La ligne de titres n’est pas reconnue : il manque {missing}. Titres lus : {read}.",
                $"The line of headings is not recognised: {missing} is missing. Headings read: {read}."
            )
        );
    }

    /// <summary>As a spreadsheet names it: 0 is A.</summary>
    private static string Letter(int column) =>
        column < 26 ? $"{(char)('A' + column)}" : $"{(char)('A' + (column / 26) - 1)}{(char)('A' + (column % 26))}";
}
