namespace Stages.Scheduling.Runs;

public sealed record RunHasEnded(RunStatus Status)
    : Refusal(RefusalKind.Conflict, "run-has-ended", "Cet appariement est déjà terminé.", "This pairing run has already ended.");

/// <summary>Cancels a run, whichever copy of the service computes it: that copy reads the run's status once a second.</summary>
public static class CancelPairing
{
    public static Decision Decide(PairingRun? run, Actor by, DateTimeOffset now) =>
        run switch
        {
            null => new NotFound(),
            { IsOpen: true } => Decision.Of(new PairingCancelled(by, now)),
            { Status: RunStatus.Cancelled } => Decision.Nothing,
            _ => new RunHasEnded(run.Status),
        };

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapDelete(
                "/api/pairings/{id:guid}",
                async (Guid id, [AsParameters] CommandContext context) =>
                    await RunView.Answer(
                        // Whatever its version: a run's grows as it works.
                        await context.Journal.Decide<PairingRun>(
                            id,
                            run => Decide(run, Actor.Of(context.Caller), context.Now),
                            cancel: context.Cancel
                        ),
                        context,
                        Results.Ok
                    )
            )
            .ForWholeAcademie()
            .Produces<RunView>();
}
