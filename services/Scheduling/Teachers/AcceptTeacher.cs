using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Teachers;

public sealed class AcceptTeacherValidator : AbstractValidator<AcceptTeacher>
{
    public AcceptTeacherValidator()
    {
        RuleFor(a => a.Reason)
            .NotEmpty()
            .WithMessage(_ => Say.In("Dites pourquoi, en quelques mots.", "Say why, in a few words."))
            .MaximumLength(500)
            .IsProse();
        RuleFor(a => a.School).MaximumLength(200);
    }
}

/// <summary>Somebody has decided already, and what they wrote is not to be written over by chance.</summary>
public sealed record TeacherIsAccepted()
    : Refusal(RefusalKind.Conflict, "teacher-accepted", "Cette personne est déjà acceptée.", "This person is accepted already.");

/// <summary>Whoever accepts has looked at somebody else.</summary>
public sealed record OwnOffer()
    : Refusal(
        RefusalKind.Forbidden,
        "own-offer",
        "Personne ne s’accepte soi-même : un autre coordonnateur décide.",
        "Nobody accepts themselves: another coordinator decides."
    );

/// <summary>A coordinator knows who is behind an offer: it counts from now on, and so does whatever else the person offers.</summary>
public static class AcceptTeacherEndpoint
{
    /// <param name="theirs">All offers of the person, this one among them.</param>
    /// <param name="today">Where the campaign is.</param>
    public static Decision Decide(
        TeacherStanding? standing,
        Offer? offer,
        IReadOnlyList<Offer> theirs,
        AcceptTeacher command,
        Caller caller,
        DateOnly today,
        DateTimeOffset now
    )
    {
        if (offer is null || offer.PersonId == Guid.Empty || !OfferView.IsSeenBy(offer, caller))
            return new NotFound();
        if (offer.PersonId == caller.Id)
            return new OwnOffer();
        if (command.CheckedOn > today)
            return new FieldsRefused([
                new("checkedOn", "to-come", "La date de la vérification est à venir.", "The date of the check is to come."),
            ]);
        var ground = new Ground(
            Ground.Coordinator,
            (command.Reason ?? "").Trim(),
            command.IdentitySeen,
            command.School?.Trim() is { Length: > 0 } school ? school : null,
            command.CheckedOn
        );
        if (standing?.Acceptance == Acceptance.Accepted)
            return standing.Ground == ground && standing.By.Id == caller.Id ? Decision.Nothing : new TeacherIsAccepted();
        if (offer.Withdrawn)
            return new OfferIsWithdrawn();
        return Trust.Accept(new TeacherAccepted(offer.PersonId, offer.Id, ground, Waited: true, Actor.Of(caller), now), theirs);
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/offers/{id:guid}/accept",
                (Guid id, AcceptTeacher request, [AsParameters] CommandContext context) =>
                    KnownTeacher.Decide(
                        context,
                        id,
                        async (reading, offer, known) =>
                        {
                            var campaign = (await reading.Load<Campaign>(offer.CampaignId))!;
                            var today = Grid.DayOf(campaign.Plan.TimeZone, context.Now);
                            return Decide(known.Standing, offer, known.Offers, request, context.Caller, today, context.Now);
                        }
                    )
            )
            .For(Roles.Coordinator)
            .Validated<AcceptTeacher>()
            .Audited(AuditKinds.Role)
            .WithSummary("Accept the person behind an offer as a teacher, in this campaign and all others")
            .Produces<OfferView>();
}
