// Over 150 lines: the hard rules of a stage, one named method each, and the sentences in which a coordinator reads them.
using System.Globalization;
using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Candidates;
using Stages.Scheduling.Offers;
using Stages.ServiceDefaults;

namespace Stages.Scheduling.Timetables;

/// <summary>A hard rule that a stage would break.</summary>
/// <param name="About">What breaks it (a slot, an enrolment, another stage), so that two conflicts of one rule can be told apart.</param>
public sealed record Conflict(
    string Code,
    string Fr,
    string En,
    string About = "",
    Guid? EnrolmentId = null,
    Guid? StageId = null,
    string? Slot = null
);

/// <summary>What is around a stage: enough to judge it, however it was read.</summary>
/// <param name="Others">Other live stages that share its teacher or one of its pupils.</param>
public sealed record Surroundings(
    CampaignPlan Plan,
    Offer? Offer,
    IReadOnlyDictionary<Guid, Candidate> Candidates,
    IReadOnlyList<Stage> Others
);

/// <summary>The hard rules of a timetable, as http-api.md's 409 names them.</summary>
public static class Conflicts
{
    private static readonly CultureInfo French = new("fr"),
        English = new("en");

    public static IReadOnlyList<Conflict> Of(Stage stage, Surroundings around) =>
        [.. TheModules(stage, around.Plan), .. TheTeacher(stage, around), .. TheGroup(stage, around), .. ThePupils(stage, around)];

    /// <summary>Those of <paramref name="after"/> that were not there before: a move is not blamed for what it leaves as it was.</summary>
    public static IReadOnlyList<Conflict> Added(IReadOnlyList<Conflict> before, IReadOnlyList<Conflict> after) =>
        [.. after.Where(a => !before.Any(b => b.Code == a.Code && b.About == a.About))];

    /// <summary>A stage has three or four modules (as the campaign says), on open slots, at most one a day.</summary>
    private static IEnumerable<Conflict> TheModules(Stage stage, CampaignPlan plan)
    {
        var rules = plan.Rules;
        var slots = stage.Modules.Select(m => m.Slot).ToArray();
        if (slots.Length < rules.ModulesMin)
            yield return new(
                "too-few-modules",
                $"Un stage a au moins {rules.ModulesMin} modules ; il en aurait {slots.Length}.",
                $"A stage has at least {rules.ModulesMin} modules; it would have {slots.Length}."
            );
        if (slots.Length > rules.ModulesMax)
            yield return new(
                "too-many-modules",
                $"Un stage a au plus {rules.ModulesMax} modules ; il en aurait {slots.Length}.",
                $"A stage has at most {rules.ModulesMax} modules; it would have {slots.Length}."
            );
        foreach (var slot in slots.GroupBy(s => s).Where(g => g.Count() > 1).Select(g => g.Key))
            yield return new(
                "module-twice",
                $"Deux modules seraient au même créneau, {At(plan, stage.Week, slot).Fr}.",
                $"Two modules would be at the same slot, {At(plan, stage.Week, slot).En}.",
                Code(plan, slot),
                Slot: Code(plan, slot)
            );
        foreach (var day in slots.Distinct().GroupBy(s => s / plan.SlotStarts.Count).Where(g => g.Count() > rules.ModulesPerDayMax))
        {
            var (fr, en) = Day(plan, stage.Week, day.First());
            yield return new(
                "too-many-modules-a-day",
                $"Il y aurait {day.Count()} modules {fr} (maximum {rules.ModulesPerDayMax}).",
                $"There would be {day.Count()} modules on {en} (at most {rules.ModulesPerDayMax}).",
                day.Key.ToString(CultureInfo.InvariantCulture)
            );
        }
        foreach (var slot in slots.Where(s => Grid.IsClosed(plan, stage.Week, s)).Distinct())
        {
            var (fr, en) = Day(plan, stage.Week, slot);
            yield return new("closed-day", $"Le {fr} est fermé.", $"{en} is closed.", Code(plan, slot), Slot: Code(plan, slot));
        }
    }

