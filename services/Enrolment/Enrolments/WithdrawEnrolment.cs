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
                async (Guid id, [AsParameters] CommandContext context) =>
                    await EnrolmentAccess.Answer(
                        await context.Decide<Enrolment>(id, state => Decide(state, context.Caller, context.Now)),
                        context
                    )
            )
            .For(Roles.Family, Roles.Coordinator)
            .WithSummary("Withdraw an enrolment")
            .ReadsEnrolment()
            .Produces<EnrolmentView>()
            .ProducesProblem(404)
            .ProducesProblem(412);
}
