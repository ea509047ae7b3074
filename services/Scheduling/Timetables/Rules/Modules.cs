using System.Globalization;

namespace Stages.Scheduling.Timetables.Rules;

/// <summary>When a stage takes place.</summary>
public static class Modules
{
    public static readonly IReadOnlyList<Rule<Stage>> All =
    [
        new("not-a-week", LieInAWeekOfTheCampaign),
        new("not-a-slot", LieInTheGrid),
        new("too-few-modules", AreAsManyAsTheMinimum),
        new("too-many-modules", AreNoMoreThanTheMaximum),
        new("module-twice", AreAtDifferentSlots),
        new("too-many-modules-a-day", AreNoMoreADayThanTheMaximum),
        new("closed-day", LieOnOpenDays),
    ];

    /// <summary>The stage's different slots that the campaign's grid has: those about which the other rules can speak.</summary>
    public static int[] Slots(Stage stage, CampaignPlan plan) =>
        Grid.MondayOf(plan, stage.Week) is null ? [] : [.. stage.Modules.Select(m => m.Slot).Distinct().Where(s => IsInGrid(plan, s))];

    /// <summary>The slots of the stage at which this other one has a module as well.</summary>
    public static IEnumerable<int> SharedWith(Stage other, Stage stage, CampaignPlan plan) =>
        other.Week == stage.Week ? Slots(stage, plan).Intersect(other.Modules.Select(m => m.Slot)) : [];

    /// <summary>A stage lies in one of its campaign's weeks.</summary>
    private static IEnumerable<Breach> LieInAWeekOfTheCampaign(Stage stage, Surroundings around)
    {
        if (Grid.MondayOf(around.Plan, stage.Week) is null)
            yield return new($"La campagne n’a pas de semaine {stage.Week}.", $"The campaign has no week {stage.Week}.", stage.Week);
    }

    /// <summary>Each module is at a slot of the campaign's grid.</summary>
    private static IEnumerable<Breach> LieInTheGrid(Stage stage, Surroundings around) =>
        stage
            .Modules.Where(m => !IsInGrid(around.Plan, m.Slot))
            .Select(m => new Breach(
                "Une séance n’est à aucun créneau de la campagne.",
                "A session is at no slot of the campaign.",
                m.Slot.ToString(CultureInfo.InvariantCulture)
            ));

    /// <summary>A stage has at least as many modules as the campaign says.</summary>
    private static IEnumerable<Breach> AreAsManyAsTheMinimum(Stage stage, Surroundings around)
    {
        var (count, least) = (stage.Modules.Count, around.Plan.Rules.ModulesMin);
        if (count < least)
            yield return new(
                $"Un stage a au moins {Count.Fr(least, "séance")} ; il en aurait {count}.",
                $"A stage has at least {Count.En(least, "session")}; it would have {count}."
            );
    }

    /// <summary>A stage has at most as many modules as the campaign says.</summary>
    private static IEnumerable<Breach> AreNoMoreThanTheMaximum(Stage stage, Surroundings around)
    {
        var (count, most) = (stage.Modules.Count, around.Plan.Rules.ModulesMax);
        if (count > most)
            yield return new(
                $"Un stage a au plus {Count.Fr(most, "séance")} ; il en aurait {count}.",
                $"A stage has at most {Count.En(most, "session")}; it would have {count}."
            );
    }

    /// <summary>No two modules of a stage are at one slot.</summary>
    private static IEnumerable<Breach> AreAtDifferentSlots(Stage stage, Surroundings around)
    {
        foreach (var slot in Slots(stage, around.Plan).Where(s => stage.Modules.Count(m => m.Slot == s) > 1))
        {
            var ((fr, en), code) = (Words.At(around.Plan, stage.Week, slot), Grid.Code(around.Plan, slot));
            yield return new(
                $"Deux séances seraient au même créneau, {fr}.",
                $"Two sessions would be at the same slot, {en}.",
                code,
                Slot: code
            );
        }
    }

    /// <summary>A day holds at most as many modules of a stage as the campaign says: one, unless it says otherwise.</summary>
    private static IEnumerable<Breach> AreNoMoreADayThanTheMaximum(Stage stage, Surroundings around)
    {
        var (plan, most) = (around.Plan, around.Plan.Rules.ModulesPerDayMax);
        foreach (var day in Slots(stage, plan).GroupBy(s => s / plan.SlotStarts.Count).Where(g => g.Count() > most))
        {
            var (fr, en) = Words.Day(plan, stage.Week, day.First());
            yield return new(
                $"Il y aurait {Count.Fr(day.Count(), "séance")} {fr} (maximum {most}).",
                $"There would be {Count.En(day.Count(), "session")} on {en} (at most {most}).",
                day.Key.ToString(CultureInfo.InvariantCulture)
            );
        }
    }

    /// <summary>Nobody meets on a closed day.</summary>
    private static IEnumerable<Breach> LieOnOpenDays(Stage stage, Surroundings around)
    {
        foreach (var slot in Slots(stage, around.Plan).Where(s => Grid.IsClosed(around.Plan, stage.Week, s)))
        {
            var ((fr, en), code) = (Words.Day(around.Plan, stage.Week, slot), Grid.Code(around.Plan, slot));
            yield return new($"Le {fr} est fermé.", $"{en} is closed.", code, Slot: code);
        }
    }

    private static bool IsInGrid(CampaignPlan plan, int slot) => slot >= 0 && slot < Grid.Count(plan);
}
