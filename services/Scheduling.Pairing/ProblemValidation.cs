using System.Globalization;

namespace Stages.Pairing;

/// <summary>Refuses an instance that contradicts itself, with the place of the first fault.</summary>
internal static class ProblemValidation
{
    private const int MaxSlots = 64,
        MaxWeeks = 8,
        MaxGroup = 64;

    public static void Check(Problem problem)
    {
        CheckRules(problem);
        var levels = Distinct(problem.Levels, "levels");
        var subjects = Distinct(problem.Subjects, "subjects");
        var weeks = Distinct(problem.Rules.Weeks, "rules.weeks");
        foreach (var (pair, i) in problem.Rules.AdjacentLevels.Select((pair, i) => (pair, i)))
        {
            Require(pair.Count == 2 && pair[0] != pair[1], () => $"rules.adjacentLevels[{i}]", "two different levels are expected");
            foreach (var level in pair)
                Require(levels.Contains(level), () => $"rules.adjacentLevels[{i}]", $"no such level '{level}'");
        }

        foreach (var (closed, i) in (problem.Rules.Closed ?? []).Select((closed, i) => (closed, i)))
        {
            Require(weeks.Contains(closed.Week), () => $"rules.closed[{i}].week", $"no such week '{closed.Week}'");
            RequireSlot(problem, closed.Slot, () => $"rules.closed[{i}].slot");
        }

        CheckPupils(problem, levels, subjects, weeks);
        CheckOffers(problem, levels, subjects, weeks);
    }

    private static void CheckRules(Problem problem)
    {
        var r = problem.Rules;
        Require(r.Weeks.Count is >= 1 and <= MaxWeeks, () => "rules.weeks", $"1 to {MaxWeeks} weeks are expected");
        Require(r.Days >= 1, () => "rules.days", "at least one day is expected");
        Require(
            r.SlotsPerDay >= 1 && (long)r.Days * r.SlotsPerDay <= MaxSlots,
            () => "rules.slotsPerDay",
            $"a week has 1 to {MaxSlots} slots"
        );
        Require(r.GroupMin >= 1, () => "rules.groupMin", "at least 1 is expected");
        Require(r.GroupMax is null or (>= 1 and <= MaxGroup), () => "rules.groupMax", $"1 to {MaxGroup} is expected");
        Require(r.ModulesMin is >= 1 and <= 6, () => "rules.modulesMin", "1 to 6 is expected");
        Require(r.ModulesMax >= r.ModulesMin, () => "rules.modulesMax", "less than modulesMin");
        Require(r.ModulesPerDayMax >= 1, () => "rules.modulesPerDayMax", "at least 1 is expected");
        Require(r.Weights.FirstWish is >= 0 and <= 1000, () => "rules.weights.firstWish", "0 to 1000 is expected");
        Require(r.Weights.FurtherWish is >= 0 and <= 1000, () => "rules.weights.furtherWish", "0 to 1000 is expected");
    }

