using FluentValidation;

namespace Stages.Classrooms.Sessions;

/// <summary>How long after its hour a class may still be together before it closes by itself: a campaign's choice.</summary>
public sealed record ClosingRule(Guid Id, int GraceMinutes)
{
    public static TimeSpan Longest => EnterClass.Goodbye;

    public TimeSpan Grace => TimeSpan.FromMinutes(GraceMinutes);

    public static async Task<ClosingRule> Of(IQuerySession session, Guid campaignId, CancellationToken cancel) =>
        await session.LoadAsync<ClosingRule>(campaignId, cancel) ?? new ClosingRule(campaignId, (int)Longest.TotalMinutes);
}

public sealed class SetClosingRuleValidator : AbstractValidator<SetClosingRuleRequest>
{
    public SetClosingRuleValidator() => RuleFor(r => r.GraceMinutes).InclusiveBetween(0, (int)ClosingRule.Longest.TotalMinutes);
}

/// <summary>A choice of the whole académie; classes that are open already close as it was when they opened.</summary>
public static class SetClosingRule
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPut("/api/classroom/campaigns/{id:guid}/closing", Set)
            .ForWholeAcademie()
            .Validated<SetClosingRuleRequest>()
            .Produces(204)
            .ProducesProblem(403);
        routes.MapGet("/api/classroom/campaigns/{id:guid}/closing", Read).For(Roles.Coordinator).Produces<SetClosingRuleRequest>();
    }

    private static async Task<IResult> Read(Guid id, IQuerySession reads, CancellationToken cancel) =>
        Results.Ok(new SetClosingRuleRequest((await ClosingRule.Of(reads, id, cancel)).GraceMinutes));

    private static async Task<IResult> Set(Guid id, SetClosingRuleRequest request, [AsParameters] CommandContext context)
    {
        await context.Decide(Decision.Nothing.AndStore(new ClosingRule(id, request.GraceMinutes)));
        return Results.NoContent();
    }
}
