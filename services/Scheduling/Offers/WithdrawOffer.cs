using Marten;
using Stages.Scheduling.Timetables;
using Stages.ServiceDefaults;

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

    /// <summary>The stages of a teacher who withdraws stay, without one.</summary>
    public static Decision Leave(IEnumerable<Guid> stages, Actor by, DateTimeOffset now) =>
        Decision.All(stages.Select(stage => Decision.Of(new TeacherLeft(by, now)).At(stage)));

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(
                "/api/offers/{id:guid}/withdraw",
                async (
                    Guid id,
                    Caller caller,
                    IfMatch ifMatch,
                    Journal journal,
                    IQuerySession reads,
                    HttpContext http,
                    TimeProvider clock,
                    CancellationToken cancel
                ) =>
                {
                    var outcome = await Withdraw(id, caller, ifMatch, journal, clock, cancel);
                    if (outcome.Refusal is not null)
                        return outcome.Refusal.AsProblem();
                    http.SetETag(outcome.Version);
                    return Results.Ok(await OfferView.Load(reads, id, cancel));
                }
            )
            .For(Roles.Teacher, Roles.Coordinator)
            .Produces<OfferView>();

        app.MapDelete(
                "/api/offers/{id:guid}",
                async (Guid id, Caller caller, IfMatch ifMatch, Journal journal, TimeProvider clock, CancellationToken cancel) =>
                    (await Withdraw(id, caller, ifMatch, journal, clock, cancel)).Refusal is { } refusal
                        ? refusal.AsProblem()
                        : Results.NoContent()
            )
            .For(Roles.Teacher, Roles.Coordinator)
            .Produces(204);
    }

    internal static Task<Outcome> Withdraw(
        Guid id,
        Caller caller,
        IfMatch? ifMatch,
        Journal journal,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        return journal.Decide<Offer>(
            id,
            async (reading, offer) =>
            {
                var decision = Decide(offer, caller, now);
                if (decision.ChangesNothing)
                    return decision;
                // A substitute who takes a stage over at this moment is not taken for the one who leaves it.
                await reading.Lock(Locks.Timetable(offer!.CampaignId));
                var stages = await reading
                    .Documents.Query<Stage>()
                    .Where(s => s.OfferId == id && s.Status != StageStatus.Cancelled)
                    .Select(s => s.Id)
                    .ToListAsync(cancel);
                return decision.And(Leave(stages, Actor.Of(caller), now));
            },
            ifMatch,
            cancel: cancel
        );
    }
}