    private static void CheckPupils(Problem problem, HashSet<string> levels, HashSet<string> subjects, HashSet<string> weeks)
    {
        var ids = new HashSet<string>(problem.Pupils.Count, StringComparer.Ordinal);
        var wishes = new HashSet<string>(problem.Pupils.Count * 2, StringComparer.Ordinal);
        var families = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < problem.Pupils.Count; i++)
        {
            var at = i;
            var pupil = problem.Pupils[i];
            string Place(string field) => string.Create(CultureInfo.InvariantCulture, $"pupils[{at}].{field}");
            Require(ids.Add(pupil.Id), () => Place("id"), $"'{pupil.Id}' is there twice");
            Require(levels.Contains(pupil.Level), () => Place("level"), $"no such level '{pupil.Level}'");
            Require(pupil.Priority is >= 0 and <= 1000, () => Place("priority"), "0 to 1000 is expected");
            foreach (var (week, preference) in pupil.Weeks)
            {
                Require(weeks.Contains(week), () => Place("weeks"), $"no such week '{week}'");
                Require(preference is 1 or 2, () => Place($"weeks.{week}"), "1 (possible) or 2 (preferred) is expected");
            }

            CheckSlots(problem, weeks, pupil.Slots, Place, "slots");
            CheckSiblings(families, pupil, Place);
            Require(pupil.Wishes.Count <= 12, () => Place("wishes"), "at most 12 wishes are expected");
            for (var j = 0; j < pupil.Wishes.Count; j++)
            {
                var (wish, k) = (pupil.Wishes[j], j);
                Require(wishes.Add(wish.Id), () => Place($"wishes[{k}].id"), $"'{wish.Id}' is there twice");
                Require(subjects.Contains(wish.Subject), () => Place($"wishes[{k}].subject"), $"no such subject '{wish.Subject}'");
            }
        }
    }

    // A family asks one thing for all its children.
    private static void CheckSiblings(Dictionary<string, string> families, Pupil pupil, Func<string, string> place)
    {
        var rule = pupil.SiblingsRule ?? SiblingsRule.SameWeek;
        Require(SiblingsRule.All.Contains(rule, StringComparer.Ordinal), () => place("siblingsRule"), $"no such rule '{rule}'");
        if (pupil.Siblings is not { Length: > 0 } family)
            return;
        if (!families.TryGetValue(family, out var known))
            families[family] = known = rule;
        Require(rule == known, () => place("siblingsRule"), $"'{rule}', and '{known}' for a sibling");
    }

    private static void CheckOffers(Problem problem, HashSet<string> levels, HashSet<string> subjects, HashSet<string> weeks)
    {
        var ids = new HashSet<string>(problem.Offers.Count, StringComparer.Ordinal);
        for (var i = 0; i < problem.Offers.Count; i++)
        {
            var at = i;
            var offer = problem.Offers[i];
            string Place(string field) => string.Create(CultureInfo.InvariantCulture, $"offers[{at}].{field}");
            Require(ids.Add(offer.Id), () => Place("id"), $"'{offer.Id}' is there twice");
            Require(offer.StagesPerWeek >= 0, () => Place("stagesPerWeek"), "less than 0");
            Require(offer.GroupMax is >= 0 and <= MaxGroup, () => Place("groupMax"), $"0 to {MaxGroup} is expected");
            for (var j = 0; j < offer.Teaches.Count; j++)
            {
                var (teaching, k) = (offer.Teaches[j], j);
                Require(subjects.Contains(teaching.Subject), () => Place($"teaches[{k}].subject"), $"no such subject '{teaching.Subject}'");
                foreach (var level in teaching.Levels)
                    Require(levels.Contains(level), () => Place($"teaches[{k}].levels"), $"no such level '{level}'");
            }

            CheckSlots(problem, weeks, offer.Slots, Place, "slots");
            if (offer.Preferred is not null)
                CheckSlots(problem, weeks, offer.Preferred, Place, "preferred");
        }
    }

    private static void CheckSlots(
        Problem problem,
        HashSet<string> weeks,
        IReadOnlyDictionary<string, int[]> slots,
        Func<string, string> place,
        string field
    )
    {
        foreach (var (week, list) in slots)
        {
            Require(weeks.Contains(week), () => place(field), $"no such week '{week}'");
            for (var j = 0; j < list.Length; j++)
            {
                var k = j;
                RequireSlot(problem, list[j], () => place($"{field}.{week}[{k}]"));
            }
        }
    }

    private static void RequireSlot(Problem problem, int slot, Func<string> place) =>
        Require(slot >= 0 && slot < problem.Rules.Days * problem.Rules.SlotsPerDay, place, $"no such slot {slot}");

    private static HashSet<string> Distinct(IReadOnlyList<string> texts, string place)
    {
        var set = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < texts.Count; i++)
        {
            var k = i;
            Require(set.Add(texts[i]), () => $"{place}[{k}]", $"'{texts[i]}' is there twice");
        }

        return set;
    }

    // The place is a function because composing it for each of a million good values would take longer than reading them.
    private static void Require(bool holds, Func<string> place, string message)
    {
        if (!holds)
            throw new MalformedInstanceException(place(), message);
    }
}
