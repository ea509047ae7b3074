using Marten;
using Stages.ServiceDefaults;

namespace Stages.Enrolments;

/// <summary>A family withdraws; its places are free for the waiting list. Withdrawing twice is withdrawing once.</summary>
public static class WithdrawEnrolment
{
    public static Decision Decide(Enrolment? state, Caller caller, DateTimeOffset now)
    {
        if (state is null || !EnrolmentAccess.MayRead(caller, state))
            return new NotFound();
        return state.IsStanding ? Decision.Of(new EnrolmentWithdrawn(Author.Of(caller), now)) : Decision.Nothing;
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapDelete(
                "/api/enrolments/{id:guid}",
                async (
                    Guid id,
                    Caller caller,
                    IfMatch ifMatch,
                    Journal journal,
                    IQuerySession session,
                    TimeProvider clock,
                    HttpContext http,
                    CancellationToken cancel
                ) =>
                    await EnrolmentAccess.Answer(
                        await journal.Decide<Enrolment>(
                            id,
                            state => Decide(state, caller, clock.GetUtcNow()),
                            ifMatch,
                            null,
                            cancel: cancel
                        ),
                        session,
                        http,
                        cancel
                    )
            )
            .For(Roles.Family, Roles.Coordinator)
            .WithSummary("Withdraw an enrolment")
            .Produces<EnrolmentView>()
            .ProducesProblem(404)
            .ProducesProblem(412);
}
