using Stages.Classrooms.Classes;
using Stages.Classrooms.Copies;

namespace Stages.Classrooms.Attendance;

/// <summary>Who has not come, and what was measured: decided from the door's record when the time for it is there.</summary>
public static class WatchClass
{
    /// <summary>A teacher who is not there this long after the start raises an alarm.</summary>
    public static readonly TimeSpan TeacherPatience = TimeSpan.FromMinutes(5);

    /// <summary>A pupil who has not come this long after the start is missing: their family is told.</summary>
    public static readonly TimeSpan PupilPatience = TimeSpan.FromMinutes(15);

    /// <summary>Time for the last departures to be written before presence is measured.</summary>
    public static readonly TimeSpan MeasureAfter = TimeSpan.FromMinutes(2);

    /// <summary>How much later than that the look may come before it counts as missed: a job that waits behind others.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether anything can be decided of this class at this moment. For most of two hours nothing can: thousands of classes that run are
    /// then not read at all.
    /// </summary>
    public static bool IsDue(DateTimeOffset startsAt, DateTimeOffset endsAt, DateTimeOffset upSince, DateTimeOffset now)
    {
        if (now >= endsAt)
            return now >= endsAt + MeasureAfter;
        var reachable = now - (upSince > startsAt ? upSince : startsAt);
        return reachable >= TeacherPatience && reachable < PupilPatience + Slack;
    }

    /// <param name="upSince">When the service came back from its last outage: while nobody could come, nobody was missing.</param>
    public static Decision Decide(ClassSession? session, Room room, RoomModule module, DateTimeOffset upSince, DateTimeOffset now)
    {
        if (session?.Closed == true || now < module.StartsAt)
            return Decision.Nothing;
        var reachable = now - (upSince > module.StartsAt ? upSince : module.StartsAt);
        var events = new List<object>();
        if (now < module.EndsAt)
        {
            if (
                reachable >= TeacherPatience
                && session?.TeacherMissed != true
                && !Came(session, s => s.Role == ParticipantRole.Teacher, module)
            )
                events.Add(new TeacherFoundMissing(now));
            if (reachable >= PupilPatience)
            {
                events.AddRange(
                    room.Stage.Pupils.Where(p =>
                            session?.MissingPupils.Contains(p.EnrolmentId) != true
                            && !Came(session, s => s.EnrolmentId == p.EnrolmentId, module)
                        )
                        .Select(p => new PupilFoundMissing(p.EnrolmentId, now))
                );
            }
        }
        else if (now >= module.EndsAt + MeasureAfter)
        {
            events.AddRange(
                room.Stage.Pupils.Select(p => new AttendanceMeasured(
                    p.EnrolmentId,
                    PresenceTime.MinutesOf(session, p.EnrolmentId, module.StartsAt, module.EndsAt),
                    now
                ))
            );
            events.Add(new ClassClosed(now));
        }
        if (events.Count == 0)
            return Decision.Nothing;
        if (session is null)
            events.Insert(0, new ClassOpened(module.ModuleId, room.Id, room.CampaignId));
        return Decision.Of(events);
    }

    /// <summary>Was there since the start, or is there now. Who came early and left before the start has not come.</summary>
    private static bool Came(ClassSession? session, Func<Seat, bool> who, RoomModule module) =>
        session?.Seats.Any(s => who(s) && Array.Exists(s.Presences, p => p.To is null || p.To > module.StartsAt)) == true;
}

/// <summary>Looks every quarter of a minute at the classes that run or have just ended.</summary>
public sealed class WatchClasses(IDocumentStore store, AskClass classes, TimeProvider clock)
{
    /// <summary>Whoever was measured is not looked at again; a copy that starts finds out once.</summary>
    private readonly HashSet<Guid> closed = [];

    private DateTimeOffset lookedFar;

    /// <summary>What ended longer ago is looked for from time to time: it was missed, if anything.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(30),
        FarEvery = TimeSpan.FromMinutes(10);

    /// <summary>Classes that are read together.</summary>
    private const int AtOnce = 500;

    public const string Every = "*/15 * * * * *";

    /// <summary>A module whose end lies further back was seen to, or its service was down for a day.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromHours(26);

    public async Task Run(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var query = store.QuerySession();
        var upSince = (await query.LoadAsync<ServiceLife>(ServiceLife.Only, cancel))?.UpSince ?? now;
        var far = now - lookedFar >= FarEvery;
        var (from, ended) = (now - LookBack, now - (far ? LookBack : Near));
        var known = await Due(query, (from, ended), upSince, now).ToListAsync(cancel);
        if (far)
        {
            closed.IntersectWith(known.Select(m => m.Id));
            lookedFar = now;
        }
        foreach (var some in known.Where(m => !closed.Contains(m.Id) && WatchClass.IsDue(m.StartsAt, m.EndsAt, upSince, now)).Chunk(AtOnce))
            await Look(query, some, upSince, now, cancel);
    }

    /// <summary>What <see cref="WatchClass.IsDue"/> says, for the database: classes in the midst of their hour are not read.</summary>
    public static IQueryable<ClassModule> Due(
        IQuerySession query,
        (DateTimeOffset Started, DateTimeOffset Ended) after,
        DateTimeOffset upSince,
        DateTimeOffset now
    )
    {
        var (latest, earliest, measured) = (
            now - WatchClass.TeacherPatience,
            now - WatchClass.PupilPatience - WatchClass.Slack,
            now - WatchClass.MeasureAfter
        );
        var (started, ended) = after;
        // Those that ran when the service came back are looked at as if they began then.
        if (upSince <= latest && upSince > earliest)
            earliest = started;
        return query
            .Query<ClassModule>()
            .Where(m => !m.Cancelled && m.StartsAt <= now && m.StartsAt > started)
            .Where(m => (m.StartsAt <= latest && m.StartsAt > earliest && m.EndsAt > now) || (m.EndsAt <= measured && m.EndsAt > ended));
    }

    private async Task Look(
        IQuerySession query,
        ClassModule[] modules,
        DateTimeOffset upSince,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var sessions = (await query.LoadManyAsync<ClassSession>(cancel, modules.Select(m => m.Id).ToArray())).ToDictionary(s => s.Id);
        closed.UnionWith(sessions.Values.Where(s => s.Closed).Select(s => s.Id));
        ClassModule[] open = [.. modules.Where(m => !m.IsRehearsal && (!sessions.TryGetValue(m.Id, out var s) || !s.Closed))];
        var rooms = (await query.LoadManyAsync<Room>(cancel, [.. open.Select(m => m.StageId).Distinct()])).ToDictionary(r => r.Id);
        foreach (var module in open)
        {
            var room = rooms[module.StageId];
            if (room.Module(module.Id) is not { } held)
                continue;
            // Decided here on what was read, so that the thousands of classes where all is well cost no transaction.
            if (WatchClass.Decide(sessions.GetValueOrDefault(module.Id), room, held, upSince, now).Events.Count == 0)
                continue;
            await classes.Note(module.Id, new Measure(room, held, upSince), cancel: cancel);
        }
    }
}
