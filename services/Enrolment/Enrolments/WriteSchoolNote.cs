namespace Stages.Enrolments;

public sealed class SchoolNoteValidator : AbstractValidator<SchoolNote>
{
    public SchoolNoteValidator() => RuleFor(n => n.Note).MaximumLength(2000).IsProse();
}

/// <summary>The pupil's school, or whoever coordinates it, tells the teacher what helps this pupil. The family reads it too.</summary>
public static class WriteSchoolNote
{
    public static Decision Decide(Enrolment? state, SchoolNote command, Caller caller, DateTimeOffset now)
    {
        if (state is null || !caller.IsCoordinator || !EnrolmentAccess.MayRead(caller, state))
            return new NotFound();
        if (!state.IsStanding)
            return new NotStanding();
        var text = (command.Note ?? "").Trim();
        return text == (state.SchoolNote ?? "") ? Decision.Nothing : Decision.Of(new SchoolNoteWritten(text, Author.Of(caller), now));
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPut(
                "/api/enrolments/{id:guid}/note",
                async (Guid id, SchoolNote request, [AsParameters] CommandContext context) =>
                    await EnrolmentAccess.Answer(
                        await context.Decide<Enrolment>(id, state => Decide(state, request, context.Caller, context.Now)),
                        context
                    )
            )
            .For(Roles.Coordinator)
            .Validated<SchoolNote>()
            .WithSummary("Write the school's note for the teacher")
            .ReadsEnrolment()
            .Produces<EnrolmentView>()
            .ProducesProblem(404)
            .ProducesProblem(412);
}
