using Stages.Pairing;

namespace Stages.Scheduling.Runs;

/// <summary>
/// What would place a wish, as a sentence that a family understands: subject and level are its own, dates are written out.
/// </summary>
public static class Remedies
{
    public static (string Fr, string En) Describe(CampaignPlan plan, IReadOnlyList<ProposedStage> stages, Remedy remedy) =>
        remedy switch
        {
            Remedy.PupilSlots r => (
                $"si l’élève pouvait aussi venir {List(plan, r.Week, r.Slots).Fr} : "
                    + $"le stage qui commence {Begins(plan, stages[r.Stage]).Fr} a une place libre",
                $"if the pupil could also come {List(plan, r.Week, r.Slots).En}: "
                    + $"the stage that begins {Begins(plan, stages[r.Stage]).En} has a free place"
            ),
            Remedy.Seat r => (
                $"si une place se libère ou s’ajoute dans le stage complet qui commence {Begins(plan, stages[r.Stage]).Fr}",
                $"if a place becomes free or is added in the full stage that begins {Begins(plan, stages[r.Stage]).En}"
            ),
            Remedy.Pupils r => (
                $"si {r.Missing} élève{(r.Missing > 1 ? "s" : "")} de plus "
                    + $"{(r.Missing > 1 ? "demandaient" : "demandait")} la même chose ({string.Join(" ou ", r.Levels)}, "
                    + $"semaine {r.Week}) : un enseignant est libre {List(plan, r.Week, r.Slots).Fr}",
                $"if {r.Missing} more pupil{(r.Missing > 1 ? "s" : "")} asked for the same ({string.Join(" or ", r.Levels)}, "
                    + $"week {r.Week}): a teacher is free {List(plan, r.Week, r.Slots).En}"
            ),
            Remedy.Volunteer r => (
                $"si un enseignant de plus se proposait {List(plan, r.Week, r.Slots).Fr} : "
                    + Count.Fr(r.Wishes.Count, "élève l’attend", "élèves l’attendent"),
                $"if one more teacher volunteered {List(plan, r.Week, r.Slots).En}: "
                    + Count.En(r.Wishes.Count, "pupil is waiting", "pupils are waiting")
            ),
            _ => throw new InvalidOperationException($"Unknown remedy {remedy.GetType().Name}."),
        };

    private static (string Fr, string En) Begins(CampaignPlan plan, ProposedStage stage) =>
        Timetables.Rules.Words.At(plan, stage.Week, stage.Modules[0]);

    private static (string Fr, string En) List(CampaignPlan plan, string week, int[] slots)
    {
        var all = slots.Select(s => Timetables.Rules.Words.At(plan, week, s)).ToArray();
        return (Join([.. all.Select(a => a.Fr)], " et "), Join([.. all.Select(a => a.En)], " and "));
    }

    private static string Join(string[] items, string last) =>
        items.Length < 2 ? string.Concat(items) : $"{string.Join(", ", items[..^1])}{last}{items[^1]}";
}
