namespace Stages.Scheduling.Offers;

public sealed record DeclareOffer : OfferForm;

public sealed class DeclareOfferValidator : OfferFormValidator<DeclareOffer>;

/// <summary>A teacher has one offer in a campaign and changes it.</summary>
public sealed record OfferExists(Guid OfferId)
    : Refusal(
        RefusalKind.Conflict,
        "offer-exists",
        "Cet enseignant a déjà une proposition dans cette campagne : modifiez-la.",
        "This teacher already has an offer in this campaign: change it."
    )
{
    public override IReadOnlyDictionary<string, object?> Details => Detail("offerId", OfferId);
}

/// <summary>A teacher offers; a coordinator may do so on a teacher's behalf.</summary>
public static class DeclareOfferEndpoint
{
    public static Decision Decide(
        Campaign? campaign,
        Guid? existing,
        TeacherStanding? standing,
        DeclareOffer command,
        Guid id,
        Caller caller,
        DateTimeOffset now
    )
    {
        if (campaign is null)
            return new NotFound();
        if (campaign.IsClosed)
            return new CampaignIsClosed();
        var person = PersonId.FromEmail(command.Teacher?.Email ?? "");
        if (caller.IsTeacher ? person != caller.Id : !caller.Covers(command.Teacher?.School()))
            return new NotAllowed();
        if (command.FaultsIn(campaign.Plan) is { Count: > 0 } faults)
            return new FieldsRefused(faults);
        if (existing is { } other)
            return new OfferExists(other);
        var (by, ground) = (Actor.Of(caller), Trust.Of(standing, person, command.Teacher?.Email, campaign.Plan, caller));
        return Decision
            .Of(new OfferDeclared(id, campaign.Id, person, command.Teacher?.School(), command.ToTerms(), by, now))
            .And(Trust.Begin(standing, ground, id, person, by, now))
            .AndStore(command.ToTeacher(id, campaign.Id));
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/campaigns/{campaignId:guid}/offers",
                async (Guid campaignId, DeclareOffer request, [AsParameters] CommandContext context) =>
                {
                    var id = Guid.CreateVersion7(context.Now);
                    var person = PersonId.FromEmail(request.Teacher?.Email ?? "");
                    var outcome = await context.Journal.Decide<Offer>(
                        id,
                        async (reading, _) =>
                        {
                            var campaign = await reading.Load<Campaign>(campaignId);
                            await reading.Lock(Locks.Teacher(person));
                            var standing = await reading.Stream<TeacherStanding>(TeacherStanding.IdOf(person));
                            var existing = await reading
                                .Documents.Query<Offer>()
                                .Where(o => o.CampaignId == campaignId && o.PersonId == person && !o.Withdrawn)
                                .FirstOrDefaultAsync(context.Cancel);
                            return Decide(campaign, existing?.Id, standing, request, id, context.Caller, context.Now);
                        },
                        once: context.Key.Answering(request, id, context.Now),
                        under: Locks.OfferOf(campaignId, person),
                        cancel: context.Cancel
                    );
                    return await OfferView.Answer(outcome, context, o => Results.Created($"/api/offers/{o.Id}", o));
                }
            )
            .For(Roles.Teacher, Roles.Coordinator)
            .Validated<DeclareOffer>()
            .Produces<OfferView>(201);
}
