using Stages.Enrolments.Drafts;

namespace Stages.Enrolments.People;

/// <summary>What this service keeps about one account, for the Portal to show as a whole or to erase as a whole.</summary>
public sealed record PersonalData(IReadOnlyList<EnrolmentView> Enrolments, IReadOnlyList<DraftView> Drafts);

/// <summary>Export and erasure of a family's data. Only the Portal calls it, for the person who is signed in there.</summary>
public static class PersonalDataEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/internal/people/{personId:guid}",
                async (Guid personId, IQuerySession session, CancellationToken cancel) =>
                {
                    var enrolments = await Of(personId, session, cancel);
                    var drafts = await session.Query<Draft>().Where(d => d.Owner == personId).ToListAsync(cancel);
                    return Results.Ok(
                        new PersonalData(
                            [.. enrolments.Select(e => EnrolmentView.Of(e, personId))],
                            [.. drafts.Select(d => new DraftView(d.Id, d.CampaignId, d.Content, d.SavedAt))]
                        )
                    );
                }
            )
            .For(Roles.Service)
            .ExcludeFromDescription();

        app.MapDelete(
                "/internal/people/{personId:guid}",
                async (Guid personId, LogMasking masking, ForgetId forget, [AsParameters] CommandContext context) =>
                {
                    foreach (var enrolment in await Of(personId, context.Reads, context.Cancel))
                    {
                        await context.Decide<Enrolment>(enrolment.Id, state => Forgetting.Person(state, personId, context.Now));
                        await masking.Settle(enrolment.Id, context.Cancel);
                    }
                    await context.Decide(Decision.Nothing.AndDeleteWhere<Draft>(d => d.Owner == personId));
                    await forget.Everywhere(personId, context.Cancel);
                    return Results.NoContent();
                }
            )
            .For(Roles.Service)
            .ExcludeFromDescription();
    }

    private static async Task<IReadOnlyList<Enrolment>> Of(Guid personId, IQuerySession session, CancellationToken cancel) =>
        await session.Query<Enrolment>().OfFamily(personId).ToListAsync(cancel);
}
