namespace Stages.Portal.Pages.Everyone;

/// <summary>
/// The rules by which places are given, in words: written from the campaign's own and from the constants that the services compute with,
/// so that the page cannot say anything else than what is done.
/// </summary>
public static class RuleTexts
{
    /// <summary>What a campaign has unless its coordinator says otherwise.</summary>
    public static Rules Usual { get; } =
        new(
            CampaignDefaults.GroupMin,
            CampaignDefaults.GroupMax,
            CampaignDefaults.ModulesMin,
            CampaignDefaults.ModulesMax,
            CampaignDefaults.ModulesPerDayMax,
            CampaignDefaults.SingleWeek,
            [],
            CampaignDefaults.FirstWish,
            CampaignDefaults.FurtherWish
        );

    /// <param name="minutes">Length of a module.</param>
    /// <param name="level">A level's name by its code.</param>
    public static IEnumerable<string> Kept(Rules rules, int minutes, Func<string, string> level)
    {
        if (rules.SingleWeek)
            yield return Say.In(
                "Tous les stages d’un enfant sont dans une seule des semaines de la campagne.",
                "All stages of a child lie in one of the campaign’s weeks."
            );
        yield return Say.In(
            $"Un stage a {Range(rules.ModulesMin, rules.ModulesMax, "à")} séances de {Length(minutes)}, "
                + $"{Count.Fr(rules.ModulesPerDayMax, "par jour au plus", "par jour au plus")}, avec le même enseignant et le même groupe.",
            $"A stage has {Range(rules.ModulesMin, rules.ModulesMax, "to")} sessions of {Length(minutes)}, "
                + $"{rules.ModulesPerDayMax} a day at most, with the same teacher and the same group."
        );
        yield return Say.In(
            $"Un groupe a {Range(rules.GroupMin, rules.GroupMax, "à")} élèves, tous du même niveau{Neighbours(rules, level)}. "
                + "Un enseignant peut demander un groupe plus petit.",
            $"A group has {Range(rules.GroupMin, rules.GroupMax, "to")} pupils, all of one level{Neighbours(rules, level)}. "
                + "A teacher may ask for a smaller group."
        );
        yield return Say.In(
            "Personne n’est placé à un créneau qui n’a pas été coché, ni à deux séances à la fois.",
            "Nobody is placed in a slot that was not ticked, nor in two sessions at once."
        );
        yield return Say.In(
            "Des frères et sœurs ne sont jamais en classe à la même heure, sauf si la famille a demandé autre chose.",
            "Brothers and sisters are never in class at the same hour, unless the family has asked for something else."
        );
    }

    public static IEnumerable<string> WhenShort(Rules rules)
    {
        yield return Say.In(
            "Le calcul cherche les groupes qui servent le plus de vœux, chacun selon son poids : "
                + $"{rules.FirstWish} points pour le premier vœu placé d’un enfant, {rules.FurtherWish} pour chaque autre. "
                + "Ces points sont multipliés comme suit.",
            "The computation looks for the groups that serve the most wishes, each by its weight: "
                + $"{rules.FirstWish} points for a child’s first placed wish, {rules.FurtherWish} for each further one. "
                + "These points are multiplied as follows."
        );
        yield return Say.In(
            $"Un élève que son école ou son collège a repéré : par {Priority.Identified} ; un élève inscrit par sa seule famille : "
                + $"par {Priority.Volunteered}.",
            $"A pupil identified by their school: by {Priority.Identified}; one enrolled by the family alone: by {Priority.Volunteered}."
        );
        yield return Say.In(
            $"Dans un établissement d’éducation prioritaire (REP, REP+) : {Priority.EducationPrioritaire} de plus.",
            $"In a school of priority education (REP, REP+): {Priority.EducationPrioritaire} more."
        );
        yield return Say.In(
            "Sur la liste d’attente passent d’abord les élèves de plus grand poids, puis ceux dont c’est le premier vœu.",
            "On the waiting list pupils of the greatest weight come first, then those whose first wish it is."
        );
        yield return Say.In("Entre deux demandes égales, le tirage au sort décide.", "Between two equal wishes the lot decides.");
    }

    private static string Range(int from, int to, string between) => from == to ? $"{from}" : $"{from} {between} {to}";

    private static string Length(int minutes) =>
        minutes % 60 == 0
            ? Say.In(Count.Fr(minutes / 60, "heure"), Count.En(minutes / 60, "hour"))
            : Say.In($"{minutes} minutes", $"{minutes} minutes");

    private static string Neighbours(Rules rules, Func<string, string> level) =>
        rules.AdjacentLevels.Count == 0
            ? ""
            : Say.In(", ou de niveaux voisins (", ", or of neighbouring levels (")
                + string.Join(", ", rules.AdjacentLevels.Select(pair => string.Join(Say.In(" et ", " and "), pair.Select(level))))
                + ")";
}