    /// <summary>The teacher teaches it, is available at every module, never twice at one time, and has no more stages a week than they accept.</summary>
    private static IEnumerable<Conflict> TheTeacher(Stage stage, Surroundings around)
    {
        var plan = around.Plan;
        if (around.Offer is not { } offer)
        {
            yield return new(
                "offer-unknown",
                "Cette proposition de professeur n’existe pas dans la campagne.",
                "There is no such offer in the campaign.",
                stage.OfferId.ToString()
            );
            yield break;
        }
        if (offer.Withdrawn)
            yield return new("offer-withdrawn", "Le professeur a retiré sa proposition.", "The teacher withdrew.", offer.Id.ToString());
        if (!offer.Terms.CanTeach(stage.Subject, stage.Levels))
            yield return new(
                "offer-does-not-teach",
                $"Le professeur n’enseigne pas {Name(plan, stage).Fr} en {string.Join(" et ", stage.Levels)}.",
                $"The teacher does not teach {Name(plan, stage).En} at {string.Join(" and ", stage.Levels)}.",
                offer.Id.ToString()
            );
        var available = Available(plan, offer, stage.Week);
        foreach (var slot in stage.Modules.Select(m => m.Slot).Distinct().Where(s => !available.Contains(s)))
        {
            var (fr, en) = At(plan, stage.Week, slot);
            yield return new(
                "teacher-unavailable",
                $"Le professeur n’est pas disponible {fr}.",
                $"The teacher is not available {en}.",
                Code(plan, slot),
                Slot: Code(plan, slot)
            );
        }
        var theirs = around.Others.Where(o => o.Id != stage.Id && o.OfferId == offer.Id && o.Week == stage.Week).ToArray();
        foreach (var other in theirs)
        foreach (var slot in other.Modules.Select(m => m.Slot).Intersect(stage.Modules.Select(m => m.Slot)))
        {
            var (fr, en) = At(plan, stage.Week, slot);
            yield return new(
                "teacher-busy",
                $"Le professeur a déjà un module {fr}.",
                $"The teacher already has a module {en}.",
                $"{other.Id}/{slot}",
                StageId: other.Id,
                Slot: Code(plan, slot)
            );
        }
        if (theirs.Length + 1 > offer.Terms.Limits.StagesPerWeek)
            yield return new(
                "teacher-too-many-stages",
                $"Le professeur accepte {offer.Terms.Limits.StagesPerWeek} stage(s) par semaine ; il en aurait {theirs.Length + 1}.",
                $"The teacher accepts {offer.Terms.Limits.StagesPerWeek} stage(s) a week; there would be {theirs.Length + 1}.",
                offer.Id.ToString()
            );
    }

    /// <summary>A group has at least the campaign's minimum and at most what the campaign and its teacher accept.</summary>
    private static IEnumerable<Conflict> TheGroup(Stage stage, Surroundings around)
    {
        var (min, max) = (around.Plan.Rules.GroupMin, GroupMax(around.Plan, around.Offer));
        if (stage.Seats.Count < min)
            yield return new(
                "group-too-small",
                $"Le groupe aurait {stage.Seats.Count} élève(s) ; le minimum est {min}.",
                $"The group would have {stage.Seats.Count} pupil(s); the minimum is {min}."
            );
        if (stage.Seats.Count > max)
            yield return new(
                "group-too-large",
                $"Le groupe aurait {stage.Seats.Count} élèves ; le maximum est {max}.",
                $"The group would have {stage.Seats.Count} pupils; the maximum is {max}."
            );
    }

    /// <summary>Each pupil wishes it, is of its level, can attend every module, has the wish placed once, and is never in two modules at once nor, with singleWeek, in both weeks.</summary>
    private static IEnumerable<Conflict> ThePupils(Stage stage, Surroundings around)
    {
        var plan = around.Plan;
        foreach (var twice in stage.Seats.GroupBy(s => s.EnrolmentId).Where(g => g.Count() > 1).Select(g => g.Key))
            yield return Pupil("pupil-twice", "Cet élève est deux fois dans le groupe.", "This pupil is in the group twice.", twice);
        foreach (var id in stage.Seats.Select(s => s.EnrolmentId).Distinct())
        {
            if (!around.Candidates.TryGetValue(id, out var candidate))
            {
                yield return Pupil(
                    "pupil-unknown",
                    "Cette inscription n’existe pas dans la campagne.",
                    "There is no such enrolment in the campaign.",
                    id
                );
                continue;
            }
            if (candidate.Withdrawn)
                yield return Pupil("pupil-withdrawn", "La famille a retiré cette inscription.", "The family withdrew this enrolment.", id);
            else if (!candidate.Wishes.Any(w => w.Subject == stage.Subject))
                yield return Pupil(
                    "pupil-not-wishing",
                    $"Cet élève ne demande pas {Name(plan, stage).Fr}.",
                    $"This pupil does not ask for {Name(plan, stage).En}.",
                    id
                );
            if (!candidate.Withdrawn && !stage.Levels.Contains(candidate.Level))
                yield return Pupil(
                    "pupil-level",
                    $"Cet élève est en {candidate.Level} ; le stage est pour {string.Join(" et ", stage.Levels)}.",
                    $"This pupil is at level {candidate.Level}; the stage is for {string.Join(" and ", stage.Levels)}.",
                    id
                );
            foreach (var slot in stage.Modules.Select(m => m.Slot).Distinct().Where(s => !CanAttend(plan, candidate, stage.Week, [s])))
            {
                var (fr, en) = At(plan, stage.Week, slot);
                yield return Pupil(
                    "pupil-unavailable",
                    $"Cet élève ne peut pas venir {fr}.",
                    $"This pupil cannot come {en}.",
                    id,
                    Code(plan, slot)
                );
            }
            foreach (var other in around.Others.Where(o => o.Id != stage.Id && o.Holds(id)))
            foreach (var conflict in Between(plan, stage, other, id))
                yield return conflict;
        }
    }

