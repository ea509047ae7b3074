namespace Stages.Scheduling.Offers;

/// <summary>A teacher withdraws. Their stages stay, without a teacher, until a coordinator finds a substitute or gives them up.</summary>
public static class WithdrawOffer
{
    public static Decision Decide(Offer? offer, Caller caller, DateTimeOffset now)
    {
        if (offer is null || !OfferView.IsSeenBy(offer, caller))
            return new NotFound();
        return offer.Withdrawn ? Decision.Nothing : Decision.Of(new OfferWithdrawn(Actor.Of(caller), now));
    }

    /// <summary>The stages of a teacher who withdraws, or is no longer accepted, stay without one.</summary>
    public static Decision Leave(IEnumerable<Guid> stages, Actor by, DateTimeOffset now) =>
        Decision.All(stages.Select(stage => Decision.Of(new TeacherLeft(by, now)).At(stage)));

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(
                "/api/offers/{id:guid}/withdraw",
                async (Guid id, [AsParameters] CommandContext context) =>
                    await OfferView.Answer(await Withdraw(id, context.Caller, context), context, Results.Ok)
            )
            .For(Roles.Teacher, Roles.Coordinator)
            .Produces<OfferView>();

        app.MapDelete(
                "/api/offers/{id:guid}",
                async (Guid id, [AsParameters] CommandContext context) =>
                    (await Withdraw(id, context.Caller, context)).Refusal is { } refusal ? refusal.AsProblem() : Results.NoContent()
            )
            .For(Roles.Teacher, Roles.Coordinator)
            .Produces(204);
    }

    /// <param name="caller">Who is taken to withdraw: another than the one who asks when the service erases a teacher.</param>
    internal static Task<Outcome> Withdraw(Guid id, Caller caller, CommandContext context) =>
        context.Decide<Offer>(
            id,
            async (reading, offer) =>
            {
                var decision = Decide(offer, caller, context.Now);
                if (decision.ChangesNothing)
                    return decision;
                // A substitute who takes a stage over at this moment is not taken for the one who leaves it.
                await reading.Lock(Locks.Timetable(offer!.CampaignId));
                var stages = await reading
                    .Documents.Query<Stage>()
                    .Where(s => s.OfferId == id && s.Status != StageStatus.Cancelled && !s.TeacherGone)
                    .Select(s => s.Id)
                    .ToListAsync(context.Cancel);
                return decision.And(Leave(stages, Actor.Of(caller), context.Now));
            }
        );
}
