namespace Stages.Enrolments;

public sealed class ObjectionRequestValidator : AbstractValidator<ObjectionRequest>
{
    public ObjectionRequestValidator() => RuleFor(r => r.Reason).MaximumLength(500).IsProse();
}

/// <summary>
/// A guardian who does not agree says so; the coordinators of the school see it and speak with the family. Nothing else changes: which
/// of two parents decides is not ours to say.
/// </summary>
public static class Objections
{
    public static Decision Object(Enrolment? state, string? reason, Caller caller, DateTimeOffset now)
    {
        if (state is null || !EnrolmentAccess.MayRead(caller, state))
            return new NotFound();
        if (!state.IsStanding)
            return new NotStanding();
        var said = reason?.Trim() ?? "";
        return state.Objections?.Any(o => o.By == caller.Id && o.Reason == said) == true
            ? Decision.Nothing
            : Decision.Of(new GuardianObjected(said, Author.Of(caller), now));
    }

    public static Decision TakeBack(Enrolment? state, Caller caller, DateTimeOffset now)
    {
        if (state is null || !EnrolmentAccess.MayRead(caller, state))
            return new NotFound();
        return state.Objections?.Any(o => o.By == caller.Id) == true
            ? Decision.Of(new ObjectionTakenBack(Author.Of(caller), now))
            : Decision.Nothing;
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        const string address = "/api/enrolments/{id:guid}/objection";
        app.MapPut(
                address,
                async (Guid id, ObjectionRequest request, [AsParameters] CommandContext context) =>
                    await EnrolmentAccess.Answer(
                        await context.Decide<Enrolment>(id, state => Object(state, request.Reason, context.Caller, context.Now)),
                        context
                    )
            )
            .For(Roles.Family)
            .Validated<ObjectionRequest>()
            .WithSummary("Say that one does not agree with the enrolment, as one of its guardians")
            .ReadsEnrolment()
            .Produces<EnrolmentView>()
            .ProducesProblem(404)
            .ProducesProblem(409);
        app.MapDelete(
                address,
                async (Guid id, [AsParameters] CommandContext context) =>
                    await EnrolmentAccess.Answer(
                        await context.Decide<Enrolment>(id, state => TakeBack(state, context.Caller, context.Now)),
                        context
                    )
            )
            .For(Roles.Family)
            .WithSummary("Take the objection back")
            .ReadsEnrolment()
            .Produces<EnrolmentView>()
            .ProducesProblem(404);
    }
}
