using System.Text.Json;

namespace Stages.Enrolments.Drafts;

/// <summary>A form that is not finished: whatever was typed, so that a closed tab loses nothing. Nobody but its family sees it.</summary>
public sealed record Draft(Guid Id, Guid CampaignId, Guid Owner, JsonElement Content, DateTimeOffset SavedAt);

public sealed class DraftRequestValidator : AbstractValidator<DraftRequest>
{
    private const int LongestContent = 32 * 1024;

    public DraftRequestValidator()
    {
        RuleFor(d => d.CampaignId).NotEmpty();
        RuleFor(d => d.Content)
            .Must(c => c.ValueKind == JsonValueKind.Object && c.GetRawText().Length <= LongestContent)
            .WithMessage(_ => Say.In("Le brouillon est un objet JSON de 32 Kio au plus.", "A draft is a JSON object of at most 32 KiB."));
    }
}

/// <summary>Drafts are saved at each step of the form and vanish when the enrolment is submitted or the family removes them.</summary>
public static class SaveDraft
{
    private const int MostDrafts = 20;

    public sealed record TooManyDrafts()
        : Refusal(RefusalKind.Conflict, "too-many-drafts", "Vous avez déjà vingt brouillons.", "You already have twenty drafts.");

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPut(
                "/api/drafts/{id:guid}",
                async (Guid id, DraftRequest request, [AsParameters] CommandContext context) =>
                {
                    var (session, owner) = (context.Reads, context.Caller.Id);
                    var known = await session.LoadAsync<Draft>(id, context.Cancel);
                    if (known is not null && known.Owner != owner)
                        return new NotFound().AsProblem();
                    if (known is null && await session.Query<Draft>().CountAsync(d => d.Owner == owner, context.Cancel) >= MostDrafts)
                        return new TooManyDrafts().AsProblem();
                    var draft = new Draft(id, request.CampaignId, owner, request.Content, context.Now);
                    await context.Decide(Decision.Nothing.AndStore(draft));
                    return Results.Ok(new DraftView(draft.Id, draft.CampaignId, draft.Content, draft.SavedAt));
                }
            )
            .For(Roles.Family)
            .Validated<DraftRequest>()
            .WithSummary("Save a draft")
            .Produces<DraftView>();

        app.MapGet(
                "/api/me/drafts",
                async (Caller caller, IQuerySession session, CancellationToken cancel) =>
                {
                    var mine = await session
                        .Query<Draft>()
                        .Where(d => d.Owner == caller.Id)
                        .OrderByDescending(d => d.SavedAt)
                        .ToListAsync(cancel);
                    return Results.Ok(
                        new Page<DraftView>([.. mine.Select(d => new DraftView(d.Id, d.CampaignId, d.Content, d.SavedAt))], null)
                    );
                }
            )
            .For(Roles.Family)
            .WithSummary("The caller's drafts")
            .Produces<Page<DraftView>>();

        app.MapDelete(
                "/api/drafts/{id:guid}",
                async (Guid id, [AsParameters] CommandContext context) =>
                {
                    var known = await context.Reads.LoadAsync<Draft>(id, context.Cancel);
                    if (known is null || known.Owner != context.Caller.Id)
                        return new NotFound().AsProblem();
                    await context.Decide(Decision.Nothing.AndDelete<Draft>(id));
                    return Results.NoContent();
                }
            )
            .For(Roles.Family)
            .WithSummary("Remove a draft");
    }
}
