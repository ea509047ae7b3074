using JasperFx;

namespace Stages.Classrooms.Placement;

/// <summary>
/// On which media server a module's class is held. Not an event: it says nothing about anybody, and may be computed again.
/// </summary>
public sealed record ClassPlacement(Guid Id, string Node, DateTimeOffset From, DateTimeOffset To, int Expected);

/// <summary>What the copies of the service agree about a media server.</summary>
/// <param name="Draining">No new class goes there; those that run end there.</param>
/// <param name="UnreachableSince">Null while it answers.</param>
public sealed record MediaNodeState(string Id, bool Draining, DateTimeOffset? UnreachableSince)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsDead => UnreachableSince is not null;

    /// <summary>Takes new classes.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOpen => !Draining && !IsDead;
}

/// <summary>Keeps classes placed ahead of time, and moves those whose server died.</summary>
public sealed class Placements(IDocumentStore store, NpgsqlDataSource database, Journal journal, MediaNodes nodes, TimeProvider clock)
    : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);

    public void Dispose() => gate.Dispose();

    public const string Every = "0 * * * * *";

    /// <summary>How far ahead: enough for the whole of the next slot to be placed together.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(3);

    /// <summary>So many are read and placed together.</summary>
    private const int AtOnce = 1000;

    /// <summary>The job: places what comes within the next hours and has no place yet, or has lost it; those that run first.</summary>
    public async Task PlaceAhead(CancellationToken cancel)
    {
        while (await PlaceSome(cancel) == AtOnce)
        {
            // The next ones.
        }
    }

    /// <summary>Where this class is held; places it when it was not, or when its server is gone.</summary>
    public async Task<string?> NodeOf(Guid moduleId, CancellationToken cancel)
    {
        if (await Held(moduleId, cancel) is { } held)
            return held;
        // When a server dies hundreds of classes ask in the same second: the first one places them all, the others find it done.
        return await gate.Do(() => PlaceUnlessHeld(moduleId, cancel), cancel);
    }

    private async Task<string?> PlaceUnlessHeld(Guid moduleId, CancellationToken cancel)
    {
        if (await Held(moduleId, cancel) is { } meanwhile)
            return meanwhile;
        // With the others of its server; a class that was never placed is alone in that.
        if (await WasPlaced(moduleId, cancel))
        {
            await PlaceAhead(cancel);
            if (await Held(moduleId, cancel) is { } moved)
                return moved;
        }
        await PlaceOne(moduleId, cancel);
        return await Held(moduleId, cancel);
    }

    private async Task<bool> WasPlaced(Guid moduleId, CancellationToken cancel)
    {
        await using var query = store.QuerySession();
        return await query.LoadAsync<ClassPlacement>(moduleId, cancel) is not null;
    }

    /// <summary>Where it is, if that server answers.</summary>
    private async Task<string?> Held(Guid moduleId, CancellationToken cancel)
    {
        await using var query = store.QuerySession();
        if (await query.LoadAsync<ClassPlacement>(moduleId, cancel) is not { } placement)
            return null;
        var state = await query.LoadAsync<MediaNodeState>(placement.Node, cancel);
        // Another copy may have found it a moment ago.
        if (!nodes.Knows(placement.Node))
            nodes.Take(await query.LoadAsync<MediaServersFound>(MediaServersFound.TheOne, cancel));
        return state?.UnreachableSince is null && nodes.Knows(placement.Node) ? placement.Node : null;
    }

    public Task MarkUnreachable(string node, CancellationToken cancel) =>
        Change(node, s => s with { UnreachableSince = s.UnreachableSince ?? clock.GetUtcNow() }, cancel);

    public Task MarkReachable(string node, CancellationToken cancel) => Change(node, s => s with { UnreachableSince = null }, cancel);

    /// <summary>A server that was given up is tried again; once it answers it takes classes like the others.</summary>
    public async Task LookForReturned(CancellationToken cancel)
    {
        await using var query = store.QuerySession();
        foreach (var away in await query.Query<MediaNodeState>().Where(s => s.UnreachableSince != null).ToListAsync(cancel))
        {
            if (!nodes.Knows(away.Id))
                continue;
            try
            {
                await nodes.Connect(away.Id, cancel);
                await MarkReachable(away.Id, cancel);
            }
            catch (MediaFault)
            {
                // Still away.
            }
        }
    }

    public Task SetDraining(string node, bool draining, CancellationToken cancel) =>
        Change(node, s => s with { Draining = draining }, cancel);

    private Task Change(string node, Func<MediaNodeState, MediaNodeState> change, CancellationToken cancel) =>
        journal.Decide(
            async reading =>
            {
                var state = await reading.Documents.LoadAsync<MediaNodeState>(node, cancel) ?? new MediaNodeState(node, false, null);
                var changed = change(state);
                return changed == state ? Decision.Nothing : Decision.Nothing.AndStore(changed);
            },
            LockKey.Of("media server", node),
            cancel
        );

    /// <summary>A participant is waiting for it.</summary>
    private Task PlaceOne(Guid moduleId, CancellationToken cancel) =>
        journal.Decide(
            async reading =>
            {
                var states = await reading.Documents.Query<MediaNodeState>().ToListAsync(cancel);
                return await reading.Load<ClassModule>(moduleId) is { } module
                    ? await Place(reading, [module], states, cancel)
                    : Decision.Nothing;
            },
            cancel: cancel
        );

    /// <summary>How many had no place, or an old one.</summary>
    private async Task<int> PlaceSome(CancellationToken cancel)
    {
        var found = 0;
        var outcome = await journal.Decide(
            async reading =>
            {
                var now = clock.GetUtcNow();
                var states = await reading.Documents.Query<MediaNodeState>().ToListAsync(cancel);
                var (open, draining) = (
                    Named(states, s => s is { IsOpen: true }),
                    Named(states, s => s is { Draining: true, IsDead: false })
                );
                // Nowhere to go for anybody.
                if (open.Length == 0)
                    return Decision.Nothing;
                var modules = await reading
                    .Documents.Query<ClassModule>()
                    .Between(now, now + Ahead)
                    .NotPlacedOn(open, draining, now + JoinClass.Early)
                    .OrderBy(m => m.StartsAt)
                    .ThenBy(m => m.Id)
                    .Take(AtOnce)
                    .ToListAsync(cancel);
                found = modules.Count;
                return await Place(reading, modules, states, cancel);
            },
            cancel: cancel
        );
        return outcome.Refused ? 0 : found;
    }

    private string[] Named(IReadOnlyList<MediaNodeState> states, Func<MediaNodeState, bool> which) =>
        [
            .. nodes
                .All.Select(n => states.FirstOrDefault(s => s.Id == n.Name) ?? new MediaNodeState(n.Name, false, null))
                .Where(which)
                .Select(s => s.Id),
        ];

    private async Task<Decision> Place(
        Reading reading,
        IReadOnlyList<ClassModule> modules,
        IReadOnlyList<MediaNodeState> states,
        CancellationToken cancel
    )
    {
        if (modules.Count == 0)
            return Decision.Nothing;
        var placed = await reading.LoadMany<ClassPlacement>(modules.Select(m => m.Id));
        var (from, to) = (modules.Min(m => m.StartsAt) - JoinClass.Early, modules.Max(m => m.EndsAt));
        var held = await ModuleQueries.Loads(database, from, to, JoinClass.Early, cancel);
        return Decide(modules, placed, held, states, nodes.All, clock.GetUtcNow());
    }

    /// <summary>Each class to the server that has room for it; a class that is well where it is stays there.</summary>
    /// <param name="held">Which load all classes are that have a place, by server and hour.</param>
    public static Decision Decide(
        IReadOnlyList<ClassModule> modules,
        IReadOnlyList<ClassPlacement> placements,
        IReadOnlyList<LoadOnNode> held,
        IReadOnlyList<MediaNodeState> states,
        IReadOnlyList<MediaNodeOptions> nodes,
        DateTimeOffset now
    )
    {
        var placed = placements.ToDictionary(p => p.Id);
        var known = states.ToDictionary(s => s.Id, StringComparer.Ordinal);
        bool Dead(string node) => known.GetValueOrDefault(node)?.UnreachableSince is not null;
        bool Drains(string node) => known.GetValueOrDefault(node)?.Draining == true;
        bool Stands(string node) => nodes.Any(n => n.Name == node) && !Dead(node);
        // A class that runs on a draining server ends there.
        bool IsWell(ClassModule m) =>
            placed.TryGetValue(m.Id, out var p) && Stands(p.Node) && (!Drains(p.Node) || m.StartsAt - JoinClass.Early <= now);

        var classes = modules
            .Where(m => !IsWell(m))
            .Select(m => new ClassToPlace(m.Id, m.StartsAt - JoinClass.Early, m.EndsAt, m.Expected, placed.GetValueOrDefault(m.Id)?.Node))
            .ToList();
        var answer = RoomPlacement.Place(
            classes,
            [.. nodes.Select(n => new NodeToFill(n.Name, n.Capacity, !Dead(n.Name) && !Drains(n.Name)))],
            held
        );
        var moved = classes
            .Where(c => answer.TryGetValue(c.ModuleId, out var node) && node != c.Node)
            .ToLookup(c => c.Node is null, c => new ClassPlacement(c.ModuleId, answer[c.ModuleId], c.From, c.To, c.Expected));
        // Two copies that come to different answers must not both be right: the second one to write begins again.
        return Decision.Nothing.AndInsert([.. moved[true]]).AndStore([.. moved[false]]);
    }
}
