namespace Stages.Portal.Imports;

/// <summary>Reads a line of a list of offers in the light of the campaign: pure, every fault at once, each with its column.</summary>
public static class OfferLine
{
    /// <param name="known">What stands: what the line does not say stays as it is.</param>
    public static (OfferForm? Body, string Who, IReadOnlyList<Fault> Faults) Read(
        TableRow row,
        CampaignView campaign,
        OfferForm? known = null
    )
    {
        List<Fault> faults = [.. Cells.ErrorsOf(row, Written.OfferColumns)];
        var name =
            known is not null && row["enseignant"].Length == 0 ? known.Teacher!.Name! : Cells.Name("enseignant", row["enseignant"], faults);
        var email = Cells.Read<EmailAddress>("courriel", row["courriel"], faults, required: known is null) ?? known?.Teacher!.Email ?? "";
        var phone = Cells.Read<PhoneNumber>("téléphone", row["téléphone"], faults) ?? known?.Teacher!.Phone;
        var uai = Cells.Read<Uai>("UAI", row["UAI"], faults) ?? known?.Teacher!.SchoolUai;
        var teaches = Teaches(row["enseigne"], campaign, faults);
        if (teaches.Count == 0 && row["enseigne"].Length == 0 && known is null)
            faults.Add(new("enseigne", Cells.Missing));
        if (row["créneaux"].Length == 0 && known is null)
            faults.Add(new("créneaux", Cells.Missing));
        var slots = Cells.Slots(
            row["créneaux"],
            campaign,
            faults,
            (week, slot) => Stands(known, week, slot) || Cells.IsOpen(campaign, week, slot)
        );
        var limits = known?.Limits ?? new(1);
        var stages = Cells.Number(row, "stages par semaine", 1, 20, faults) ?? limits.StagesPerWeek;
        var group = Cells.Number(row, "groupe max", 1, 60, faults) ?? limits.GroupMax;
        if (faults.Count > 0)
            return (null, name, faults);
        return (
            new OfferForm
            {
                // Another name than the one that stands has parts that nobody wrote.
                Teacher =
                    name == known?.Teacher!.Name
                        ? known.Teacher with
                        {
                            Email = email,
                            Phone = phone,
                            SchoolUai = uai,
                        }
                        : new(name, email, phone, uai, known?.Teacher!.Language),
                Teaches = teaches.Count == 0 ? known!.Teaches : teaches,
                Slots = slots.Count == 0 ? known!.Slots : Offered(slots),
                Limits = new(stages, group),
            },
            name,
            []
        );
    }

    private static bool Stands(OfferForm? known, Week week, string slot) =>
        known?.Slots?.GetValueOrDefault(week.Label)?.Any(s => s.Slot == slot) == true;

    private static Dictionary<string, IReadOnlyList<SlotForm>> Offered(List<(string Week, string Slot, bool Starred)> slots) =>
        slots
            .GroupBy(s => s.Week, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g =>
                    (IReadOnlyList<SlotForm>)
                        [.. g.DistinctBy(s => s.Slot).Select(s => new SlotForm(s.Slot, s.Starred ? "preferred" : "possible"))],
                StringComparer.Ordinal
            );

    private static List<TeachingForm> Teaches(string said, CampaignView campaign, List<Fault> faults)
    {
        var teaches = new List<TeachingForm>();
        // « MA 6e/5e, FR 6e »
        foreach (var part in said.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var cut = part.LastIndexOf(' ');
            var (subject, levels) =
                cut < 0
                    ? (part, [])
                    : (
                        part[..cut],
                        part[(cut + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Texts.Normal<Level>).ToArray()
                    );
            var (code, _) = Cells.Subject(subject, campaign);
            if (code is null)
                faults.Add(
                    new(
                        "enseigne",
                        Say.In($"« {subject} » n’est pas une matière de cette campagne.", $"“{subject}” is not a subject of this campaign.")
                    )
                );
            else if (levels.Length == 0)
                faults.Add(
                    new(
                        "enseigne",
                        Say.In(
                            $"Dites les niveaux de {subject}, par exemple « {subject} 6e/5e ».",
                            $"Give the levels of {subject}, for example “{subject} 6e/5e”."
                        )
                    )
                );
            else if (levels.Where(l => !campaign.Subject(code)!.Levels.Contains(l)).ToArray() is { Length: > 0 } unknown)
                faults.Add(
                    new(
                        "enseigne",
                        Say.In(
                            $"{subject} n’est pas proposé en {string.Join(", ", unknown)}.",
                            $"{subject} is not taught at {string.Join(", ", unknown)}."
                        )
                    )
                );
            else
                teaches.Add(new TeachingForm(code, levels));
        }
        return teaches;
    }
}
