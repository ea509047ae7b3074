namespace Stages.Scheduling.Timetables.Rules;

/// <summary>Who may have a seat in a stage.</summary>
public static class Pupils
{
    public static readonly IReadOnlyList<Rule<Stage>> All =
    [
        new("pupil-twice", HaveOneSeat),
        new("pupil-unknown", HaveAnEnrolmentInTheCampaign),
        new("pupil-withdrawn", HaveNotWithdrawn),
        new("pupil-not-wishing", WishForTheSubject),
        new("pupil-level", AreOfTheLevel),
        new("pupil-unavailable", CanAttendEachModule),
        new("already-placed", HaveTheirWishPlacedOnce),
        new("pupil-both-weeks", ComeInOneWeek),
        new("pupil-clash", AreInOneModuleAtATime),
        new("pupil-elsewhere", AreInNoOtherCampaignThen),
        new("siblings-apart", AreApartFromSiblings),
    ];

    public static bool CanAttend(CampaignPlan plan, Candidate candidate, string week, IEnumerable<int> slots) =>
        candidate.Weeks.FirstOrDefault(w => w.Label == week) is { } choice && slots.All(s => choice.Slots.Contains(Grid.Code(plan, s)));

    /// <summary>True when a pupil of these other stages cannot also be in this one.</summary>
    public static bool Clashes(CampaignPlan plan, Stage stage, IReadOnlyList<Stage> others) =>
        others.Any(o => o.Subject == stage.Subject || AreInTwoWeeks(plan, stage, o) || Modules.SharedWith(o, stage, plan).Any());

    /// <summary>True when a sibling, who is never to be in class at the same time, is in this stage or in one that meets with it.</summary>
    public static bool MeetsSiblings(CampaignPlan plan, Stage stage, IReadOnlyList<Guid> siblings, IEnumerable<Stage> others) =>
        siblings.Any(stage.Holds) || others.Any(o => o.Id != stage.Id && siblings.Any(o.Holds) && Modules.SharedWith(o, stage, plan).Any());

    /// <summary>A pupil has one seat in a group.</summary>
    private static IEnumerable<Breach> HaveOneSeat(Stage stage, Surroundings around) =>
        stage
            .Seats.GroupBy(s => s.EnrolmentId)
            .Where(g => g.Count() > 1)
            .Select(g => Of(g.Key, "Cet élève est deux fois dans le groupe.", "This pupil is in the group twice."));

    /// <summary>A pupil is enrolled in the stage's campaign.</summary>
    private static IEnumerable<Breach> HaveAnEnrolmentInTheCampaign(Stage stage, Surroundings around) =>
        Ids(stage)
            .Where(id => !around.Candidates.ContainsKey(id))
            .Select(id => Of(id, "Cette inscription n’existe pas dans la campagne.", "There is no such enrolment in the campaign."));

    /// <summary>A pupil whose family withdrew the enrolment has no seat.</summary>
    private static IEnumerable<Breach> HaveNotWithdrawn(Stage stage, Surroundings around) =>
        Known(stage, around)
            .Where(c => c.Withdrawn)
            .Select(c => Of(c.Id, "La famille a retiré cette inscription.", "The family withdrew this enrolment."));

    /// <summary>A pupil wishes for the stage's subject.</summary>
    private static IEnumerable<Breach> WishForTheSubject(Stage stage, Surroundings around)
    {
        var (fr, en) = Words.Subject(around.Plan, stage);
        return Known(stage, around)
            .Where(c => !c.Withdrawn && !c.Wishes.Any(w => w.Subject == stage.Subject))
            .Select(c => Of(c.Id, $"Cet élève ne demande pas {fr}.", $"This pupil does not ask for {en}."));
    }

    /// <summary>A pupil is of the stage's level, or of one of its two.</summary>
    private static IEnumerable<Breach> AreOfTheLevel(Stage stage, Surroundings around)
    {
        var (fr, en) = Words.Levels(stage);
        return Known(stage, around)
            .Where(c => !c.Withdrawn && !stage.Levels.Contains(c.Level))
            .Select(c =>
                Of(
                    c.Id,
                    $"Cet élève est en {c.Level} ; le stage est pour {fr}.",
                    $"This pupil is at level {c.Level}; the stage is for {en}."
                )
            );
    }

    /// <summary>A pupil can attend each module.</summary>
    private static IEnumerable<Breach> CanAttendEachModule(Stage stage, Surroundings around)
    {
        var plan = around.Plan;
        foreach (var candidate in Known(stage, around))
        foreach (var slot in Modules.Slots(stage, plan).Where(s => !CanAttend(plan, candidate, stage.Week, [s])))
        {
            var (fr, en) = Words.At(plan, stage.Week, slot);
            yield return Of(
                candidate.Id,
                $"Cet élève ne peut pas venir {fr}.",
                $"This pupil cannot come {en}.",
                slot: Grid.Code(plan, slot)
            );
        }
    }

