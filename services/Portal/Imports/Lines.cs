namespace Stages.Portal.Imports;

/// <summary>Reads the lines of a list in the light of the campaign: pure, every fault at once, each with its column.</summary>
public static class Lines
{
    private static readonly char[] Separators = [' ', ',', ';', '/', '|'];

    public static (EnrolmentRequest? Body, string Who, IReadOnlyList<Fault> Faults) Enrolment(
        TableRow row,
        CampaignView campaign,
        Usual usual
    )
    {
        var faults = new List<Fault>();
        var (last, first) = (Name("nom", row["nom"], faults), Name("prénom", row["prénom"], faults));
        var level = Texts.Normal<Level>(row["niveau"]);
        if (!campaign.Levels.Contains(level))
            faults.Add(
                new(
                    "niveau",
                    level.Length == 0
                        ? Missing
                        : Say.In(
                            $"« {row["niveau"]} » n’est pas un niveau de cette campagne ({string.Join(", ", campaign.Levels)}).",
                            $"“{row["niveau"]}” is not a level of this campaign ({string.Join(", ", campaign.Levels)})."
                        )
                )
            );
        var uai = Read<Uai>("UAI", row["UAI"] is { Length: > 0 } own ? own : usual.School, faults, required: true) ?? "";
        int? year = null;
        if (row["année de naissance"] is { Length: > 0 } born)
        {
            if (int.TryParse(born, NumberStyles.None, CultureInfo.InvariantCulture, out var y) && y is >= 1990 and <= 2100)
                year = y;
            else
                faults.Add(new("année de naissance", Say.In($"« {born} » n’est pas une année.", $"“{born}” is not a year.")));
        }
        var wishes = Words(row["vœux"], usual.Wishes).Select(w => Subject(w, campaign)).ToArray();
        if (wishes.Length == 0)
            faults.Add(new("vœux", Missing));
        foreach (var (code, said) in wishes)
        {
            if (code is null)
                faults.Add(
                    new(
                        "vœux",
                        Say.In($"« {said} » n’est pas une matière de cette campagne.", $"“{said}” is not a subject of this campaign.")
                    )
                );
            else if (campaign.Levels.Contains(level) && !campaign.Subject(code)!.Levels.Contains(level))
                faults.Add(new("vœux", Say.In($"{said} n’est pas proposé en {level}.", $"{said} is not offered at level {level}.")));
        }
        if (wishes.Select(w => w.Code).Distinct(StringComparer.Ordinal).Count() < wishes.Length)
            faults.Add(new("vœux", Say.In("La même matière est demandée deux fois.", "The same subject is wanted twice.")));
        var weeks = Weeks(Words(row["semaines"], usual.Weeks), campaign, faults);
        var slots = Slots(row["créneaux"], campaign, [.. weeks.Select(w => w.Label)], faults)
            .GroupBy(s => s.Week, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Select(s => s.Slot).Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        var (email, phone) = (
            Read<EmailAddress>("courriel", row["courriel"], faults),
            Read<PhoneNumber>("téléphone", row["téléphone"], faults)
        );
        var guardian =
            row["responsable"].Length > 0 ? Name("responsable", row["responsable"], faults) : $"{Say.In("Famille", "Family")} {last}";
        if (!usual.Consent)
            faults.Add(
                new(
                    null,
                    Say.In(
                        "L’accord de la famille est nécessaire : cochez-le au-dessus de la liste.",
                        "The family’s consent is needed: tick it above the list."
                    )
                )
            );
        var (computer, connection, identified) = (
            Yes(row, "ordinateur", false, faults),
            Yes(row, "connexion", false, faults),
            Yes(row, "identifié par l’école", usual.Identified, faults)
        );
        var who = $"{first} {last}".Trim();
        if (faults.Count > 0)
            return (null, who, faults);
        return (
            new EnrolmentRequest(
                new Pupil(first, last, level, uai, year),
                [new Guardian(guardian, email, phone)],
                [.. wishes.Select((w, i) => new Wish(w.Code!, i + 1))],
                [.. weeks],
                slots,
                false,
                new Equipment(computer, connection),
                true,
                identified
            ),
            who,
            []
        );
    }

    public static (OfferForm? Body, string Who, IReadOnlyList<Fault> Faults) Offer(TableRow row, CampaignView campaign)
    {
        var faults = new List<Fault>();
        var name = Name("enseignant", row["enseignant"], faults);
        var email = Read<EmailAddress>("courriel", row["courriel"], faults, required: true) ?? "";
        var phone = Read<PhoneNumber>("téléphone", row["téléphone"], faults);
        var uai = Read<Uai>("UAI", row["UAI"], faults);
        var teaches = new List<TeachingForm>();
        // « MA 6e/5e, FR 6e »
        foreach (var part in row["enseigne"].Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var cut = part.LastIndexOf(' ');
            var (said, levels) =
                cut < 0
                    ? (part, [])
                    : (
                        part[..cut],
                        part[(cut + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Texts.Normal<Level>).ToArray()
                    );
            var (code, _) = Subject(said, campaign);
            if (code is null)
                faults.Add(
                    new(
                        "enseigne",
                        Say.In($"« {said} » n’est pas une matière de cette campagne.", $"“{said}” is not a subject of this campaign.")
                    )
                );
            else if (levels.Length == 0)
                faults.Add(
                    new(
                        "enseigne",
                        Say.In(
                            $"Dites les niveaux de {said}, par exemple « {said} 6e/5e ».",
                            $"Give the levels of {said}, for example “{said} 6e/5e”."
                        )
                    )
                );
            else if (levels.Where(l => !campaign.Subject(code)!.Levels.Contains(l)).ToArray() is { Length: > 0 } unknown)
                faults.Add(
                    new(
                        "enseigne",
                        Say.In(
                            $"{said} n’est pas proposé en {string.Join(", ", unknown)}.",
                            $"{said} is not taught at {string.Join(", ", unknown)}."
                        )
                    )
                );
            else
                teaches.Add(new TeachingForm(code, levels));
        }
        if (row["enseigne"].Length == 0)
            faults.Add(new("enseigne", Missing));
        if (row["créneaux"].Length == 0)
            faults.Add(new("créneaux", Missing));
        var slots = row["créneaux"].Length == 0 ? [] : Slots(row["créneaux"], campaign, [.. campaign.Weeks.Select(w => w.Label)], faults);
        var (stages, group) = (Number(row, "stages par semaine", 1, 20, faults) ?? 1, Number(row, "groupe max", 1, 60, faults));
        if (faults.Count > 0)
            return (null, name, faults);
        return (
            new OfferForm
            {
                Teacher = new(name, email, phone, uai),
                Teaches = teaches,
                Slots = slots
                    .GroupBy(s => s.Week, StringComparer.Ordinal)
                    .ToDictionary(
                        g => g.Key,
                        g =>
                            (IReadOnlyList<SlotForm>)
                                [.. g.DistinctBy(s => s.Slot).Select(s => new SlotForm(s.Slot, s.Starred ? "preferred" : "possible"))],
                        StringComparer.Ordinal
                    ),
                Limits = new(stages, group),
            },
            name,
            []
        );
    }

    private static string Missing => Say.In("Il manque quelque chose ici.", "Something is missing here.");

    /// <summary>As it was typed where it is none, for whoever looks for the line.</summary>
    private static string Name(string column, string said, List<Fault> faults) =>
        Read<NameText>(column, said, faults, required: true) ?? said;

    private static string[] Words(string text, IReadOnlyList<string> usual) =>
        text.Length == 0 ? [.. usual] : text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static (string? Code, string Said) Subject(string said, CampaignView campaign) =>
        (
            campaign
                .Subjects.FirstOrDefault(s =>
                    Table.Plain(s.Code) == Table.Plain(said)
                    || Table.Plain(s.Name) == Table.Plain(said)
                    || Table.Plain(s.Title) == Table.Plain(said)
                )
                ?.Code,
            said
        );

    private static List<WeekWanted> Weeks(string[] said, CampaignView campaign, List<Fault> faults)
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
        if (said.Length == 0)
            faults.Add(new("semaines", Missing));
        return weeks;
    }

    /// <summary>« A:LUN-09:00 B:MAR-14:00* »; nothing said: every slot that is open in these weeks.</summary>
    private static List<(string Week, string Slot, bool Starred)> Slots(
        string said,
        CampaignView campaign,
        string[] weeks,
        List<Fault> faults
    )
    {
        if (said.Length == 0)
            return
            [
                .. campaign
                    .Weeks.Where(w => weeks.Contains(w.Label))
                    .SelectMany(w => WeekGrid.Open(campaign, w).Select(s => (w.Label, s.Code, false))),
            ];
        var slots = new List<(string, string, bool)>();
        foreach (var word in said.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            var bare = word.TrimEnd('*').ToUpperInvariant();
            var colon = bare.IndexOf(':', StringComparison.Ordinal);
            var (week, slot) = colon > 0 ? (bare[..colon], SlotCode.Typed(bare[(colon + 1)..])?.ToString()) : ("", null);
            var known = campaign.Weeks.FirstOrDefault(w => w.Label == week);
            if (known is null || slot is null || WeekGrid.Open(campaign, known).All(s => s.Code != slot))
                faults.Add(
                    new(
                        "créneaux",
                        Say.In(
                            $"« {word} » n’est pas un créneau ouvert ; exemple : "
                                + $"{campaign.Weeks[0].Label}:LUN-{campaign.SlotStarts[0]:HH\\:mm}.",
                            $"“{word}” is not an open slot; example: {campaign.Weeks[0].Label}:MON-{campaign.SlotStarts[0]:HH\\:mm}."
                        )
                    )
                );
            else if (weeks.Contains(week))
                slots.Add((week, slot, word.EndsWith('*')));
        }
        return slots;
    }

    /// <summary>The text as it is kept; null with a fault, or when there is none and none is needed.</summary>
    private static string? Read<T>(string column, string said, List<Fault> faults, bool required = false)
        where T : class, IText<T>
    {
        if (said.Length == 0 && !required)
            return null;
        if (T.TryParse(said, out var value, out var reason))
            return value.ToString();
        faults.Add(new(column, said.Length == 0 ? Missing : $"{Say.In("«\u00a0", "“")}{said}{Say.In("\u00a0»", "”")} : {Say.In(reason)}"));
        return null;
    }

    private static bool Yes(TableRow row, string column, bool usual, List<Fault> faults)
    {
        switch (Table.Plain(row[column]))
        {
            case "":
                return usual;
            case "oui" or "o" or "x" or "1" or "yes" or "vrai" or "true":
                return true;
            case "non" or "n" or "0" or "no" or "faux" or "false":
                return false;
            default:
                faults.Add(new(column, Say.In($"« {row[column]} » : écrivez oui ou non.", $"“{row[column]}”: write oui or non.")));
                return false;
        }
    }

    private static int? Number(TableRow row, string column, int least, int most, List<Fault> faults)
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
