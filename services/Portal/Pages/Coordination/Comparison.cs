namespace Stages.Portal.Pages.Coordination;

/// <summary>One line of two enrolments beside each other.</summary>
public sealed record ComparedField(string Field, string One, string Other)
{
    public bool Differs => One != Other;
}

/// <summary>What two enrolments say, field by field, in words that a coordinator reads out on the phone.</summary>
public static class Comparison
{
    public static IReadOnlyList<ComparedField> Of(
        EnrolmentView one,
        EnrolmentView other,
        CampaignView campaign,
        Func<string, string> school
    )
    {
        return
        [
            Line(Say.In("Prénom", "First name"), e => e.Pupil.FirstName),
            Line(Say.In("Nom", "Last name"), e => e.Pupil.LastName),
            Line(Say.In("Année de naissance", "Year of birth"), e => e.Pupil.BirthYear?.ToString(CultureInfo.InvariantCulture) ?? ""),
            Line(Say.In("Niveau", "Level"), e => e.Pupil.Level),
            Line(Say.In("Établissement", "School"), e => school(e.Pupil.SchoolUai)),
            Line(
                Say.In("Responsables", "Guardians"),
                e =>
                    string.Join(
                        Say.Semicolon,
                        e.Guardians.Select(g => string.Join(", ", new[] { g.Name, g.Email, g.Phone }.OfType<string>()))
                    )
            ),
            Line(Say.In("Vœux", "Wishes"), e => string.Join(", ", e.Wishes.OrderBy(w => w.Rank).Select(w => Subject(w.Subject)))),
            .. campaign.Weeks.Select(w => Line(Say.In($"Créneaux, semaine {w.Label}", $"Slots, week {w.Label}"), e => SlotsOf(e, w.Label))),
            Line(Say.In("Places", "Places"), e => string.Join(", ", e.Placements.Where(p => p.Holds).Select(Place))),
            Line(Say.In("Matériel qui manque", "Equipment missing"), Equipment),
            Line(Say.In("Identifié par l’école", "Identified by the school"), e => YesNo(e.IdentifiedBySchool)),
            Line(Say.In("Mot de l’école", "The school’s word"), e => e.SchoolNote ?? ""),
            Line(Say.In("Désaccord d’un responsable", "A guardian’s disagreement"), e => YesNo(e.Objections is { Count: > 0 })),
            Line(Say.In("Inscrit le", "Enrolled on"), e => Dates.Instant(e.SubmittedAt, campaign.TimeZone)),
        ];

        ComparedField Line(string field, Func<EnrolmentView, string> said) => new(field, said(one), said(other));

        string Subject(string code) => campaign.Subject(code)?.Title ?? code;

        string Place(PlacementView p) =>
            p.Status == "confirmed"
                ? Say.In($"{Subject(p.Wish)} (confirmée)", $"{Subject(p.Wish)} (confirmed)")
                : Say.In($"{Subject(p.Wish)} (proposée)", $"{Subject(p.Wish)} (offered)");
    }

    private static string SlotsOf(EnrolmentView e, string week) =>
        e.Weeks.Any(w => w.Label == week) ? string.Join(", ", (e.Slots.GetValueOrDefault(week) ?? []).Select(Hour)) : "";

    private static string Hour(string code) =>
        SlotCode.TryParse(code, out var slot, out _) ? $"{Dates.DayName(AMonday.AddDays(slot.Day))} {Dates.Hour(slot.Start)}" : code;

    /// <summary>Any will do.</summary>
    private static readonly DateOnly AMonday = new(2024, 1, 1);

    private static string Equipment(EnrolmentView e) =>
        string.Join(
            ", ",
            new[]
            {
                e.Equipment.Computer ? Say.In("ordinateur", "computer") : null,
                e.Equipment.Connection ? Say.In("connexion", "connection") : null,
            }.OfType<string>()
        );

    private static string YesNo(bool yes) => yes ? Say.In("oui", "yes") : Say.In("non", "no");
}
