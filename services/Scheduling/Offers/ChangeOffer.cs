using System.Text.Json.Serialization;

namespace Stages.Scheduling.Offers;

/// <summary>The whole offer, as GET gives it: what only GET says is passed over.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ChangeOffer : OfferForm;

public sealed class ChangeOfferValidator : OfferFormValidator<ChangeOffer>;

public sealed record OfferIsWithdrawn()
    : Refusal(RefusalKind.Conflict, "offer-withdrawn", "Cette proposition a été retirée.", "This offer was withdrawn.");

public static class ChangeOfferEndpoint
{
    /// <param name="known">
    /// How its author stands, with all their offers: one who came in by the académie's sign-in since is known now.
    /// </param>
    internal static Decision Decide(
        Offer? offer,
        Campaign? campaign,
        KnownTeacher known,
        ChangeOffer command,
        Caller caller,
        DateTimeOffset now
    )
    {
        if (offer is null || campaign is null || !OfferView.IsSeenBy(offer, caller))
            return new NotFound();
        if (offer.Withdrawn)
            return new OfferIsWithdrawn();
        if (campaign.IsClosed)
            return new CampaignIsClosed();
        // The account follows from the address: another address would be another teacher.
        if (PersonId.FromEmail(command.Teacher?.Email ?? "") != offer.PersonId)
            return new FieldsRefused([
                new(
                    "teacher.email",
                    "other-person",
                    "L’adresse d’une proposition ne change pas : retirez-la et déclarez-en une autre.",
                    "The address of an offer does not change: withdraw it and declare another."
                ),
            ]);
        if (command.FaultsIn(campaign.Plan) is { Count: > 0 } faults)
            return new FieldsRefused(faults);
        var by = Actor.Of(caller);
        var changed = Decision
            .Of(new OfferChanged(command.Teacher?.School(), command.ToTerms(), by, now))
            .AndStore(command.ToTeacher(offer.Id, offer.CampaignId));
        return Trust.Of(known.Standing, offer.PersonId, command.Teacher?.Email, campaign.Plan, caller) is { } ground
            ? changed.And(Trust.Accept(new TeacherAccepted(offer.PersonId, offer.Id, ground, Waited: true, by, now), known.Offers))
            : changed;
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPut(
                "/api/offers/{id:guid}",
                async (Guid id, ChangeOffer request, [AsParameters] CommandContext context) =>
                {
                    var seen = await context.Reads.LoadAsync<Offer>(id, context.Cancel);
                    if (seen is null || !OfferView.IsSeenBy(seen, context.Caller))
                        return new NotFound().AsProblem();
                    var outcome = await context.Decide<Offer>(
                        id,
                        async (reading, offer) =>
                            Decide(
                                offer,
                                await reading.Load<Campaign>(seen.CampaignId),
                                await KnownTeacher.Of(reading, seen.PersonId, offer),
                                request,
                                context.Caller,
                                context.Now
                            )
                    );
                    return await OfferView.Answer(outcome, context, Results.Ok);
                }
            )
            .For(Roles.Teacher, Roles.Coordinator)
            .Validated<ChangeOffer>()
            .Produces<OfferView>();
}
