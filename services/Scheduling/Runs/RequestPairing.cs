namespace Stages.Scheduling.Runs;

public sealed class RequestPairingValidator : AbstractValidator<RequestPairing>
{
    public RequestPairingValidator() => RuleFor(r => r.BudgetSeconds).InclusiveBetween(1, 900);
}

/// <summary>Asks for a pairing run; several may run and be compared.</summary>
public static class RequestPairingEndpoint
{
    private const int UsualSeconds = 30;

    public static Decision Decide(Campaign? campaign, RequestPairing command, Guid id, Actor by, DateTimeOffset now) =>
        campaign is null ? new NotFound()
        : campaign.IsClosed ? new CampaignIsClosed()
        : Decision.Of(
            new PairingRequested(
                id,
                campaign.Id,
                command.Seed ?? SeedOf(id),
                command.BudgetSeconds ?? UsualSeconds,
                command.Keep ?? Keep.None,
                by,
                now
            )
        );

    /// <summary>Any number will do; one that follows from the id needs no generator.</summary>
    private static int SeedOf(Guid id) => BitConverter.ToInt32(id.ToByteArray(), 10) & int.MaxValue;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/campaigns/{campaignId:guid}/pairings",
                async (Guid campaignId, RequestPairing request, IBackgroundJobClient jobs, [AsParameters] CommandContext context) =>
                {
                    var (id, now) = (Guid.CreateVersion7(context.Now), context.Now);
                    var outcome = await context.Journal.Decide<PairingRun>(
                        id,
                        async (reading, _) => Decide(await reading.Load<Campaign>(campaignId), request, id, Actor.Of(context.Caller), now),
                        once: context.Key.Answering(request, id, now),
                        cancel: context.Cancel
                    );
                    // Lost if this process ends here; then ResumePairings finds the run without a beat.
                    if (outcome is { Refused: false, Repeated: false })
                        jobs.Enqueue<SolvePairing>(job => job.Run(id, CancellationToken.None));
                    return await RunView.Answer(outcome, context, run => Results.Accepted($"/api/pairings/{run.Id}", run));
                }
            )
            .ForWholeAcademie()
            .Validated<RequestPairing>()
            .Produces<RunView>(202);
}
