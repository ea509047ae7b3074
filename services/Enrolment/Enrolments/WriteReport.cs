namespace Stages.Enrolments;

public sealed class PupilReportValidator : AbstractValidator<PupilReport>
{
    public PupilReportValidator()
    {
        RuleFor(r => r.StageId).NotEmpty();
        RuleFor(r => r.Text)
            .NotEmpty()
            .WithMessage(_ => Say.In("Écrivez quelques mots.", "Write a few words."))
            .MaximumLength(2000)
            .IsProse();
    }
}

public sealed record StageNotBegun()
    : Refusal(
        RefusalKind.Conflict,
        "stage-not-begun",
        "Le bilan s’écrit une fois le stage commencé.",
        "The report is written once the stage has begun."
    );

/// <summary>A teacher writes a short report about a pupil of their stage; writing again replaces it.</summary>
public static class WriteReport
{
    public static Decision Decide(Enrolment? state, PupilReport command, Caller caller, DateTimeOffset now)
    {
        // To anybody but the stage's teacher the pupil does not exist.
        var place = state?.Places.FirstOrDefault(p =>
            p.StageId == command.StageId && p.TeacherId == caller.Id && p.Status is PlaceStatus.Offered or PlaceStatus.Confirmed
        );
        if (state is not { IsStanding: true } || place is null)
            return new NotFound();
        if (place.Modules.All(m => m.StartsAt > now))
            return new StageNotBegun();
        var text = (command.Text ?? "").Trim();
        return state.Reports?.Any(r => r.StageId == place.StageId && r.Subject == place.Subject && r.Text == text) == true
            ? Decision.Nothing
            : Decision.Of(new ReportWritten(place.StageId, place.Subject, text, Author.Of(caller), now));
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPut(
                "/api/enrolments/{id:guid}/report",
                async (Guid id, PupilReport request, [AsParameters] CommandContext context) =>
                {
                    // Whatever its version: a teacher does not see what else is written in an enrolment.
                    var outcome = await context.Journal.Decide<Enrolment>(
                        id,
                        state => Decide(state, request, context.Caller, context.Now),
                        cancel: context.Cancel
                    );
                    if (outcome.Refusal is { } refusal)
                        return refusal.AsProblem();
                    var written = (await context.Reads.LoadAsync<Enrolment>(id, context.Cancel))?.Reports?.LastOrDefault(r =>
                        r.StageId == request.StageId
                    );
                    return written is null
                        ? new NotFound().AsProblem()
                        : Results.Ok(new ReportView(written.StageId, written.Text, written.At));
                }
            )
            .For(Roles.Teacher)
            .Validated<PupilReport>()
            .WithSummary("Write the report about a pupil of one's stage")
            .ReadsFiles()
            .Produces<ReportView>()
            .ProducesProblem(404)
            .ProducesProblem(409);
}
