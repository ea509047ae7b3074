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

    internal static async Task<Outcome> Withdraw(
        Guid id,
        Caller caller,
        IfMatch? ifMatch,
        Journal journal,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        IReadOnlyList<Guid> stages = [];
        return await journal.Decide<Offer>(
            id,
            async (session, offer) =>
            {
                var decision = Decide(offer, caller, clock.GetUtcNow());
                // A substitute who takes a stage over at this moment is not taken for the one who leaves it.
                if (decision.Events is { Count: > 0 })
                    await Locks.Timetable(session, offer!.CampaignId, cancel);
                stages = decision.Events is { Count: > 0 }
                    ? await session
                        .Query<Stage>()
                        .Where(s => s.OfferId == id && s.Status != StageStatus.Cancelled)
                        .Select(s => s.Id)
                        .ToListAsync(cancel)
                    : [];
                return decision;
            },
            ifMatch,
            also: session =>
            {
                foreach (var stage in stages)
                    session.Events.Append(stage, new TeacherLeft(Actor.Of(caller), clock.GetUtcNow()));
            },
            cancel: cancel
        );
    }
}
