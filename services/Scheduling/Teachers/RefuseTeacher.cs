using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Teachers;

public sealed class RefuseTeacherValidator : AbstractValidator<RefuseTeacher>
{
    public RefuseTeacherValidator() =>
        RuleFor(r => r.Reason)
            .NotEmpty()
            .WithMessage(_ => Say.In("Dites pourquoi, en quelques mots.", "Say why, in a few words."))
            .MaximumLength(500)
            .IsProse();
}

public sealed record TeacherIsRefused()
    : Refusal(RefusalKind.Conflict, "teacher-refused", "Cette personne est déjà refusée.", "This person is refused already.");

/// <summary>
/// A coordinator refuses whoever is behind an offer, or takes their acceptance back: none of their offers counts any more, and the
/// stages that they were to give wait for somebody else, at once and whatever the state of the campaign.
/// </summary>
public static class RefuseTeacherEndpoint
{
    /// <param name="theirs">All offers of the person, this one among them.</param>
    /// <param name="stages">What they were to give.</param>
    public static Decision Decide(
        TeacherStanding? standing,
        Offer? offer,
        IReadOnlyList<Offer> theirs,
        IReadOnlyList<Guid> stages,
        RefuseTeacher command,
        Caller caller,
        DateTimeOffset now
    )
    {
        if (offer is null || offer.PersonId == Guid.Empty || !OfferView.IsSeenBy(offer, caller))
            return new NotFound();
        var (reason, by) = ((command.Reason ?? "").Trim(), Actor.Of(caller));
        if (standing?.Acceptance == Acceptance.Refused)
            return standing.Refusal == reason && standing.By.Id == caller.Id ? Decision.Nothing : new TeacherIsRefused();
        return Decision
            .All(theirs.Where(o => o.Acceptance != Acceptance.Refused).Select(o => Decision.Of(new AuthorRefused(by, now)).At(o.Id)))
            .AndStart<TeacherStanding>(TeacherStanding.IdOf(offer.PersonId), new TeacherRefused(offer.PersonId, offer.Id, reason, by, now))
            .And(WithdrawOffer.Leave(stages, by, now));
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/offers/{id:guid}/refuse",
                (Guid id, RefuseTeacher request, [AsParameters] CommandContext context) =>
                    KnownTeacher.Decide(
                        context,
                        id,
                        async (reading, offer, known) =>
                            Decide(known.Standing, offer, known.Offers, await known.Stages(reading), request, context.Caller, context.Now)
                    )
            )
            .For(Roles.Coordinator)
            .Validated<RefuseTeacher>()
            .Audited(AuditKinds.Role)
            .WithSummary(
                "Refuse the person behind an offer as a teacher; of an accepted one, take the acceptance back: their stages lose them"
            )
            .Produces<OfferView>();
}
