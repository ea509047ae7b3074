namespace Stages.Scheduling.Offers;

/// <summary>
/// Why an offer that is well formed can serve nothing, or one of its weeks cannot: known as soon as it is made, so its teacher is told then
/// and not when everybody has been paired.
/// </summary>
public static class OfferWarnings
{
    public static IReadOnlyList<OfferWarning> Of(CampaignPlan plan, OfferTerms terms)
    {
        var (rules, warnings) = (plan.Rules, new List<OfferWarning>());
        if (terms.Limits.GroupMax < rules.GroupMin)
            warnings.Add(
                new(
                    "limits.groupMax",
                    "group-too-small",
                    Say.In(
                        $"Un groupe a au moins {Count.Fr(rules.GroupMin, "élève")} dans cette campagne : "
                            + $"avec {terms.Limits.GroupMax} au plus, aucun stage ne peut vous être confié.",
                        $"A group has at least {Count.En(rules.GroupMin, "pupil")} in this campaign: "
                            + $"with {terms.Limits.GroupMax} at most, no stage can be given to you."
                    )
                )
            );
        if (terms.Limits.StagesPerWeek < 1)
            warnings.Add(
                new(
                    "limits.stagesPerWeek",
                    "no-stage",
                    Say.In(
                        "Avec zéro stage par semaine, rien ne peut vous être confié.",
                        "With no stage a week, nothing can be given to you."
                    )
                )
            );
        foreach (var week in plan.Weeks.Where(w => terms.Slots.GetValueOrDefault(w.Label) is { Count: > 0 }))
            if (ModulesIn(plan, terms, week.Label) is var possible && possible < rules.ModulesMin)
                warnings.Add(
                    new(
                        $"slots.{week.Label}",
                        "too-few-days",
                        Say.In(
                            $"Semaine {week.Label} : un stage a au moins {Count.Fr(rules.ModulesMin, "séance")}, "
                                + $"{rules.ModulesPerDayMax} par jour au plus ; vos créneaux n’en permettent que {possible}.",
                            $"Week {week.Label}: a stage has at least {Count.En(rules.ModulesMin, "session")}, "
                                + $"{rules.ModulesPerDayMax} a day at most; your slots allow only {possible}."
                        )
                    )
                );
        return warnings;
    }

    /// <summary>Sessions that a stage could have in this week, on open days and with no more on a day than the rules allow.</summary>
    private static int ModulesIn(CampaignPlan plan, OfferTerms terms, string week) =>
        terms
            .Slots[week]
            .Select(s => Grid.Number(plan, s.Slot))
            .OfType<int>()
            .Where(slot => !Grid.IsClosed(plan, week, slot))
            .GroupBy(slot => Grid.DateOf(plan, week, slot))
            .Sum(day => Math.Min(day.Count(), plan.Rules.ModulesPerDayMax));
}
