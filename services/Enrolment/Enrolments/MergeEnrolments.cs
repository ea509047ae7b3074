namespace Stages.Enrolments;

public sealed class ComparedEnrolmentValidator : AbstractValidator<ComparedEnrolment>
{
    public ComparedEnrolmentValidator() => RuleFor(r => r.With).NotEmpty();
}

public sealed record NothingToCompare()
    : Refusal(
        RefusalKind.Rule,
        "nothing-to-compare",
        "Il faut deux inscriptions différentes de la même campagne.",
        "It takes two different enrolments of one campaign."
    );

public sealed record TwoChildrenByIne()
    : Refusal(
        RefusalKind.Conflict,
        "two-children",
        "Les listes des écoles donnent deux INE différents : ce sont deux enfants. Rien n’a été changé.",
        "The schools’ lists give two different INE numbers: these are two children. Nothing was changed."
    );

public sealed record BothHoldPlaces()
    : Refusal(
        RefusalKind.Conflict,
        "both-hold-places",
        "Les deux inscriptions ont des places différentes dans des stages publiés. Déclinez d’abord celles que l’enfant ne gardera pas, "
            + "ou retirez-l’en sur la page du stage ; puis réunissez les deux inscriptions.",
        "Both enrolments hold different places in published stages. First decline those that the child will not keep, or take the child "
            + "out on the page of the stage; then merge the two enrolments."
    );

/// <param name="Keep">The one that has to stay.</param>
public sealed record MergeOtherWay(Guid Keep)
    : Refusal(
        RefusalKind.Conflict,
        "merge-other-way",
        "L’autre inscription a une place dans un stage publié, celle-ci n’en a pas : c’est l’autre qui doit rester. "
            + "Réunissez-les dans l’autre sens, en échangeant les deux.",
        "The other enrolment holds a place in a published stage and this one does not: the other has to stay. "
            + "Merge them the other way round, with the two exchanged."
    )
{
    public override IReadOnlyDictionary<string, object?> Details => Detail("keep", Keep);
}

public sealed record TooManyGuardians()
    : Refusal(
        RefusalKind.Conflict,
        "too-many-guardians",
        $"Ensemble, elles auraient plus de {CampaignDefaults.MostGuardians} responsables. Ce ne sont sans doute pas les mêmes familles.",
        $"Together they would have more than {CampaignDefaults.MostGuardians} guardians. They are hardly of one family."
    );

/// <summary>
/// Two enrolments of one child become one: the addressed one stays, with the guardians of both; the other ends and leads to it. Whether
/// it is one child a coordinator says, who sees both.
/// </summary>
public static class MergeEnrolments
{
    public static Decision Decide(Enrolment? kept, Enrolment? other, School? school, Caller caller, DateTimeOffset now)
    {
        var refusal = Both(kept, other, caller);
        if (refusal is NotStanding && other!.MergedInto == kept!.Id)
            return Decision.Nothing;
        if (refusal is not null)
            return refusal;
        if (Doubles.SameMark(kept!.Content.Marks, other!.Content.Marks, Doubles.Ine) == false)
            return new TwoChildrenByIne();
        var (held, theirs) = (Held(kept), Held(other));
        if (theirs.Except(held).Any())
            return held.Count == 0 ? new MergeOtherWay(other.Id) : new BothHoldPlaces();

        var content = MergedContent.Of(kept, other);
        if (content.Guardians.Length > CampaignDefaults.MostGuardians)
            return new TooManyGuardians();
        var identified = kept.IdentifiedBySchool || other.IdentifiedBySchool;
        var by = Author.Of(caller);
        var merged = new EnrolmentsMerged(
            [other.Id, .. other.Merged ?? []],
            content,
            EnrolmentRules.PriorityOf(school, identified),
            identified,
            [.. (kept.Objections ?? []).Concat(other.Objections ?? []).DistinctBy(o => o.By)],
            [.. (kept.Joined ?? []).Concat(other.Joined ?? []).Concat(new[] { other.Submitter }.OfType<Guid>()).Distinct()],
            by,
            now
        );
        var note = MergedContent.Note(kept.SchoolNote, other.SchoolNote);
        return Decision
            .Of(note == kept.SchoolNote ? [merged] : [merged, new SchoolNoteWritten(note!, by, now)])
            .And(other.Id, new EnrolmentMergedInto(kept.Id, by, now));
    }

    /// <summary>What would stand if they were merged now, and nothing is: what is asked before is what is done after.</summary>
    public static Enrolment? Preview(Enrolment? kept, Decision merge) =>
        merge.Events.Aggregate(
            kept,
            (state, e) =>
                e switch
                {
                    EnrolmentsMerged merged => Enrolment.Apply(merged, state!),
                    SchoolNoteWritten note => Enrolment.Apply(note, state!),
                    _ => state,
                }
        );

    /// <summary>Why these two are not the caller's to compare; null when they are.</summary>
    internal static Refusal? Both(Enrolment? one, Enrolment? other, Caller caller)
    {
        if (!caller.IsCoordinator || !MayRead(one) || !MayRead(other))
            return new NotFound();
        if (one!.Id == other!.Id || one.CampaignId != other.CampaignId)
            return new NothingToCompare();
        return one.IsStanding && other.IsStanding ? null : new NotStanding();

        bool MayRead(Enrolment? enrolment) => enrolment is not null && EnrolmentAccess.MayRead(caller, enrolment);
    }

    private static HashSet<(Guid, string)> Held(Enrolment e) =>
        [.. e.Places.Where(p => PlaceStatus.IsHeld(p.Status)).Select(p => (p.StageId, p.Subject))];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/enrolments/{id:guid}/merge",
                async (
                    Guid id,
                    [Microsoft.AspNetCore.Mvc.FromQuery(Name = "with")] Guid other,
                    SchoolDirectory schools,
                    IQuerySession reads,
                    Caller caller,
                    TimeProvider clock,
                    CancellationToken cancel
                ) =>
                {
                    var kept = await reads.LoadAsync<Enrolment>(id, cancel);
                    var ended = other == id ? kept : await reads.LoadAsync<Enrolment>(other, cancel);
                    var school = kept is null ? null : await schools.Find(kept.Content.Pupil.SchoolUai);
                    var merge = Decide(kept, ended, school, caller, clock.GetUtcNow());
                    return merge.Refusal is { } refusal ? refusal.AsProblem() : Results.Ok(EnrolmentView.Of(Preview(kept, merge)!, caller));
                }
            )
            .For(Roles.Coordinator)
            .WithSummary("What a merge of two enrolments of one child would leave, before it is done")
            .ReadsEnrolment()
            .Produces<EnrolmentView>()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422);

        app.MapPost(
                "/api/enrolments/{id:guid}/merge",
                async (Guid id, ComparedEnrolment request, SchoolDirectory schools, [AsParameters] CommandContext context) =>
                    await EnrolmentAccess.Answer(
                        await context.Decide<Enrolment>(
                            id,
                            async (reading, state) =>
                            {
                                var school = state is null ? null : await schools.Find(state.Content.Pupil.SchoolUai);
                                var other = request.With == id ? state : await reading.Stream<Enrolment>(request.With);
                                return Decide(state, other, school, context.Caller, context.Now);
                            }
                        ),
                        context
                    )
            )
            .For(Roles.Coordinator)
            .Validated<ComparedEnrolment>()
            .WithSummary("Make one enrolment of two of one child: this one stays, with the guardians of both")
            .ReadsEnrolment()
            .Produces<EnrolmentView>()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(412)
            .ProducesProblem(422);
    }
}
