// Over 150 lines: what each column of the two lists may say, and the sentence for what it may not.
using System.Globalization;
using System.Net.Mail;
using Stages.Portal.Clients;
using Stages.Portal.Pages.Shared;
using Stages.ServiceDefaults;

namespace Stages.Portal.Imports;

/// <summary>Reads the lines of a list in the light of the campaign: pure, every fault at once, each with its column.</summary>
public static class Lines
{
    private static readonly string[] FrenchDays = ["LUN", "MAR", "MER", "JEU", "VEN"];
    private static readonly char[] Separators = [' ', ',', ';', '/', '|'];

    public static (BehalfBody? Body, string Who, IReadOnlyList<Fault> Faults) Enrolment(TableRow row, CampaignView campaign, Usual usual)
    {
        var faults = new List<Fault>();
        var (last, first) = (Required(row, "nom", faults), Required(row, "prénom", faults));
        var level = Level(row["niveau"]);
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
        var uai = (row["UAI"] is { Length: > 0 } own ? own : usual.School).ToUpperInvariant();
        if (!IsUai(uai))
            faults.Add(
                new(
                    "UAI",
                    uai.Length == 0
                        ? Missing
                        : Say.In(
                            $"« {uai} » n’est pas un code d’établissement : sept chiffres et une lettre de contrôle.",
                            $"“{uai}” is not a school code: seven digits and a check letter."
                        )
                )
            );
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
        var (email, phone) = (Email(row["courriel"], faults), Phone(row["téléphone"], faults));
        var guardian = row["responsable"] is { Length: > 0 } name ? name : $"{Say.In("Famille", "Family")} {last}";
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
            new BehalfBody(
                new PupilData(first, last, level, uai, year),
                [new GuardianData(guardian, email, phone)],
                [.. wishes.Select((w, i) => new WishData(w.Code!, i + 1))],
                weeks,
                slots,
                false,
                new EquipmentData(computer, connection),
                true,
                identified
            ),
            who,
            []
        );
    }

    public static (OfferBody? Body, string Who, IReadOnlyList<Fault> Faults) Offer(TableRow row, CampaignView campaign)
    {
        var faults = new List<Fault>();
        var name = Required(row, "enseignant", faults);
        var email = row["courriel"].Length == 0 ? Required(row, "courriel", faults) : Email(row["courriel"], faults) ?? "";
        var phone = Phone(row["téléphone"], faults);
        string? uai = row["UAI"].ToUpperInvariant() is { Length: > 0 } own ? own : null;
        if (uai is not null && !IsUai(uai))
            faults.Add(new("UAI", Say.In($"« {uai} » n’est pas un code d’établissement.", $"“{uai}” is not a school code.")));
        var teaches = new List<TeachingData>();
        // « MA 6e/5e, FR 6e »
        foreach (var part in row["enseigne"].Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var cut = part.LastIndexOf(' ');
            var (said, levels) =
                cut < 0
                    ? (part, [])
                    : (part[..cut], part[(cut + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Level).ToArray());
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
                teaches.Add(new TeachingData(code, levels));
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
            new OfferBody(
                new TeacherData(name, email, phone, uai),
                teaches,
                slots
                    .GroupBy(s => s.Week, StringComparer.Ordinal)
                    .ToDictionary(
                        g => g.Key,
                        g =>
                            (IReadOnlyList<OfferedSlotData>)
                                [
                                    .. g.DistinctBy(s => s.Slot)
                                        .Select(s => new OfferedSlotData(s.Slot, s.Starred ? "preferred" : "possible")),
                                ],
                        StringComparer.Ordinal
                    ),
                new LimitsData(stages, group)
            ),
            name,
            []
        );
    }

    private static string Missing => Say.In("Il manque quelque chose ici.", "Something is missing here.");

    private static string Required(TableRow row, string column, List<Fault> faults)
    {
        if (row[column].Length is 0 or > 100)
            faults.Add(
                new(column, row[column].Length == 0 ? Missing : Say.In("Plus de cent caractères.", "More than a hundred characters."))
            );
        return row[column];
    }

    private static string[] Words(string text, IReadOnlyList<string> usual) =>
        text.Length == 0 ? [.. usual] : text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>« 6ème », « 6EME », « 6e »; « 2nde », « seconde »; « terminale ».</summary>
    private static string Level(string said) =>
        Table.Plain(said) switch
        {
            "6e" or "6eme" or "sixieme" => "6e",
            "5e" or "5eme" or "cinquieme" => "5e",
            "4e" or "4eme" or "quatrieme" => "4e",
            "3e" or "3eme" or "troisieme" => "3e",
            "2de" or "2nde" or "seconde" => "2de",
            "1re" or "1ere" or "premiere" => "1re",
            "tle" or "terminale" or "term" => "Tle",
            var other => other is "cp" or "ce1" or "ce2" or "cm1" or "cm2" ? other.ToUpperInvariant() : said.Trim(),
        };

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

    private static List<WeekData> Weeks(string[] said, CampaignView campaign, List<Fault> faults)
    {
        var weeks = new List<WeekData>();
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
                weeks.Add(new WeekData(label, word.EndsWith('*') ? 2 : 1));
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
            for (var d = 0; d < FrenchDays.Length; d++)
                bare = bare.Replace(FrenchDays[d], WeekGrid.DayCodes[d], StringComparison.Ordinal);
            var colon = bare.IndexOf(':', StringComparison.Ordinal);
            var (week, slot) = colon > 0 ? (bare[..colon], bare[(colon + 1)..]) : ("", bare);
            var known = campaign.Weeks.FirstOrDefault(w => w.Label == week);
            if (known is null || WeekGrid.Open(campaign, known).All(s => s.Code != slot))
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

    private static string? Email(string said, List<Fault> faults)
    {
        if (said.Length == 0)
            return null;
        if (MailAddress.TryCreate(said, out var address) && address.Address == said && address.Host.Contains('.', StringComparison.Ordinal))
            return said;
        faults.Add(new("courriel", Say.In($"« {said} » n’est pas une adresse électronique.", $"“{said}” is not an e-mail address.")));
        return null;
    }

    private static string? Phone(string said, List<Fault> faults)
    {
        if (said.Length == 0)
            return null;
        // A spreadsheet takes the first zero of a number away.
        var phone = said.Length == 9 && said.All(char.IsAsciiDigit) ? "0" + said : said;
        if (
            phone.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '.' or '-' or '(' or ')')
            && phone.Count(char.IsAsciiDigit) is >= 9 and <= 15
        )
            return phone;
        faults.Add(new("téléphone", Say.In($"« {said} » n’est pas un numéro de téléphone.", $"“{said}” is not a phone number.")));
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

    private static bool IsUai(string code)
    {
        const string checks = "ABCDEFGHJKLMNPRSTUVWXYZ";
        return code.Length == 8
            && code.AsSpan(0, 7).IndexOfAnyExceptInRange('0', '9') < 0
            && code[7] == checks[int.Parse(code.AsSpan(0, 7), CultureInfo.InvariantCulture) % checks.Length];
    }
}
