using Marten;
using Stages.ServiceDefaults;

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
                async (Guid id, Caller caller, Journal journal, IQuerySession reads, TimeProvider clock, CancellationToken cancel) =>
                {
                    if (caller.Territory is not null)
                        return new NotAllowed().AsProblem();
                    var outcome = await journal.Decide<PairingRun>(
                        id,
                        run => Decide(run, Actor.Of(caller), clock.GetUtcNow()),
                        cancel: cancel
                    );
                    if (outcome.Refusal is not null)
                        return outcome.Refusal.AsProblem();
                    return Results.Ok(
                        RunView.Of((await reads.LoadAsync<PairingRun>(id, cancel))!, await reads.LoadAsync<RunProgress>(id, cancel))
                    );
                }
            )
            .For(Roles.Coordinator)
            .Produces<RunView>();
}
