namespace Stages.Enrolments;

/// <summary>A coordinator has looked at two enrolments that might have been one child's, and says that they are two children's.</summary>
public static class TellApart
{
    public static Decision Decide(Enrolment? state, Enrolment? other, Caller caller, DateTimeOffset now)
    {
        if (MergeEnrolments.Both(state, other, caller) is { } refusal)
            return refusal;
        return state!.Apart?.Contains(other!.Id) == true || other!.Apart?.Contains(state.Id) == true
            ? Decision.Nothing
            : Decision.Of(new ChildrenToldApart(other.Id, Author.Of(caller), now));
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/enrolments/{id:guid}/another-child",
                async (Guid id, ComparedEnrolment request, [AsParameters] CommandContext context) =>
                    await EnrolmentAccess.Answer(
                        await context.Decide<Enrolment>(
                            id,
                            async (reading, state) =>
                            {
                                var other = request.With == id ? state : await reading.Stream<Enrolment>(request.With);
                                return Decide(state, other, context.Caller, context.Now);
                            }
                        ),
                        context
                    )
            )
            .For(Roles.Coordinator)
            .Validated<ComparedEnrolment>()
            .WithSummary("Say that two enrolments that look alike are two children’s")
            .ReadsEnrolment()
            .Produces<EnrolmentView>()
            .ProducesProblem(404)
            .ProducesProblem(412)
            .ProducesProblem(422);
}
