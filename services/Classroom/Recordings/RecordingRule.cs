using FluentValidation;

namespace Stages.Classrooms.Recordings;

/// <summary>Whether a campaign's classes may be recorded. Where nobody said so, they may not, and nothing in class speaks of it.</summary>
/// <param name="KeptDays">After so many days a recording is deleted.</param>
public sealed record RecordingRule(Guid Id, bool Allowed, int KeptDays)
{
    public const int DefaultDays = 7;

    public static async Task<RecordingRule> Of(IQuerySession session, Guid campaignId, CancellationToken cancel) =>
        await session.LoadAsync<RecordingRule>(campaignId, cancel) ?? new RecordingRule(campaignId, false, DefaultDays);
}

/// <param name="KeptDays">1 to 30.</param>
public sealed record SetRecordingRuleRequest(bool Allowed, int KeptDays = RecordingRule.DefaultDays);

public sealed class SetRecordingRuleValidator : AbstractValidator<SetRecordingRuleRequest>
{
    public SetRecordingRuleValidator() => RuleFor(r => r.KeptDays).InclusiveBetween(1, 30);
}

/// <summary>A choice of the whole académie: a coordinator of a part of it may look, not change.</summary>
public static class SetRecordingRule
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPut("/api/classroom/campaigns/{id:guid}/recording", Set)
            .ForWholeAcademie()
            .Validated<SetRecordingRuleRequest>()
            .Produces(204)
            .ProducesProblem(403);
        routes.MapGet("/api/classroom/campaigns/{id:guid}/recording", Read).For(Roles.Coordinator).Produces<SetRecordingRuleRequest>();
    }

    private static async Task<IResult> Read(Guid id, IDocumentStore store, CancellationToken cancel)
    {
        await using var query = store.QuerySession();
        var rule = await RecordingRule.Of(query, id, cancel);
        return Results.Ok(new SetRecordingRuleRequest(rule.Allowed, rule.KeptDays));
    }

    private static async Task<IResult> Set(Guid id, SetRecordingRuleRequest request, [AsParameters] CommandContext context)
    {
        await context.Decide(Decision.Nothing.AndStore(new RecordingRule(id, request.Allowed, request.KeptDays)));
        return Results.NoContent();
    }
}
