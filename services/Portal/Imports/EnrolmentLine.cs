namespace Stages.Portal.Imports;

/// <summary>What a line of a list says of a pupil: nothing where it says nothing.</summary>
/// <param name="Id">The enrolment that it names, as an export writes it.</param>
/// <param name="IsOver">It says itself that the enrolment stands no more.</param>
/// <param name="Uai">As the line says it; the school of the whole list is <paramref name="At"/>.</param>
/// <param name="Guardians">At most two; names may be empty, and a place without anybody is null.</param>
public sealed record EnrolmentLine(
    Guid? Id,
    bool IsOver,
    string First,
    string Last,
    string Level,
    string Uai,
    string At,
    int? Year,
    IReadOnlyList<string> Marks,
    IReadOnlyList<(string? Code, string Said)> Wishes,
    IReadOnlyList<WeekWanted> Weeks,
    IReadOnlyList<(string Week, string Slot)> Slots,
    bool? Computer,
    bool? Connection,
    bool? Identified,
    IReadOnlyList<Guardian?> Guardians
)
{
    private static readonly int[] Places = [1, 2];

    public string Who => $"{First} {Last}".Trim();

    /// <summary>Pure, every fault at once, each with its column. What is missing only a pupil who is new shows.</summary>
    public static (EnrolmentLine Line, List<Fault> Faults) Read(TableRow row, CampaignView campaign, Usual usual)
    {
        List<Fault> faults = [.. Cells.ErrorsOf(row, Written.EnrolmentColumns)];
        var broken = faults.Select(f => f.Column).ToHashSet(StringComparer.Ordinal);
        var last = row["nom d’usage"] is { Length: > 0 } usage ? usage : row["nom"];
        var uai = Said("UAI") is { } code ? Cells.Read<Uai>("UAI", code, faults) ?? "" : "";
        var (year, date) = Born(Said("année de naissance"), faults);
        var names = (First: Name("prénom", row["prénom"]), Last: Name("nom", last));
        return (
            new EnrolmentLine(
                Guid.TryParse(row["inscription"], out var id) ? id : null,
                TextKey.Letters(row["état"]) is "withdrawn" or "erased" or "retiree" or "effacee" or "merged" or "reunie",
                names.First,
                names.Last,
                Said("niveau") is { } level ? LevelOf(level, campaign, faults) : "",
                uai,
                uai.Length > 0 ? uai : Texts.Normal<Uai>(usual.School),
                year,
                [.. Child.MarksOf(names.First, names.Last, Said("INE"), date)],
                [.. Wanted(row, campaign)],
                Cells.Weeks(Cells.Words(Said("semaines") ?? ""), campaign, faults),
                [.. Cells.Slots(Said("créneaux") ?? "", campaign, faults).Select(s => (s.Week, s.Slot)).Distinct()],
                Cells.Yes(row, "ordinateur", faults),
                Cells.Yes(row, "connexion", faults),
                Cells.Yes(row, "identifié par l’école", faults),
                [.. Places.Select(n => Reached(row, n == 1 ? "" : $" {n}", faults))]
            ),
            faults
        );

        string? Said(string column) => row[column] is { Length: > 0 } text && !broken.Contains(column) ? text : null;

        string Name(string column, string said) => said.Length == 0 || broken.Contains(column) ? "" : Cells.Name(column, said, faults);
    }

    private static string LevelOf(string said, CampaignView campaign, List<Fault> faults)
    {
        var level = Texts.Normal<Level>(said);
        if (!campaign.Levels.Contains(level))
            faults.Add(
                new(
                    "niveau",
                    Say.In(
                        $"« {said} » n’est pas un niveau de cette campagne ({string.Join(", ", campaign.Levels)}).",
                        $"“{said}” is not a level of this campaign ({string.Join(", ", campaign.Levels)})."
                    )
                )
            );
        return level;
    }

    private static IEnumerable<(string? Code, string Said)> Wanted(TableRow row, CampaignView campaign) =>
        Columns.WishByWish.Prepend("vœux").SelectMany(column => Cells.Subjects(row[column], campaign)).Where(w => !w.Said.StartsWith('#'));

    private static Guardian? Reached(TableRow row, string nth, List<Fault> faults)
    {
        var (name, email, phone) = (row["responsable" + nth], row["courriel" + nth], row["téléphone" + nth]);
        return name.Length + email.Length + phone.Length == 0
            ? null
            : new Guardian(
                name.Length == 0 ? "" : Cells.Name("responsable" + nth, name, faults),
                Cells.Read<EmailAddress>("courriel" + nth, email, faults),
                Cells.Read<PhoneNumber>("téléphone" + nth, phone, faults)
            );
    }

    /// <summary>A year, or a whole date in whose year the pupil was born.</summary>
    private static (int? Year, DateOnly? Date) Born(string? said, List<Fault> faults)
    {
        if (said is null)
            return (null, null);
        var date = Table.Date(said);
        if (
            date is null
            && int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var typed)
            && typed is >= 1990 and <= 2100
        )
            return (typed, null);
        if (date is { Year: >= 1990 and <= 2100 })
            return (date.Value.Year, date);
        faults.Add(
            new(
                "année de naissance",
                Say.In($"« {said} » n’est ni une année ni une date de naissance.", $"“{said}” is neither a year nor a date of birth.")
            )
        );
        return (null, null);
    }
}
