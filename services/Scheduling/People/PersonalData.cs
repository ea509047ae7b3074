using Stages.Scheduling.Offers;

namespace Stages.Scheduling.People;

/// <summary>
/// What this service knows of a person, given to them and erased on their request; asked by the Portal, which knows who they are.
/// </summary>
public static class PersonalData
{
    public sealed record PersonView(IReadOnlyList<OfferView> Offers);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/internal/people/{personId:guid}",
                async (Guid personId, IQuerySession reads, CancellationToken cancel) =>
                {
                    var offers = await reads.Query<Offer>().Where(o => o.PersonId == personId).ToListAsync(cancel);
                    return Results.Ok(new PersonView(await ReadOffers.Describe(reads, offers, null, cancel)));
                }
            )
            .For(Roles.Service)
            .Produces<PersonView>();

        // The offers end as by a withdrawal; then name, addresses and account go. The log keeps that there was an offer, not whose.
        app.MapDelete(
                "/internal/people/{personId:guid}",
                async (Guid personId, LogMasking masking, ForgetId forget, [AsParameters] CommandContext context) =>
                {
                    var self = new Caller(personId, Roles.Teacher, null, null, null);
                    var offers = await context.Reads.Query<Offer>().Where(o => o.PersonId == personId).ToListAsync(context.Cancel);
                    foreach (var offer in offers)
                    {
                        await WithdrawOffer.Withdraw(offer.Id, self, context);
                        await context.Decide<Offer>(offer.Id, state => Forgetting.Offer(state, context.Now));
                        await masking.Settle(offer.Id, context.Cancel);
                    }
                    await context.Decide(Decision.Nothing.AndDeleteWhere<OfferTeacher>(t => t.PersonId == personId));
                    await context.Decide(Forgetting.Standing(personId));
                    // Stages that the teacher left, invitations that they answered: the log says who.
                    await forget.Everywhere(personId, context.Cancel);
                    return Results.NoContent();
                }
            )
            .For(Roles.Service)
            .Produces(204);
    }
}
