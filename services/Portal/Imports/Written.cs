using CsvHelper;
using CsvHelper.Configuration;

namespace Stages.Portal.Imports;

/// <summary>Enrolments and offers as lines of a list, in the columns that an import reads: brought back, they change nothing.</summary>
public static class Written
{
    public static readonly string[] EnrolmentColumns =
    [
        "inscription",
        "nom",
        "prénom",
        "niveau",
        "UAI",
        "INE",
        "année de naissance",
        "vœux",
        "semaines",
        "créneaux",
        "ordinateur",
        "connexion",
        "identifié par l’école",
        "état",
        "responsable",
        "courriel",
        "téléphone",
        "responsable 2",
        "courriel 2",
        "téléphone 2",
    ];

    public static readonly string[] OfferColumns =
    [
        "proposition",
        "enseignant",
        "courriel",
        "téléphone",
        "UAI",
        "enseigne",
        "créneaux",
        "stages par semaine",
        "groupe max",
        "état",
    ];

    public static object?[] Row(EnrolmentView e)
    {
        var (g, h) = (Nth(e.Guardians, 0), Nth(e.Guardians, 1));
        return
        [
            e.Id,
            e.Pupil.LastName,
            e.Pupil.FirstName,
            e.Pupil.Level,
            e.Pupil.SchoolUai,
            // It is never kept: a list that has it brings it, this one leaves room for it.
            null,
            e.Pupil.BirthYear,
            string.Join(' ', e.Wishes.OrderBy(w => w.Rank).Select(w => w.Subject)),
            string.Join(' ', e.Weeks.Select(w => w.Label + (w.Preference == 2 ? "*" : ""))),
            string.Join(' ', e.Slots.SelectMany(w => w.Value.Select(s => $"{w.Key}:{s}"))),
            e.Equipment.Computer ? "oui" : "",
            e.Equipment.Connection ? "oui" : "",
            e.IdentifiedBySchool ? "oui" : "",
            e.Status,
            g?.Name,
            g?.Email,
            g?.Phone,
            h?.Name,
            h?.Email,
            h?.Phone,
        ];
    }

    public static object?[] Row(OfferView o) =>
        [
            o.Id,
            o.Teacher?.Name,
            o.Teacher?.Email,
            o.Teacher?.Phone,
            o.Teacher?.SchoolUai,
            string.Join(", ", o.Teaches.Select(t => $"{t.Subject} {string.Join('/', t.Levels)}")),
            string.Join(' ', o.Slots.SelectMany(w => w.Value.Select(s => $"{w.Key}:{s.Slot}{(s.Preference == "preferred" ? "*" : "")}"))),
            o.Limits.StagesPerWeek,
            o.Limits.GroupMax,
            o.Status,
        ];

    /// <summary>As CSV, every cell quoted; one that a spreadsheet would take for a formula gets an apostrophe in front.</summary>
    public static CsvWriter Csv(TextWriter to) =>
        new(
            to,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = ";",
                ShouldQuote = _ => true,
                InjectionOptions = InjectionOptions.Escape,
            }
        );

    public static Task Line(CsvWriter csv, object?[] cells)
    {
        foreach (var cell in cells)
            csv.WriteField(Convert.ToString(cell, CultureInfo.InvariantCulture));
        return csv.NextRecordAsync();
    }

    private static Guardian? Nth(IReadOnlyList<Guardian> all, int n) => n < all.Count ? all[n] : null;
}
