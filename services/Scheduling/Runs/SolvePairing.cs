using Stages.Pairing;
using Offer = Stages.Scheduling.Offers.Offer;

namespace Stages.Scheduling.Runs;

/// <summary>
/// The job that computes a run: claims it, solves the stored instance with the run's seed, tells the progress, enters the result.
/// </summary>
public sealed class SolvePairing(IDocumentStore store, Journal journal, TimeProvider clock, ILogger<SolvePairing> logger)
{
    /// <summary>Without a beat for so long, the process that computed the run is gone.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1);

    private readonly Guid worker = Guid.CreateVersion7(clock.GetUtcNow());

    /// <summary>
    /// Not retried by Hangfire: a fault of ours ends the run as failed, and a lost process is noticed by <see
    /// cref="ResumePairings"/>.
    /// </summary>
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task Run(Guid id, CancellationToken stopping)
    {
        if (await Claim(id, stopping) is not { } run)
            return;
        try
        {
            var instance = await InstanceOf(run, stopping);
            var proposal = await Solve(run, instance, stopping);
            if (proposal is not null)
            {
                await Propose(run, proposal, stopping);
                RunFigures.Proposed(proposal);
            }
            RunFigures.Ended(proposal is null ? "left" : "done");
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The service stops: the beat ends, and another copy or the next start takes the run up from its stored instance.
            logger.LogInformation("Run {Run} is left to another process", id);
            RunFigures.Ended("left");
        }
        catch (Exception e) when (!Problems.IsUnavailable(e))
        {
            logger.LogError(e, "Run {Run} failed", id);
            RunFigures.Ended("failed");
            await journal.Decide<PairingRun>(
                id,
                state => state is { IsOpen: true } ? Decision.Of(new PairingFailed(e.Message, clock.GetUtcNow())) : Decision.Nothing,
                cancel: CancellationToken.None
            );
        }
    }

    private async Task<PairingRun?> Claim(Guid id, CancellationToken cancel)
    {
        var claimed = await journal.Decide<PairingRun, bool>(
            id,
            async (reading, run) => ClaimRun.Decide(run, await reading.Load<RunProgress>(id), worker, clock.GetUtcNow()),
            cancel: cancel
        );
        if (!claimed.Result)
            return null;
        await using var reads = store.QuerySession();
        return await reads.LoadAsync<PairingRun>(id, cancel);
    }

    /// <summary>Read from the campaign at the first attempt, from its file at a further one.</summary>
    private async Task<RunInstance> InstanceOf(PairingRun run, CancellationToken cancel)
    {
        await using var reads = store.QuerySession();
        if (await reads.LoadAsync<RunInstance>(run.Id, cancel) is { } stored)
            return stored;
        var campaign =
            await reads.LoadAsync<Campaign>(run.CampaignId, cancel) ?? throw new InvalidOperationException("A run without a campaign.");
        var candidates = await reads.Query<Candidate>().Where(c => c.CampaignId == run.CampaignId && !c.Withdrawn).ToListAsync(cancel);
        var offers = await reads.Query<Offer>().Where(o => o.CampaignId == run.CampaignId).ToListAsync(cancel);
        var stages = await reads
            .Query<Stage>()
            .Where(s => s.CampaignId == run.CampaignId && s.Status != StageStatus.Cancelled)
            .ToListAsync(cancel);
        var elsewhere = await OtherCampaigns.Read(reads, campaign.Plan, campaign.Id, null, null, cancel);
        var made = Instances.Of(campaign.Plan, candidates, offers, stages, run.Keep, elsewhere);
        var instance = new RunInstance(
            run.Id,
            await RunFiles.Pack(made.Problem, cancel),
            made.Previous is null ? null : await RunFiles.Pack(made.Previous, cancel),
            made.Known
        );
        await journal.Decide(Decision.Nothing.AndStore(instance), cancel);
        return instance;
    }

