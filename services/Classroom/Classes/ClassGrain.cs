using Orleans;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Stages.Classrooms.Live;

namespace Stages.Classrooms.Classes;

/// <summary>
/// The door of a class: who waits, is in, was sent out. Decided on what is held here, written to the log before it is answered. Every
/// append looks at the log once more under its lock (<see cref="Journal"/>): should another copy hold the class for a moment too, as may be
/// while one dies, the log is right and the later of the two has read it.
/// </summary>
[PreferLocalPlacement]
public sealed partial class ClassGrain(
    IDocumentStore store,
    NpgsqlDataSource database,
    Journal journal,
    DeliveryClient delivery,
    ISiloStatusOracle silos,
    HeldHere here,
    IOptions<ClassroomOptions> options,
    TimeProvider clock,
    ILogger<ClassGrain> logger
) : Grain, IClassGrain
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(2);

    /// <summary>Revisions count on from the clock, which is faster than any class changes.</summary>
    private const long Each = 1000;

    private const long Many = 1000 * Each;

    /// <summary>Begins what is answered where a fact could not be written.</summary>
    public const string LogIsAway = "The log does not take it now";

    private static readonly Actor Time = new(Guid.Empty, "");

    private Timetabled timetable = Timetabled.No;
    private ClassSession? session;
    private long version;
    private IGrainTimer? watching;

    private Guid Module => this.GetPrimaryKey();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!carried)
        {
            await Read(cancellationToken);
            await ReadDesk(cancellationToken);
            await Recall(cancellationToken);
            // Later than whatever another copy has said of this class since it last wrote the row.
            sessionRevision = deskRevision = revision = Math.Max(revision + Many, clock.GetUtcNow().ToUnixTimeMilliseconds() * Each);
        }
        holder = ++revision;
        here.Add(Module);
        Watched();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        here.Remove(Module);
        await Task.WhenAny(Task.WhenAll(telling.Values), Patience());
        await KeepQuietly();
    }

    /// <summary>For a copy that does not listen: its people find the class again anyway.</summary>
    private async Task Patience()
    {
        using var timer = new PeriodicTimer(Moment, clock);
        await timer.WaitForNextTickAsync();
    }

    public Task<Answered> Note(Actor by, FactAsk ask, long? ifMatch) =>
        Logged(() =>
            ask switch
            {
                DoorAsk door => AtDoor(by, door, ifMatch),
                DeskFactAsk desk => OnDesk(by, desk),
                _ => throw new NotSupportedException(ask.GetType().Name),
            }
        );

    public async Task<Arrived> Arrive(Guid participant, Guid connection, Guid copy)
    {
        var outcome = await Logged(() =>
            Decide(
                new Actor(participant, ""),
                (s, at) => Door.Arrive(s, participant, connection, copy, at.Pupils, at.Now),
                aboutRecording: false,
                null
            )
        );
        return outcome.Refused
            ? new Arrived(outcome.Refusal, null, [], [])
            : new Arrived(null, State, [.. chat], [.. board.Values], holder);
    }

    public Task<ClassState> Held() => Task.FromResult(State);

    public async Task Look()
    {
        var before = session;
        await Read(CancellationToken.None);
        sessionRevision++;
        Tell(new TimetableTold(), before);
        TellState(before);
        Watched();
    }

    public Task Move(SiloAddress to)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, to);
        MigrateOnIdle();
        return Task.CompletedTask;
    }

    private Task<Answered> AtDoor(Actor by, DoorAsk ask, long? ifMatch) => Decide(by, ask.Decide, ask.AboutRecording, ifMatch);

    private async Task<Answered> Decide(Actor by, Func<ClassSession?, Asking, Decision<object>> rule, bool aboutRecording, long? ifMatch)
    {
        var now = clock.GetUtcNow();
        // What rights they have is for the log to say.
        Actor Known(ClassSession? s) => by with { Leads = s?.SeatOf(by.ParticipantId)?.Leads == true };
        var at = new Asking(Module, Known(session), timetable.Pupils, aboutRecording && await MayRecord(), now, session);
        // What is refused or changes nothing by what is held here asks nothing of the database.
        var first = rule(session, at);
        if (ifMatch is null && session is not null && first.Refusal is null && first.What.ChangesNothing)
            return new Answered(Version: version, Value: first.Result);
        var (before, seen, decided) = (session, session, first);
        var outcome = await journal.Decide<ClassSession, object>(
            Module,
            (_, s) =>
            {
                seen = s;
                decided = rule(s, at with { Session = s, By = Known(s) });
                return ValueTask.FromResult(decided);
            },
            ifMatch is null ? null : new IfMatch(ifMatch)
        );
        if (outcome.Refusal is not null)
            return new Answered(outcome.Refusal, outcome.Version);
        var changed = decided.Events.Count > 0 || outcome.Version != version;
        session = seen.After(decided.Events);
        version = outcome.Version;
        if (changed)
        {
            sessionRevision++;
            TellState(before);
            Watched();
            if (GroupRules.Latecomers(desk, session) is { Count: > 0 } late)
                OnTheDesk(late);
        }
        return new Answered(Version: version, Value: outcome.Result);
    }

    /// <summary>The database's own exceptions are not said from copy to copy: whoever asks may ask again in a moment.</summary>
    private static async Task<Answered> Logged(Func<Task<Answered>> work)
    {
        string why;
        try
        {
            return await work();
        }
        catch (Exception e) when (Problems.IsUnavailable(e) || Journal.IsRace(e))
        {
            why = e.GetType().Name;
        }
        throw new TimeoutException($"{LogIsAway}: {why}.");
    }

    /// <summary>Time alone decides too: the hour ends, and children are not left alone.</summary>
    private async Task Watch(CancellationToken cancel)
    {
        Decision<object> Rule(ClassSession? s, Asking at) => Door.Watch(s, timetable.ClosesAt, options.Value.WithoutAdult, at.Now);
        try
        {
            if (Door.Watch(session, timetable.ClosesAt, options.Value.WithoutAdult, clock.GetUtcNow()).Events.Count == 0)
                await Rehearse();
            else
                await Decide(Time, Rule, aboutRecording: false, null);
        }
        catch (Exception e) when (Problems.IsUnavailable(e))
        {
            logger.LogDebug(e, "Class {Module} is looked at again in a moment", Module);
        }
    }

    /// <summary>As long as somebody is there, the class is held and looked at; an empty one may be put away.</summary>
    private void Watched()
    {
        var somebody = session?.Seats.Any(s => s.Current is { } current && current.CopyId != Guid.Empty) == true;
        if (somebody && watching is null)
            watching = this.RegisterGrainTimer(Watch, new GrainTimerCreationOptions(WatchEvery, WatchEvery) { KeepAlive = true });
        else if (!somebody)
        {
            watching?.Dispose();
            watching = null;
        }
    }

    private async Task Read(CancellationToken cancel)
    {
        await using var query = store.QuerySession();
        timetable = await Timetabled.Read(query, Module, cancel);
        session = await query.LoadAsync<ClassSession>(Module, cancel);
        version = session is null ? 0 : (await query.Events.FetchStreamStateAsync(Module, cancel))?.Version ?? 0;
    }

    private async Task<bool> MayRecord()
    {
        if (session is null)
            return false;
        await using var query = store.QuerySession();
        return (await RecordingRule.Of(query, session.CampaignId, CancellationToken.None)).Allowed;
    }

    private void TellState(ClassSession? before)
    {
        revision++;
        Tell(new StateTold(State), before);
        var letIn = (session?.Seats ?? []).Where(seat => HasComeIn(seat, before)).ToLookup(s => s.Current!.CopyId, s => s.ParticipantId);
        foreach (var copy in letIn)
            if (AddressOf(copy.Key) is { } address)
                TellTo(address, new LetInTold([.. copy], [.. chat], [.. board.Values]));
    }

    /// <summary>Let in, or back in, through the connection with which they waited.</summary>
    private bool HasComeIn(Seat seat, ClassSession? before) =>
        seat.Current is { } current
        && session!.IsInside(seat)
        && before?.SeatOf(seat.ParticipantId) is { } was
        && was.Current?.ConnectionId == current.ConnectionId
        && !before.IsInside(was);

    private ClassState State => new(revision, sessionRevision, deskRevision, session, desk, new(flags));

    /// <summary>To the copies that have people of the class, or had some until now. Nobody waits for them.</summary>
    private void Tell(ClassNews news, ClassSession? before = null)
    {
        foreach (var copy in (session?.Copies ?? []).Concat(before?.Copies ?? []).Distinct())
            if (AddressOf(copy) is { } address)
                TellTo(address, news);
    }

    private SiloAddress? AddressOf(Guid copy)
    {
        if (!copies.TryGetValue(copy, out var address))
        {
            foreach (var silo in silos.GetApproximateSiloStatuses(onlyActive: true).Keys)
                copies[Copies.ThisCopy.IdOf(silo)] = silo;
            address = copies.GetValueOrDefault(copy);
        }
        return address is null || silos.IsDeadSilo(address) ? null : address;
    }

    private readonly Dictionary<Guid, SiloAddress> copies = [];
}

/// <summary>What a class has to know of the timetable; whose names it is about is for the copies to read.</summary>
/// <param name="ClosesAt">When nobody may be in it any more.</param>
/// <param name="Mocks">In a rehearsal its pupils, who do not exist.</param>
public sealed record Timetabled(int Pupils, DateTimeOffset ClosesAt, Guid[]? Mocks = null)
{
    public static readonly Timetabled No = new(0, DateTimeOffset.MinValue);

    public static async Task<Timetabled> Read(IQuerySession query, Guid module, CancellationToken cancel)
    {
        var (room, held, _) = await ClassRooms.Find(query, module, cancel);
        if (room is null || held is null)
            return No;
        var rule = await ClosingRule.Of(query, room.CampaignId, cancel);
        var mocks = room.IsRehearsal ? room.Stage.Pupils.Select(p => p.EnrolmentId).ToArray() : null;
        return new Timetabled(room.Stage.Pupils.Length, held.EndsAt + rule.Grace, mocks);
    }
}
