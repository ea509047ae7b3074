using System.Collections.Concurrent;
using Stages.Classrooms.Classes;

namespace Stages.Classrooms.Live;

/// <summary>The classes with people connected through this copy.</summary>
public sealed class LiveClasses(
    IDocumentStore store,
    MediaNodes nodes,
    Placements placements,
    AskClass ask,
    TimeProvider clock,
    ILogger<LiveClasses> logger
) : BackgroundService
{
    private static readonly TimeSpan TidyEvery = TimeSpan.FromSeconds(15);

    /// <summary>Longer than a whole class needs to come back after a cut: it must find the same object.</summary>
    private static readonly TimeSpan KeepEmpty = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LeaveAgain = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<Guid, Lazy<Task<LiveClass>>> classes = [];

    public async Task<LiveClass> Of(Guid moduleId, CancellationToken cancel)
    {
        var entry = classes.GetOrAdd(moduleId, id => new Lazy<Task<LiveClass>>(() => Open(id, cancel)));
        try
        {
            return await entry.Value;
        }
        catch
        {
            classes.TryRemove(new KeyValuePair<Guid, Lazy<Task<LiveClass>>>(moduleId, entry));
            throw;
        }
    }

    public LiveClass? Find(Guid moduleId) =>
        classes.TryGetValue(moduleId, out var entry) && entry.Value.IsCompletedSuccessfully ? entry.Value.Result : null;

    /// <summary>How many classes have people of this copy, and how many these are.</summary>
    public (int Classes, int People) Now
    {
        get
        {
            var here = Open().Select(c => c.Here.Count).Where(many => many > 0).ToList();
            return (here.Count, here.Sum());
        }
    }

    /// <summary>A copy is gone, and with it perhaps what it held of our classes: whoever holds them now is told what we know.</summary>
    public Task TellAgain() => Task.WhenAll(Open().Where(c => !c.Here.IsEmpty).Select(TellAgain));

    /// <summary>A media server is gone, whether it still answers or not.</summary>
    public void Leave(string server)
    {
        foreach (var live in Open())
            live.Leave(server);
    }

    /// <summary>
    /// Somebody has gone: in the log as soon as it takes it. Who leaves while the database is away would be there for the others until the
    /// class ends.
    /// </summary>
    public async Task Gone(Guid moduleId, LiveParticipant who, DateTimeOffset at)
    {
        using var again = new PeriodicTimer(LeaveAgain, clock);
        do
        {
            try
            {
                await ask.Note(moduleId, who.Actor, new Leave(who.ConnectionId, at), stopping.Token);
                return;
            }
            catch (TimeoutException)
            {
                logger.LogDebug("That somebody left class {Module} is noted in a moment", moduleId);
            }
            catch (OperationCanceledException)
            {
                // This copy stops, and the others find what it had.
                return;
            }
        } while (await again.WaitForNextTickAsync());
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TidyEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                foreach (var live in Open().Where(c => c.EmptyFor(clock.GetUtcNow()) > KeepEmpty))
                    classes.TryRemove(live.Info.ModuleId, out _);
        }
        catch (OperationCanceledException)
        {
            // Browsers find another copy.
        }
    }

    private async Task TellAgain(LiveClass live)
    {
        try
        {
            await live.TellAgain();
        }
        catch (Exception e)
        {
            logger.LogWarning("Class {Module} is told again with its next news: {Reason}", live.Info.ModuleId, e.Message);
        }
    }

    private async Task<LiveClass> Open(Guid moduleId, CancellationToken cancel)
    {
        await using var query = store.QuerySession();
        var info = await ModuleInfo.Read(query, moduleId, cancel) ?? throw new InvalidOperationException($"Module {moduleId} is not held.");
        return new LiveClass(info, store, nodes, placements, ask, logger);
    }

    private IEnumerable<LiveClass> Open() =>
        classes.Values.Where(c => c.IsValueCreated && c.Value.IsCompletedSuccessfully).Select(c => c.Value.Result);
}
