namespace Stages.Enrolments;

public sealed class PlacementAnswerValidator : AbstractValidator<PlacementAnswer>
{
    public PlacementAnswerValidator() => RuleFor(a => a.Wish).MaximumLength(20);
}

public sealed record NoSuchPlacement()
    : Refusal(
        RefusalKind.Conflict,
        "no-such-placement",
        "Aucune place n’attend de réponse pour ce vœu.",
        "No place awaits an answer for this wish."
    );

/// <summary>
/// A family confirms or declines a place; declining, it says whether the wish waits on. The same answer twice changes nothing.
/// </summary>
public static class AnswerPlacement
{
    public static Decision Confirm(Enrolment? state, PlacementAnswer answer, Caller caller, DateTimeOffset now) =>
        Decide(
            state,
            answer,
            caller,
            PlaceStatus.Confirmed,
            p => new PlacementConfirmed(p.StageId, p.Subject, Author.Of(caller), now),
            p => p.Status == PlaceStatus.Offered
        );

    public static Decision Decline(Enrolment? state, PlacementAnswer answer, Caller caller, DateTimeOffset now) =>
        Decide(
            state,
            answer,
            caller,
            PlaceStatus.Declined,
            p => new PlacementDeclined(p.StageId, p.Subject, Author.Of(caller), now, answer.KeepWaiting == true),
            p => p.Status is PlaceStatus.Offered or PlaceStatus.Confirmed || TakesBack(state, answer, p)
        );

    /// <summary>Who gave a wish up may still say that it is to wait.</summary>
    private static bool TakesBack(Enrolment? state, PlacementAnswer answer, Place place) =>
        answer.KeepWaiting == true && place.Status == PlaceStatus.Declined && state?.GivenUp?.Contains(place.Subject) == true;

    public static void Map(IEndpointRouteBuilder app)
    {
        MapOne(app, "confirm", Confirm);
        MapOne(app, "decline", Decline);
    }

    private static void MapOne(
        IEndpointRouteBuilder app,
        string verb,
        Func<Enrolment?, PlacementAnswer, Caller, DateTimeOffset, Decision> decide
    ) =>
        app.MapPost(
                $"/api/enrolments/{{id:guid}}/{verb}",
                async (Guid id, PlacementAnswer? answer, [AsParameters] CommandContext context) =>
                    await EnrolmentAccess.Answer(
                        await context.Decide<Enrolment>(
                            id,
                            state => decide(state, answer ?? new PlacementAnswer(), context.Caller, context.Now)
                        ),
                        context
                    )
            )
            .For(Roles.Family, Roles.Coordinator)
            .WithSummary($"{char.ToUpperInvariant(verb[0])}{verb[1..]} a place")
            .ReadsEnrolment()
            .Produces<EnrolmentView>()
            .ProducesProblem(404)
            .ProducesProblem(409);

    private static Decision Decide(
        Enrolment? state,
        PlacementAnswer answer,
        Caller caller,
        string wanted,
        Func<Place, object> say,
        Func<Place, bool> open
    )
    {
        if (state is null || !EnrolmentAccess.MayRead(caller, state))
            return new NotFound();
        if (!state.IsStanding)
            return new NotStanding();
        var meant = state
            .Places.Where(p => (answer.StageId is null || p.StageId == answer.StageId) && (answer.Wish is null || p.Subject == answer.Wish))
            .ToList();
        var toAnswer = meant.Where(open).ToList();
        if (toAnswer.Count > 0)
            return Decision.Of(toAnswer.Select(say));
        return meant.Any(p => p.Status == wanted) ? Decision.Nothing : new NoSuchPlacement();
    }
}
