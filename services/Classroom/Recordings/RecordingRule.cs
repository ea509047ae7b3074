using FluentValidation;

namespace Stages.Classrooms.Recordings;

/// <summary>Whether a campaign's classes may be recorded. Where nobody said so, they may not, and nothing in class speaks of it.</summary>
/// <param name="KeptDays">After so many days a recording is deleted.</param>
/// <param name="FamiliesSince">Since when the families of a group may watch as well; null: they may not.</param>
public sealed record RecordingRule(Guid Id, bool Allowed, int KeptDays, DateTimeOffset? FamiliesSince = null)
{
    public RecordingRule Changed(SetRecordingRuleRequest to, DateTimeOffset now) =>
        new(Id, to.Allowed, to.KeptDays, to.ForFamilies ? FamiliesSince ?? now : null);

    /// <summary>
    /// Whether the group's families watch this class. Who agreed before the campaign opened recordings to families was told that they
    /// would not see them: what counts is the rule as it stood when the door opened.
    /// </summary>
    public bool IsForFamilies(DateTimeOffset startsAt) => FamiliesSince is { } since && startsAt - JoinClass.Early >= since;

    public static async Task<RecordingRule> Of(IQuerySession session, Guid campaignId, CancellationToken cancel) =>
        await session.LoadAsync<RecordingRule>(campaignId, cancel)
        ?? new RecordingRule(campaignId, false, SetRecordingRuleRequest.DefaultDays);
}

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
        return Results.Ok(new SetRecordingRuleRequest(rule.Allowed, rule.KeptDays, rule.FamiliesSince is not null));
    }

    private static async Task<IResult> Set(Guid id, SetRecordingRuleRequest request, [AsParameters] CommandContext context)
    {
        var before = await RecordingRule.Of(context.Reads, id, context.Cancel);
        await context.Decide(Decision.Nothing.AndStore(before.Changed(request, context.Now)));
        return Results.NoContent();
    }
}
