using FluentValidation;

namespace Stages.Classrooms.Campaigns;

/// <summary>
/// Whom people call when neither sound nor network work: a campaign's choice. In public, since who needs it is signed in nowhere.
/// </summary>
public sealed record HelpLine(Guid Id, string Phone);

public sealed class SetHelpLineValidator : AbstractValidator<SetHelpLineRequest>
{
    public SetHelpLineValidator() => RuleFor(r => r.Phone).IsPhone();
}

public static class SetHelpLine
{
    /// <summary>Of so many campaigns at most; they seldom have different ones.</summary>
    private const int Most = 5;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPut("/api/classroom/campaigns/{id:guid}/help", Set)
            .ForWholeAcademie()
            .Validated<SetHelpLineRequest>()
            .Produces(204)
            .ProducesProblem(403);
        routes.MapGet("/api/classroom/campaigns/{id:guid}/help", Read).For(Roles.Coordinator).Produces<SetHelpLineRequest>();
        routes.MapGet("/classroom/help", Numbers).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Read(Guid id, IQuerySession reads, CancellationToken cancel) =>
        Results.Ok(new SetHelpLineRequest((await reads.LoadAsync<HelpLine>(id, cancel))?.Phone));

    private static async Task<IResult> Set(Guid id, SetHelpLineRequest request, [AsParameters] CommandContext context)
    {
        var phone = Texts.Find<PhoneNumber>(request.Phone)?.ToString();
        await context.Decide(phone is null ? Decision.Nothing.AndDelete<HelpLine>(id) : Decision.Nothing.AndStore(new HelpLine(id, phone)));
        return Results.NoContent();
    }

    private static async Task<IResult> Numbers(IQuerySession reads, CancellationToken cancel)
    {
        // The newest campaigns: ids grow with time.
        var lines = await reads.Query<HelpLine>().OrderByDescending(l => l.Id).Take(Most).ToListAsync(cancel);
        return Results.Ok(lines.Select(l => l.Phone).Distinct(StringComparer.Ordinal));
    }
}
