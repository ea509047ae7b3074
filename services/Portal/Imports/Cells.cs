namespace Stages.Portal.Imports;

/// <summary>Reads the cells of a line in the light of the campaign; what is wrong is a fault with its column.</summary>
public static class Cells
{
    private static readonly char[] Separators = [' ', '\u00a0', '\u202f', ',', ';', '/', '|'];

    private static readonly HashSet<string> Errors = new(StringComparer.OrdinalIgnoreCase)
    {
        "#N/A",
        "#REF!",
        "#NAME?",
        "#VALUE!",
        "#DIV/0!",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#NOM?",
        "#VALEUR!",
        "#NOMBRE!",
        "#NUL!",
        "#PROPAGATION!",
        "#N/D",
        "Err:502",
        "Err:508",
        "Err:504",
        "Err:522",
    };

    public static string Missing => Say.In("Il manque quelque chose ici.", "Something is missing here.");

    /// <summary>What a spreadsheet writes where its formula finds nothing is in no column a word of anybody.</summary>
    public static IEnumerable<Fault> ErrorsOf(TableRow row, IEnumerable<string> columns) =>
        columns
            .Where(c => Errors.Contains(row[c]))
            .Select(c => new Fault(
                c,
                Say.In(
                    $"« {row[c]} » : le tableur n’a pas trouvé cette valeur ; écrivez-la.",
                    $"“{row[c]}”: the spreadsheet did not find this value; write it."
                )
            ));

    public static string[] Words(string text) =>
        text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Codes or names, a name of several words between commas.</summary>
    public static IEnumerable<(string? Code, string Said)> Subjects(string text, CampaignView campaign) =>
        text.Split([',', ';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(part =>
                Subject(part, campaign) is { Code: not null } whole ? [whole] : Words(part).Select(word => Subject(word, campaign))
            );

    /// <summary>As it was typed where it is none, for whoever looks for the line.</summary>
    public static string Name(string column, string said, List<Fault> faults) =>
        Read<NameText>(column, said, faults, required: true) ?? said;

    public static (string? Code, string Said) Subject(string said, CampaignView campaign) =>
        (
            campaign
                .Subjects.FirstOrDefault(s =>
                    TextKey.Letters(s.Code) == TextKey.Letters(said)
                    || TextKey.Letters(s.Name) == TextKey.Letters(said)
                    || TextKey.Letters(s.Title) == TextKey.Letters(said)
                )
                ?.Code,
            said
        );

    public static List<WeekWanted> Weeks(string[] said, CampaignView campaign, List<Fault> faults)
    {
        var weeks = new List<WeekWanted>();
        foreach (var word in said)
        {
            var label = word.TrimEnd('*').ToUpperInvariant();
            if (campaign.Weeks.All(w => w.Label != label))
                faults.Add(
                    new(
                        "semaines",
                        Say.In($"« {word} » n’est pas une semaine de cette campagne.", $"“{word}” is not a week of this campaign.")
                    )
                );
            else if (weeks.TrueForAll(w => w.Label != label))
                weeks.Add(new WeekWanted(label, word.EndsWith('*') ? 2 : 1));
        }
        return weeks;
    }

    /// <summary>« A:LUN-09:00 B:MAR-14:00* ».</summary>
    /// <param name="isOpen">Null: whether it is open is asked later.</param>
    public static List<(string Week, string Slot, bool Starred)> Slots(
        string said,
        CampaignView campaign,
        List<Fault> faults,
        Func<Week, string, bool>? isOpen = null
    )
    {
        var slots = new List<(string, string, bool)>();
        foreach (var word in said.Split([' ', '\u00a0', '\u202f', ',', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            var bare = word.TrimEnd('*').ToUpperInvariant();
            var colon = bare.IndexOf(':', StringComparison.Ordinal);
            var (week, slot) = colon > 0 ? (bare[..colon], SlotCode.Typed(bare[(colon + 1)..])?.ToString()) : ("", null);
            if (
                campaign.Weeks.FirstOrDefault(w => w.Label == week) is { } known
                && slot is not null
                && isOpen?.Invoke(known, slot) != false
            )
                slots.Add((week, slot, word.EndsWith('*')));
            else
                faults.Add(NotOpen(word, campaign));
        }
        return slots;
    }

    public static bool IsOpen(CampaignView campaign, Week week, string slot) => WeekGrid.Open(campaign, week).Any(s => s.Code == slot);

    public static Fault NotOpen(string word, CampaignView campaign) =>
        new(
            "créneaux",
            Say.In(
                $"« {word} » n’est pas un créneau ouvert ; exemple : {campaign.Weeks[0].Label}:LUN-{campaign.SlotStarts[0]:HH\\:mm}.",
                $"“{word}” is not an open slot; example: {campaign.Weeks[0].Label}:MON-{campaign.SlotStarts[0]:HH\\:mm}."
            )
        );

    /// <summary>The text as it is kept; null with a fault, or when there is none and none is needed.</summary>
    public static string? Read<T>(string column, string said, List<Fault> faults, bool required = false)
        where T : class, IText<T>
    {
        if (said.Length == 0 && !required)
            return null;
        if (T.TryParse(said, out var value, out var reason))
            return value.ToString();
        faults.Add(
            new(column, said.Length == 0 ? Missing : $"{Say.In("«\u00a0", "“")}{said}{Say.In("\u00a0»", "”")}{Say.Colon}{Say.In(reason)}")
        );
        return null;
    }

    /// <summary>Null when nothing is said.</summary>
    public static bool? Yes(TableRow row, string column, List<Fault> faults)
    {
        switch (TextKey.Letters(row[column]))
        {
            case "":
                return null;
            case "oui" or "o" or "x" or "1" or "yes" or "vrai" or "true":
                return true;
            case "non" or "n" or "0" or "no" or "faux" or "false":
                return false;
            default:
                faults.Add(new(column, Say.In($"« {row[column]} » : écrivez oui ou non.", $"“{row[column]}”: write oui or non.")));
                return null;
        }
    }

    public static int? Number(TableRow row, string column, int least, int most, List<Fault> faults)
    {
        if (row[column].Length == 0)
            return null;
        if (int.TryParse(row[column], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most)
            return n;
        faults.Add(
            new(column, Say.In($"« {row[column]} » : un nombre de {least} à {most}.", $"“{row[column]}”: a number from {least} to {most}."))
        );
        return null;
    }
}
