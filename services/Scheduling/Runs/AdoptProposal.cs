namespace Stages.Scheduling.Runs;

public sealed record RunNotDone()
    : Refusal(
        RefusalKind.Conflict,
        "run-not-done",
        "Cet appariement n’a pas (encore) de résultat.",
        "This pairing run has no result (yet)."
    );

public sealed record AdoptionUnderWay()
    : Refusal(
        RefusalKind.Conflict,
        "adoption-under-way",
        "Une autre proposition est en cours d’adoption : réessayez dans un instant.",
        "Another proposal is being adopted: try again in a moment."
    );

/// <summary>
/// A proposal becomes the campaign's draft timetable; drafts that it does not keep are replaced, published stages never are.
/// </summary>
public static class AdoptProposal
{
    /// <summary>The largest campaigns take half a minute.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Decision Decide(Timetable? timetable, PairingRun? run, Campaign? campaign, Actor by, DateTimeOffset now)
    {
        if (run is null || campaign is null)
            return new NotFound();
        if (campaign.IsClosed)
            return new CampaignIsClosed();
        if (run.Status != RunStatus.Done)
            return new RunNotDone();
        if (timetable?.Adopting is { } adopting)
            return adopting.RunId == run.Id ? Decision.Nothing : new AdoptionUnderWay();
        return timetable?.RunId == run.Id ? Decision.Nothing : Decision.Of(new AdoptionStarted(campaign.Id, run.Id, by, now));
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/pairings/{id:guid}/adopt",
                async (Guid id, Adoption adoption, [AsParameters] CommandContext context) =>
                {
                    var (reads, cancel) = (context.Reads, context.Cancel);
                    if (await reads.LoadAsync<PairingRun>(id, cancel) is not { } run)
                        return new NotFound().AsProblem();
                    var outcome = await context.Journal.Decide<Timetable>(
                        TimetableIds.Of(run.CampaignId),
                        async (reading, timetable) =>
                            Decide(timetable, run, await reading.Load<Campaign>(run.CampaignId), Actor.Of(context.Caller), context.Now),
                        cancel: cancel
                    );
                    if (outcome.Refusal is not null)
                        return outcome.Refusal.AsProblem();

                    // Not the request's own token: a caller who hangs up does not leave half a timetable for ResumeAdoptions to finish.
                    // Another request or process may be at it: then this answer waits for that one's end, as the caller would.
                    if (!await adoption.Carry(run.CampaignId, CancellationToken.None, Patience))
                        return new AdoptionUnderWay().AsProblem();
                    var stages = await reads
                        .Query<Stage>()
                        .Where(s => s.CampaignId == run.CampaignId && s.Status != StageStatus.Cancelled)
                        .ToListAsync(cancel);
                    return Results.Ok(
                        new AdoptedView(
                            run.Id,
                            run.CampaignId,
                            stages.Count,
                            stages.SelectMany(s => s.Seats).Select(s => s.EnrolmentId).Distinct().Count()
                        )
                    );
                }
            )
            .ForWholeAcademie()
            .Produces<AdoptedView>();
}
