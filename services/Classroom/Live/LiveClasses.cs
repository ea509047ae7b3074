using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Stages.Classrooms.Notes;

namespace Stages.Classrooms.Live;

/// <summary>The classes with people connected through this copy.</summary>
public sealed class LiveClasses : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>Longer than a whole class needs to come back after a cut: it must find the same object.</summary>
    private static readonly TimeSpan KeepEmpty = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<Guid, Lazy<Task<LiveClass>>> classes = [];
    private readonly IDocumentStore store;
    private readonly NpgsqlDataSource database;
    private readonly Journal journal;
    private readonly MediaNodes nodes;
    private readonly Placements placements;
    private readonly Relay relay;
    private readonly ClassroomOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<LiveClasses> logger;

    public LiveClasses(
        IDocumentStore store,
        NpgsqlDataSource database,
        Journal journal,
        MediaNodes nodes,
        Placements placements,
        Relay relay,
        IOptions<ClassroomOptions> options,
        TimeProvider clock,
        ILogger<LiveClasses> logger
    )
    {
        (this.store, this.database, this.journal, this.nodes, this.placements) = (store, database, journal, nodes, placements);
        (this.relay, this.options, this.clock, this.logger) = (relay, options.Value, clock, logger);
        relay.Heard = Hear;
        relay.Reconnected = LookAgain;
    }

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

    /// <summary>Who is in class changed: seen to here, and the other copies look too.</summary>
    public async Task SessionChanged(LiveClass live)
    {
        await live.ReadSession();
        await relay.Tell(live.Info.ModuleId, "session", new { });
    }

    /// <summary>The stage was changed or cancelled, whichever copies hold its classes.</summary>
    public async Task TimetableChanged(Guid moduleId)
    {
        if (Find(moduleId) is { } live)
            await live.ReadTimetable();
        await relay.Tell(moduleId, "timetable", new { });
    }

    public async Task DeskChanged(LiveClass live)
    {
        await live.ReadDesk();
        await relay.Tell(live.Info.ModuleId, "desk", new { });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Quietly(() => placements.LookForReturned(stoppingToken));
                foreach (var live in Open())
                {
                    if (live.EmptyFor(clock.GetUtcNow()) > KeepEmpty)
                    {
                        classes.TryRemove(live.Info.ModuleId, out _);
                        await relay.Unfollow(live.Info.ModuleId);
                        continue;
                    }
                    await Quietly(() => live.FollowPlacement(stoppingToken));
                    await Quietly(() => Watch(live, stoppingToken));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Browsers find another copy.
        }
    }

    /// <summary>Decided on what was read last, so that a class where all is well asks nothing of the database.</summary>
    private async Task Watch(LiveClass live, CancellationToken cancel)
    {
        Decision Decide(ClassSession? session) => Door.Watch(session, live.ClosesAt, options.WithoutAdult, clock.GetUtcNow());
        if (Decide(live.Session).Events.Count == 0)
            return;
        await journal.Decide<ClassSession>(live.Info.ModuleId, Decide, cancel: cancel);
        await SessionChanged(live);
    }

    private async Task Quietly(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is MediaFault || Problems.IsUnavailable(e))
        {
            logger.LogDebug(e, "Looked at again in a moment");
        }
    }

    private async Task<LiveClass> Open(Guid moduleId, CancellationToken cancel)
    {
        await using var query = store.QuerySession();
        var info = await ModuleInfo.Read(query, moduleId, cancel) ?? throw new InvalidOperationException($"Module {moduleId} is not held.");
        var live = new LiveClass(info, store, nodes, placements, logger);
        await relay.Follow(moduleId);
        return live;
    }

    private IEnumerable<LiveClass> Open() =>
        classes.Values.Where(c => c.IsValueCreated && c.Value.IsCompletedSuccessfully).Select(c => c.Value.Result);

    private async Task LookAgain()
    {
        foreach (var live in Open())
        {
            await live.ReadTimetable();
            await live.ReadDesk();
            await live.Show("notedUpTo", new { seq = await NotesTable.Last(database, live.Info.ModuleId, CancellationToken.None) });
        }
    }

    private async Task Hear(News news)
    {
        if (Find(news.ModuleId) is not { } live)
            return;
        switch (news.Kind)
        {
            case "session":
                await live.ReadSession();
                break;
            case "timetable":
                await live.ReadTimetable();
                break;
            case "desk":
                await live.ReadDesk();
                break;
            case "chat":
                await live.ShowChat(news.Content.Deserialize<ChatSaid>(JsonSerializerOptions.Web)!);
                break;
            case "flags":
                await live.SetFlags(
                    news.Content.GetProperty("participantId").GetGuid(),
                    news.Content.GetProperty("flags").Deserialize<MediaFlags>(JsonSerializerOptions.Web)!
                );
                break;
            case "arrived":
                // A newcomer on another copy does not know the microphones of ours.
                foreach (var p in live.Here.Values)
                    await relay.Tell(
                        news.ModuleId,
                        "flags",
                        new { participantId = p.ParticipantId, flags = live.FlagsOf(p.ParticipantId) }
                    );
                break;
            case "mute":
                if (live.Here.TryGetValue(news.Content.GetProperty("whom").GetGuid(), out var whom))
                    await whom.Client.SendAsync("mute", news.Content);
                break;
            default:
                await live.Show(news.Kind, news.Content);
                break;
        }
    }
}