    private static IEnumerable<Conflict> Between(CampaignPlan plan, Stage stage, Stage other, Guid pupil)
    {
        if (other.Subject == stage.Subject)
            yield return Pupil(
                "already-placed",
                $"Cet élève a déjà une place en {Name(plan, stage).Fr} dans un autre stage.",
                $"This pupil already has a place for {Name(plan, stage).En} in another stage.",
                pupil,
                stage: other.Id
            );
        if (other.Week != stage.Week && plan.Rules.SingleWeek)
            yield return Pupil(
                "pupil-both-weeks",
                $"Cet élève a un autre stage en semaine {other.Week} ; tous ses stages sont dans une seule semaine.",
                $"This pupil has another stage in week {other.Week}; all of a pupil’s stages lie in one week.",
                pupil,
                stage: other.Id
            );
        if (other.Week == stage.Week)
            foreach (var slot in other.Modules.Select(m => m.Slot).Intersect(stage.Modules.Select(m => m.Slot)))
            {
                var (fr, en) = At(plan, stage.Week, slot);
                yield return Pupil(
                    "pupil-clash",
                    $"Cet élève a déjà un module {fr}.",
                    $"This pupil already has a module {en}.",
                    pupil,
                    Code(plan, slot),
                    other.Id
                );
            }
    }

    public static bool CanAttend(CampaignPlan plan, Candidate candidate, string week, IEnumerable<int> slots) =>
        candidate.Weeks.FirstOrDefault(w => w.Label == week) is { } choice && slots.All(s => choice.Slots.Contains(Grid.Code(plan, s)));

    /// <summary>True when a pupil of these other stages cannot also be in this one.</summary>
    public static bool Clashes(CampaignPlan plan, Stage stage, IReadOnlyList<Stage> others) =>
        others.Any(o => Between(plan, stage, o, Guid.Empty).Any());

    public static int GroupMax(CampaignPlan plan, Offer? offer) =>
        Math.Min(plan.Rules.GroupMax, offer?.Terms.Limits.GroupMax ?? plan.Rules.GroupMax);

    public static HashSet<int> Available(CampaignPlan plan, Offer offer, string week) =>
        [.. offer.Terms.Slots.GetValueOrDefault(week, []).Select(s => Grid.Number(plan, s.Slot)).OfType<int>()];

    /// <summary><c>lundi 12 avril à 09:00</c>, <c>on Monday 12 April at 09:00</c>.</summary>
    public static (string Fr, string En) At(CampaignPlan plan, string week, int slot)
    {
        var (fr, en) = Day(plan, week, slot);
        return ($"{fr} à {Grid.StartOf(plan, slot):HH\\:mm}", $"on {en} at {Grid.StartOf(plan, slot):HH\\:mm}");
    }

    private static (string Fr, string En) Day(CampaignPlan plan, string week, int slot)
    {
        var date = Grid.DateOf(plan, week, slot);
        return (date.ToString("dddd d MMMM", French), date.ToString("dddd d MMMM", English));
    }

    private static string Code(CampaignPlan plan, int slot) => Grid.Code(plan, slot);

    private static (string Fr, string En) Name(CampaignPlan plan, Stage stage) =>
        plan.SubjectOf(stage.Subject) is { } subject ? (subject.Name, subject.NameEn) : (stage.Subject, stage.Subject);

    private static Conflict Pupil(string code, string fr, string en, Guid pupil, string? slot = null, Guid? stage = null) =>
        new(code, fr, en, $"{pupil}/{slot}/{stage}", pupil, stage, slot);
}

/// <summary>A conflict as the API names it, in the caller's language.</summary>
public sealed record ConflictView(string Code, string Text, Guid? EnrolmentId, Guid? StageId, string? Slot)
{
    public static ConflictView Of(Conflict c) => new(c.Code, Say.In(c.Fr, c.En), c.EnrolmentId, c.StageId, c.Slot);
}

/// <summary>Hard rules stand against it: every one is named.</summary>
public sealed record InConflict(IReadOnlyList<Conflict> Conflicts)
    : Refusal(
        RefusalKind.Conflict,
        "conflicts",
        "Cette modification contredit des règles de la campagne.",
        "This change is against rules of the campaign."
    )
{
    public override IReadOnlyDictionary<string, object?> Details =>
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["conflicts"] = Conflicts.Select(ConflictView.Of).ToArray() };
}
