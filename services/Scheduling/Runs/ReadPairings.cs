using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Stages.Scheduling.Runs;

/// <summary>Runs: one with its proposal, those of a campaign to compare, progress as it comes, and the two files for an audit.</summary>
public static class ReadPairings
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/pairings/{id:guid}",
                async (Guid id, bool? summary, Caller caller, IQuerySession reads, HttpContext http, CancellationToken cancel) =>
                {
                    if (await reads.LoadAsync<PairingRun>(id, cancel) is not { } run)
                        return new NotFound().AsProblem();
                    http.SetETag(run.Version);
                    var view = RunView.Of(run, await reads.LoadAsync<RunProgress>(id, cancel));
                    // A proposal is of the whole académie; a territory reads its own part once it is adopted.
                    var brief = summary == true || caller.Territory is not null;
                    if (brief || run.Status != RunStatus.Done || await reads.LoadAsync<RunProposal>(id, cancel) is not { } file)
                        return Results.Ok(view with { Stages = brief ? null : [], Unplaced = brief ? null : [] });
                    var campaign =
                        await reads.LoadAsync<Campaign>(run.CampaignId, cancel)
                        ?? throw new InvalidOperationException("A run without a campaign.");
                    return Results.Ok(view.With(campaign.Plan, await RunFiles.Proposal(file.Proposal, cancel)));
                }
            )
            .For(Roles.Coordinator)
            .Produces<RunView>();

        app.MapGet(
                "/api/campaigns/{campaignId:guid}/pairings",
                async (Guid campaignId, Guid? after, int? limit, IQuerySession reads, CancellationToken cancel) =>
                {
                    if (await reads.LoadAsync<Campaign>(campaignId, cancel) is null)
                        return new NotFound().AsProblem();
                    var size = Paging.Size(limit);
                    var asked = reads.Query<PairingRun>().Where(r => r.CampaignId == campaignId);
                    if (after is { } last)
                        asked = asked.Where(r => r.Id < last);
                    var runs = await asked.OrderByDescending(r => r.Id).Take(size + 1).ToListAsync(cancel);
                    var progress = (await reads.LoadManyAsync<RunProgress>(cancel, [.. runs.Select(r => r.Id)])).ToDictionary(p => p.Id);
                    return Results.Ok(Paging.Of(runs, size, r => r.Id, r => RunView.Of(r, progress.GetValueOrDefault(r.Id))));
                }
            )
            .For(Roles.Coordinator)
            .Produces<Page<RunView>>();

        app.MapGet(
                "/api/pairings/{id:guid}/events",
                async (
                    Guid id,
                    IDocumentStore store,
                    TimeProvider clock,
                    IQuerySession reads,
                    HttpContext http,
                    CancellationToken cancel
                ) =>
                    await reads.LoadAsync<PairingRun>(id, cancel) is null
                        ? new NotFound().AsProblem()
                        : Results.ServerSentEvents(http.WhileTokenLasts(clock, stop => Follow(id, store, clock, stop), cancel))
            )
            .For(Roles.Coordinator);

        app.MapGet(
                "/api/pairings/{id:guid}/instance",
                async (Guid id, IQuerySession reads, CancellationToken cancel) =>
                    File((await reads.LoadAsync<RunInstance>(id, cancel))?.Problem, $"instance-{id}.json")
            )
            .ForWholeAcademie();

        app.MapGet(
                "/api/pairings/{id:guid}/proposal",
                async (Guid id, IQuerySession reads, CancellationToken cancel) =>
                    File((await reads.LoadAsync<RunProposal>(id, cancel))?.Proposal, $"proposal-{id}.json")
            )
            .ForWholeAcademie();
    }

    private static IResult File(byte[]? packed, string name) =>
        packed is null ? new NotFound().AsProblem() : Results.Stream(RunFiles.Open(packed), "application/json", name);

    /// <summary>
    /// The state at once, then after each change, until the run has ended. What it says comes from the database, so that any copy
    /// can say it.
    /// </summary>
    private static async IAsyncEnumerable<SseItem<RunView>> Follow(
        Guid id,
        IDocumentStore store,
        TimeProvider clock,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(500), clock);
        RunView? told = null;
        do
        {
            await using var reads = store.QuerySession();
            if (await reads.LoadAsync<PairingRun>(id, cancel) is not { } run)
                yield break;
            var view = RunView.Of(run, await reads.LoadAsync<RunProgress>(id, cancel));
            if (view != told)
                yield return new SseItem<RunView>(view, run.IsOpen ? "progress" : "ended");
            if (!run.IsOpen)
                yield break;
            told = view;
        } while (await tick.WaitForNextTickAsync(cancel));
    }
}
