using Stages.Classrooms.Live;

namespace Stages.Classrooms.Placement;

/// <summary>
/// Asks again and again which media servers there are. A new one takes the next classes; the classes of one that is gone are placed anew,
/// and whoever is in one of them is told to begin again there.
/// </summary>
public sealed class MediaFinder(
    MediaNames names,
    MediaNodes nodes,
    Placements placements,
    LiveClasses classes,
    IDocumentStore store,
    Journal journal,
    IOptions<ClassroomOptions> options,
    TimeProvider clock,
    ILogger<MediaFinder> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var search = options.Value.MediaSearch;
        if (!search.IsOn)
            return;
        using var timer = new PeriodicTimer(search.Every, clock);
        try
        {
            do await Look(search, stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // Another copy looks.
        }
    }

    private async Task Look(MediaSearchOptions search, CancellationToken cancel)
    {
        try
        {
            IReadOnlyList<FoundServer> answer = [];
            try
            {
                answer = await names.Ask(cancel);
            }
            catch (MediaFault fault)
            {
                logger.LogWarning("Media servers stay as they are: {Reason}", fault.Message);
            }
            var before = nodes.All;
            await Learn(answer, search.GoneAfter, cancel);
            Follow(before);
            if (before.Any(n => !nodes.Knows(n.Name)))
                await placements.PlaceAhead(cancel);
        }
        catch (Exception e) when (e is MediaFault || Problems.IsUnavailable(e))
        {
            logger.LogDebug(e, "Looked at again in a moment");
        }
    }

    /// <summary>Written when something is new, and not else; read in any case, for another copy may have been faster.</summary>
    private async Task Learn(IReadOnlyList<FoundServer> answer, TimeSpan goneAfter, CancellationToken cancel)
    {
        await using var query = store.QuerySession();
        var known = await query.LoadAsync<MediaServersFound>(MediaServersFound.TheOne, cancel);
        var now = clock.GetUtcNow();
        if (MediaServersFound.After(known, answer, goneAfter, now) != known)
        {
            await journal.Decide(
                async reading =>
                {
                    var before = await reading.Documents.LoadAsync<MediaServersFound>(MediaServersFound.TheOne, cancel);
                    var after = MediaServersFound.After(before, answer, goneAfter, now);
                    return after is null || after == before ? Decision.Nothing : Decision.Nothing.AndStore(after);
                },
                LockKey.Of("media servers", MediaServersFound.TheOne),
                cancel
            );
            known = await query.LoadAsync<MediaServersFound>(MediaServersFound.TheOne, cancel);
        }
        nodes.Take(known);
    }

    private void Follow(IReadOnlyList<MediaNodeOptions> before)
    {
        foreach (var come in nodes.All.Where(n => before.All(b => b.Name != n.Name)))
            logger.LogInformation("Media server {Node} has come, at {Address}", come.Name, come.Ip);
        foreach (var gone in before.Where(b => !nodes.Knows(b.Name)))
        {
            logger.LogInformation("Media server {Node} is gone", gone.Name);
            classes.Leave(gone.Name);
        }
    }
}