    /// <summary>Null when the run was cancelled or taken over meanwhile.</summary>
    private async Task<Proposal?> Solve(PairingRun run, RunInstance instance, CancellationToken stopping)
    {
        var problem = await RunFiles.Problem(instance.Problem, stopping);
        var previous = instance.Previous is null ? null : await RunFiles.Proposal(instance.Previous, stopping);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        PairingProgress? latest = null;
        var solving = Task.Factory.StartNew(
            () =>
                PairingEngine.Solve(
                    problem,
                    previous,
                    run.Seed,
                    Budget.Seconds(run.BudgetSeconds),
                    new Direct(p => Volatile.Write(ref latest, p)),
                    ending.Token,
                    clock
                ),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

        var stillMine = true;
        using var beat = new PeriodicTimer(BeatEvery, clock);
        try
        {
            while (stillMine && !solving.IsCompleted)
            {
                // Either the next beat or the end of the search; a search that ends early is not kept waiting for the beat.
                await Task.WhenAny(solving, beat.WaitForNextTickAsync(stopping).AsTask());
                stopping.ThrowIfCancellationRequested();
                if (!solving.IsCompleted)
                    stillMine = await Beat(run.Id, Volatile.Read(ref latest), stopping);
            }
        }
        finally
        {
            await ending.CancelAsync();
            await solving.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        return stillMine ? await solving : null;
    }

    /// <summary>
    /// Writes the progress; false when the run is no longer this process's to compute. A database that is away for a moment ends
    /// nothing.
    /// </summary>
    private async Task<bool> Beat(Guid id, PairingProgress? p, CancellationToken cancel)
    {
        try
        {
            var beat = new RunProgress(
                id,
                worker,
                clock.GetUtcNow(),
                p?.Fraction ?? 0,
                p is null ? null : new RunScore(p.PlacedWishes, p.Wishes, p.PlacedWeight, p.Bound, p.Gap, 0),
                p?.Elapsed.TotalSeconds ?? 0
            );
            var told = await journal.Decide<bool>(
                async reading => TellProgress.Decide(await reading.Load<PairingRun>(id), await reading.Load<RunProgress>(id), beat),
                cancel: cancel
            );
            return told.Result;
        }
        catch (Exception e) when (Problems.IsUnavailable(e))
        {
            logger.LogWarning(e, "The progress of run {Run} could not be written", id);
            return true;
        }
    }

    private async Task Propose(PairingRun run, Proposal proposal, CancellationToken cancel)
    {
        var file = new RunProposal(run.Id, await RunFiles.Pack(proposal, cancel));
        await journal.Decide<PairingRun>(
            run.Id,
            state => ProposeTimetable.Decide(state, proposal, file, clock.GetUtcNow()),
            cancel: cancel
        );
    }

    /// <summary>Progress comes from the searching thread and is only kept: <see cref="Progress{T}"/> would queue it elsewhere.</summary>
    private sealed class Direct(Action<PairingProgress> take) : IProgress<PairingProgress>
    {
        public void Report(PairingProgress value) => take(value);
    }
}

/// <summary>One process computes a run: the claim and the start are one transaction on the run's stream.</summary>
public static class ClaimRun
{
    /// <param name="progress">The last beat of whoever computes it, if anybody ever did.</param>
    /// <returns>Whether the run is this worker's to compute.</returns>
    public static Decision<bool> Decide(PairingRun? run, RunProgress? progress, Guid worker, DateTimeOffset now)
    {
        if (run is not { IsOpen: true })
            return Decision.Nothing;
        if (progress is not null && progress.Worker != worker && now - progress.Beat < SolvePairing.Silence)
            return Decision.Nothing;
        return Decision
            .Of(new PairingStarted(run.Attempts + 1, now))
            .AndStore(new RunProgress(run.Id, worker, now, 0, null, 0))
            .Giving(true);
    }
}

/// <summary>The beat of who computes a run; whoever lost it to another process, or to its end, is told to stop.</summary>
public static class TellProgress
{
    public static Decision<bool> Decide(PairingRun? run, RunProgress? known, RunProgress beat) =>
        run is { IsOpen: true } && (known is null || known.Worker == beat.Worker)
            ? Decision.Nothing.AndStore(beat).Giving(true)
            : Decision.Nothing;
}

/// <summary>The result of a run, as a command: refused by no rule, and without effect when the run has ended otherwise meanwhile.</summary>
public static class ProposeTimetable
{
    public static Decision Decide(PairingRun? run, Proposal proposal, RunProposal file, DateTimeOffset now)
    {
        if (run is not { IsOpen: true })
            return Decision.Nothing;
        var s = proposal.Score;
        return Decision
            .Of(
                new TimetableProposed(
                    new RunScore(s.PlacedWishes, s.Wishes, s.PlacedWeight, s.Bound, s.Gap, s.Quality),
                    proposal.Stages.Count,
                    proposal.Unplaced.Count,
                    proposal.ElapsedSeconds,
                    now
                )
            )
            .AndStore(file);
    }
}

/// <summary>Finds runs that nobody computes (their process ended, or never took them up) and has them computed.</summary>
public sealed class ResumePairings(IDocumentStore store, IBackgroundJobClient jobs, TimeProvider clock)
{
    /// <summary>Comes again in ten seconds, so that a failed attempt need not be repeated.</summary>
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task Run(CancellationToken cancel)
    {
        await using var reads = store.QuerySession();
        var open = await reads
            .Query<PairingRun>()
            .Where(r => r.Status == RunStatus.Queued || r.Status == RunStatus.Running)
            .ToListAsync(cancel);
        var beats = (await reads.LoadManyAsync<RunProgress>(cancel, [.. open.Select(r => r.Id)])).ToDictionary(p => p.Id, p => p.Beat);
        foreach (var run in open.Where(r => clock.GetUtcNow() - beats.GetValueOrDefault(r.Id, r.RequestedAt) > SolvePairing.Silence))
            jobs.Enqueue<SolvePairing>(job => job.Run(run.Id, CancellationToken.None));
    }
}
