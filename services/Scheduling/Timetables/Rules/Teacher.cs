using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Timetables.Rules;

/// <summary>Who gives a stage.</summary>
public static class Teacher
{
    public static readonly IReadOnlyList<Rule<Stage>> All =
    [
        new("offer-unknown", HasAnOfferInTheCampaign),
        new("offer-withdrawn", HasNotWithdrawn),
        new("teacher-not-accepted", IsAccepted),
        new("offer-does-not-teach", TeachesTheSubjectAtTheLevels),
        new("teacher-unavailable", IsAvailableAtEachModule),
        new("teacher-busy", IsInOneModuleAtATime),
        new("teacher-elsewhere", IsInNoOtherCampaignThen),
        new("teacher-too-many-stages", HasNoMoreStagesThanAccepted),
    ];

    public static HashSet<int> Available(CampaignPlan plan, Offer offer, string week) =>
        [.. offer.Terms.Slots.GetValueOrDefault(week, []).Select(s => Grid.Number(plan, s.Slot)).OfType<int>()];

    /// <summary>A stage is given by a teacher who made an offer to its campaign.</summary>
    private static IEnumerable<Breach> HasAnOfferInTheCampaign(Stage stage, Surroundings around)
    {
        if (around.Offer is null)
            yield return new(
                "Cette proposition d’enseignant n’existe pas dans la campagne.",
                "There is no such offer in the campaign.",
                stage.OfferId.ToString()
            );
    }

    /// <summary>A teacher who withdrew gives no stage.</summary>
    private static IEnumerable<Breach> HasNotWithdrawn(Stage stage, Surroundings around)
    {
        if (around.Offer is { Withdrawn: true })
            yield return new("L’enseignant a retiré sa proposition.", "The teacher withdrew.", stage.OfferId.ToString());
    }

    /// <summary>A stage is given by a teacher whom the académie knows.</summary>
    private static IEnumerable<Breach> IsAccepted(Stage stage, Surroundings around)
    {
        if (around.Offer is { Acceptance: not Acceptance.Accepted })
            yield return new(
                "Cet enseignant n’est pas (ou plus) accepté par la coordination.",
                "This teacher is not (or no longer) accepted by the coordinators.",
                stage.OfferId.ToString()
            );
    }

    /// <summary>The teacher teaches the stage's subject at its level, or at both.</summary>
    private static IEnumerable<Breach> TeachesTheSubjectAtTheLevels(Stage stage, Surroundings around)
    {
        if (around.Offer is not { } offer || offer.Terms.CanTeach(stage.Subject, stage.Levels))
            yield break;
        var (subject, levels) = (Words.Subject(around.Plan, stage), Words.Levels(stage));
        yield return new(
            $"L’enseignant n’enseigne pas {subject.Fr} en {levels.Fr}.",
            $"The teacher does not teach {subject.En} at {levels.En}.",
            stage.OfferId.ToString()
        );
    }

    /// <summary>The teacher is available at each module.</summary>
    private static IEnumerable<Breach> IsAvailableAtEachModule(Stage stage, Surroundings around)
    {
        if (around.Offer is not { } offer)
            yield break;
        foreach (var slot in Modules.Slots(stage, around.Plan).Except(Available(around.Plan, offer, stage.Week)))
        {
            var ((fr, en), code) = (Words.At(around.Plan, stage.Week, slot), Grid.Code(around.Plan, slot));
            yield return new($"L’enseignant n’est pas disponible {fr}.", $"The teacher is not available {en}.", code, Slot: code);
        }
    }

    /// <summary>A teacher is never in two modules at one time.</summary>
    private static IEnumerable<Breach> IsInOneModuleAtATime(Stage stage, Surroundings around)
    {
        foreach (var other in Others(stage, around))
        foreach (var slot in Modules.SharedWith(other, stage, around.Plan))
        {
            var (fr, en) = Words.At(around.Plan, stage.Week, slot);
            yield return new(
                $"L’enseignant a déjà une séance {fr}.",
                $"The teacher already has a session {en}.",
                $"{other.Id}/{slot}",
                StageId: other.Id,
                Slot: Grid.Code(around.Plan, slot)
            );
        }
    }

    /// <summary>A teacher has no module of another campaign at that time.</summary>
    private static IEnumerable<Breach> IsInNoOtherCampaignThen(Stage stage, Surroundings around)
    {
        foreach (var slot in Modules.Slots(stage, around.Plan))
            if (around.Elsewhere.Meets(around.Offer?.PersonId, around.Plan, stage.Week, slot) is { } busy)
            {
                var ((fr, en), code) = (Words.At(around.Plan, stage.Week, slot), Grid.Code(around.Plan, slot));
                yield return new(
                    $"L’enseignant a déjà une séance {fr}, dans la campagne « {busy.Campaign} ».",
                    $"The teacher already has a session {en}, in the campaign “{busy.Campaign}”.",
                    code,
                    Slot: code
                );
            }
    }

    /// <summary>A teacher has no more stages in a week than they accept.</summary>
    private static IEnumerable<Breach> HasNoMoreStagesThanAccepted(Stage stage, Surroundings around)
    {
        if (around.Offer is not { Terms.Limits.StagesPerWeek: var most })
            yield break;
        var count = Others(stage, around).Count(o => o.Week == stage.Week) + 1;
        if (count > most)
            yield return new(
                $"L’enseignant accepte {Count.Fr(most, "stage")} par semaine ; il en aurait {count}.",
                $"The teacher accepts {Count.En(most, "stage")} a week; there would be {count}.",
                stage.OfferId.ToString()
            );
    }

    /// <summary>Of a teacher without an offer nothing is known, so that they have no other stages either.</summary>
    private static IEnumerable<Stage> Others(Stage stage, Surroundings around) =>
        around.Others.Where(o => around.Offer is not null && o.Id != stage.Id && o.OfferId == stage.OfferId);
}
