namespace Stages.Portal.Imports;

/// <summary>What each line of a list of offers would do to those that there are: pure, and said before anything is done.</summary>
public static class OfferPlan
{
    /// <param name="standing">All of the campaign, of every state.</param>
    public static IReadOnlyList<Planned> Of(CampaignView campaign, Table table, IReadOnlyList<OfferView> standing)
    {
        var byId = standing.ToDictionary(o => o.Id);
        var byAddress = standing
            .Where(o => o is { Status: "active", Teacher: not null })
            .GroupBy(o => EmailAddress.KeyOf(o.Teacher!.Email), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. table.Rows.Select(Planned)];

        Planned Planned(TableRow row)
        {
            var named = Guid.TryParse(row["proposition"], out var id) ? byId.GetValueOrDefault(id) : null;
            // Withdrawn it stays, and of whom was erased a list says nothing.
            if (named is { Status: not "active" } or { Teacher: null })
                return new(row, row["enseignant"] is { Length: > 0 } said ? said : "–", "same", [], named.Id);
            var offer = named ?? byAddress.GetValueOrDefault(EmailAddress.KeyOf(row["courriel"]));
            var known = offer?.AsForm();
            var (body, who, faults) = OfferLine.Read(row, campaign, known);
            if (body is null)
                return new(row, who, "refused", faults);
            var key = offer is null ? EmailAddress.KeyOf(body.Teacher!.Email ?? "") : $"{offer.Id}";
            if (!seen.TryAdd(key, row.Line))
                return new(row, who, "refused", [new(null, Say.In($"Déjà à la ligne {seen[key]}.", $"Already on line {seen[key]}."))]);
            if (known is not null)
                return Changes(known, body) is { Count: > 0 } changes
                    ? new Planned(row, who, "change", [], offer!.Id) { Changes = changes }
                    : new Planned(row, who, "same", [], offer!.Id);
            return TextKey.Letters(row["état"]) is "withdrawn" or "retiree"
                ? new(row, who, "refused", [Over()])
                : new(row, who, "create", []);
        }
    }

    public static IReadOnlyList<Change> Changes(OfferForm before, OfferForm after) =>
        [
            .. Fields(before)
                .Zip(Fields(after))
                .Where(x => x.First != x.Second)
                .Select(x => new Change(x.First.Field, x.First.Text, x.Second.Text)),
        ];

    private static IEnumerable<(string Field, string Text)> Fields(OfferForm o)
    {
        yield return ("enseignant", o.Teacher!.Name ?? "");
        yield return ("courriel", EmailAddress.KeyOf(o.Teacher.Email ?? ""));
        yield return ("téléphone", Texts.Normal<PhoneNumber>(o.Teacher.Phone));
        yield return ("UAI", o.Teacher.SchoolUai ?? "");
        yield return ("enseigne", Sorted((o.Teaches ?? []).SelectMany(t => (t.Levels ?? []).Select(l => $"{t.Subject}/{l}"))));
        yield return (
            "créneaux",
            Sorted(
                (o.Slots ?? new Dictionary<string, IReadOnlyList<SlotForm>>(StringComparer.Ordinal)).SelectMany(w =>
                    w.Value.Select(s => $"{w.Key}:{s.Slot}{(s.Preference == "preferred" ? "*" : "")}")
                )
            )
        );
        yield return ("stages par semaine", $"{o.Limits?.StagesPerWeek}");
        yield return ("groupe max", $"{o.Limits?.GroupMax}");
    }

    private static string Sorted(IEnumerable<string> words) => string.Join(' ', words.Distinct().Order(StringComparer.Ordinal));

    private static Fault Over() =>
        new(
            "état",
            Say.In(
                "Cette ligne dit que la proposition a été retirée : videz la case pour l’ajouter.",
                "This line says that the offer was withdrawn: empty the cell to add it."
            )
        );
}