    /// <summary>A wish is placed once.</summary>
    private static IEnumerable<Breach> HaveTheirWishPlacedOnce(Stage stage, Surroundings around)
    {
        var (fr, en) = Words.Subject(around.Plan, stage);
        return Elsewhere(stage, around)
            .Where(x => x.Other.Subject == stage.Subject)
            .Select(x =>
                Of(
                    x.Pupil,
                    $"Cet élève a déjà une place en {fr} dans un autre stage.",
                    $"This pupil already has a place for {en} in another stage.",
                    x.Other
                )
            );
    }

    /// <summary>All stages of a pupil lie in one week, if the campaign says so.</summary>
    private static IEnumerable<Breach> ComeInOneWeek(Stage stage, Surroundings around) =>
        Elsewhere(stage, around)
            .Where(x => AreInTwoWeeks(around.Plan, stage, x.Other))
            .Select(x =>
                Of(
                    x.Pupil,
                    $"Cet élève a un autre stage en semaine {x.Other.Week} ; tous ses stages sont dans une seule semaine.",
                    $"This pupil has another stage in week {x.Other.Week}; all of a pupil’s stages lie in one week.",
                    x.Other
                )
            );

    /// <summary>A pupil is never in two modules at one time.</summary>
    private static IEnumerable<Breach> AreInOneModuleAtATime(Stage stage, Surroundings around)
    {
        foreach (var (pupil, other) in Elsewhere(stage, around))
        foreach (var slot in Modules.SharedWith(other, stage, around.Plan))
        {
            var (fr, en) = Words.At(around.Plan, stage.Week, slot);
            yield return Of(
                pupil,
                $"Cet élève a déjà une séance {fr}.",
                $"This pupil already has a session {en}.",
                other,
                Grid.Code(around.Plan, slot)
            );
        }
    }

    /// <summary>A pupil has no module of another campaign at that time.</summary>
    private static IEnumerable<Breach> AreInNoOtherCampaignThen(Stage stage, Surroundings around)
    {
        foreach (var candidate in Known(stage, around))
        foreach (var slot in Modules.Slots(stage, around.Plan))
            if (around.Elsewhere.Meets(candidate.Child, around.Plan, stage.Week, slot) is { } busy)
            {
                var (fr, en) = Words.At(around.Plan, stage.Week, slot);
                yield return Of(
                    candidate.Id,
                    $"Cet élève a déjà une séance {fr}, dans la campagne « {busy.Campaign} ».",
                    $"This pupil already has a session {en}, in the campaign “{busy.Campaign}”.",
                    null,
                    Grid.Code(around.Plan, slot)
                );
            }
    }

    /// <summary>Siblings whose family asks for it are never in modules at one time.</summary>
    private static IEnumerable<Breach> AreApartFromSiblings(Stage stage, Surroundings around)
    {
        foreach (var candidate in Known(stage, around))
        foreach (var sibling in around.Households.ApartFrom(candidate.Id))
        {
            if (stage.Holds(sibling))
                yield return Of(
                    candidate.Id,
                    "Un frère ou une sœur de cet élève est dans ce groupe ; la famille demande des heures différentes.",
                    "A brother or sister of this pupil is in this group; the family asks for different hours.",
                    stage
                );
            foreach (var other in around.Others.Where(o => o.Id != stage.Id && o.Holds(sibling)))
            foreach (var slot in Modules.SharedWith(other, stage, around.Plan))
            {
                var (fr, en) = Words.At(around.Plan, stage.Week, slot);
                yield return Of(
                    candidate.Id,
                    $"Un frère ou une sœur de cet élève a déjà une séance {fr} ; la famille demande des heures différentes.",
                    $"A brother or sister of this pupil already has a session {en}; the family asks for different hours.",
                    other,
                    Grid.Code(around.Plan, slot)
                );
            }
        }
    }

    private static bool AreInTwoWeeks(CampaignPlan plan, Stage stage, Stage other) => plan.Rules.SingleWeek && other.Week != stage.Week;

    private static IEnumerable<Guid> Ids(Stage stage) => stage.Seats.Select(s => s.EnrolmentId).Distinct();

    private static IEnumerable<Candidate> Known(Stage stage, Surroundings around) =>
        Ids(stage).Select(id => around.Candidates.GetValueOrDefault(id)).OfType<Candidate>();

    /// <summary>The pupils of the stage who have a seat in another one as well. Who is unknown is judged no further.</summary>
    private static IEnumerable<(Guid Pupil, Stage Other)> Elsewhere(Stage stage, Surroundings around) =>
        from candidate in Known(stage, around)
        from other in around.Others
        where other.Id != stage.Id && other.Holds(candidate.Id)
        select (candidate.Id, other);

    private static Breach Of(Guid pupil, string fr, string en, Stage? other = null, string? slot = null) =>
        new(fr, en, $"{pupil}/{slot}/{other?.Id}", pupil, other?.Id, slot);
}
