using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace Stages.Classrooms.Live;

/// <summary>
/// A running class as this copy of the service sees it. Everything that counts is in the database; here are the connections of
/// this copy and what was last read. Lost with the process, made again by the browsers that come back.
/// </summary>
public sealed class LiveClass(ModuleInfo opened, IDocumentStore store, MediaNodes nodes, Placements placements, ILogger logger)
{
    private ModuleInfo info = opened;
    private readonly SemaphoreSlim gate = new(1);
    private readonly ConcurrentDictionary<Guid, MediaFlags> flags = [];
    private int revision;

    private DateTimeOffset? emptySince;

    public ModuleInfo Info => info;

    public TimeSpan EmptyFor(DateTimeOffset now)
    {
        emptySince = Here.IsEmpty ? emptySince ?? now : null;
        return emptySince is { } since ? now - since : TimeSpan.Zero;
    }

    public ConcurrentDictionary<Guid, LiveParticipant> Here { get; } = [];

    public ClassSession? Session { get; private set; }

    public Desk? Desk { get; private set; }

    /// <summary>When nobody may be in it any more.</summary>
    public DateTimeOffset ClosesAt => info.IsHeld ? info.EndsAt + EnterClass.Goodbye : DateTimeOffset.MinValue;

    /// <summary>The timetable changed while the class runs: its hours, its group, or that it is held at all.</summary>
    public async Task ReadTimetable()
    {
        await using (var query = store.QuerySession())
            info = await ModuleInfo.Read(query, info.ModuleId, CancellationToken.None) ?? info with { IsHeld = false };
        await Task.WhenAll(Here.Values.Select(p => p.Client.SendAsync("hours", Hours)));
        await ReadSession();
    }

    private object Hours =>
        new
        {
            info.StartsAt,
            info.EndsAt,
            ClosesAt,
            info.NextAt,
            info.TimeZone,
            info.TeacherFirstName,
        };

    /// <summary>Reads who is there, tells it to all of this copy, and seats or unseats accordingly.</summary>
    public async Task ReadSession()
    {
        await gate.WaitAsync();
        try
        {
            await using var query = store.QuerySession();
            Session = await query.LoadAsync<ClassSession>(info.ModuleId);
            revision++;
            foreach (var one in Here.Values)
                await Settle(one);
            await Task.WhenAll(Here.Values.Select(p => p.Client.SendAsync("roster", RosterFor(p))));
            await Task.WhenAll(Here.Values.Select(p => p.Media?.Refresh() ?? Task.CompletedTask));
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task ReadDesk()
    {
        await gate.WaitAsync();
        try
        {
            await using var query = store.QuerySession();
            var before = Desk;
            Desk = await query.LoadAsync<Desk>(Desk.IdOf(info.ModuleId));
            revision++;
            await Task.WhenAll(Here.Values.Where(IsIn).Select(p => p.Client.SendAsync("desk", DeskFor(p))));
            // Groups decide who hears whom.
            await Task.WhenAll(Here.Values.Select(p => p.Media?.Refresh() ?? Task.CompletedTask));
            if (before?.Permissions != Desk?.Permissions || before?.Floor != Desk?.Floor)
                foreach (var one in Here.Values)
                    await Enforce(one);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Everything, for who has just come.</summary>
    public async Task<object> Welcome(LiveParticipant who, object[] ice, DateTimeOffset now, CancellationToken cancel)
    {
        await using var query = store.QuerySession();
        Desk ??= await query.LoadAsync<Desk>(Desks.Desk.IdOf(info.ModuleId), cancel);
        var content = IsIn(who) ? await query.Events.FetchStreamAsync(Desks.Desk.ContentIdOf(info.ModuleId), token: cancel) : [];
        return new
        {
            you = who.ParticipantId,
            role = who.Actor.Role,
            name = NameOf(who.ParticipantId),
            ice,
            now,
            info = new
            {
                info.ModuleId,
                info.StageId,
                info.Subject,
                info.SubjectEn,
                info.Levels,
            },
            hours = Hours,
            roster = RosterFor(who),
            desk = DeskFor(who),
            chat = content.Select(e => e.Data).OfType<ChatSaid>().Where(c => Reads(who, c)).Select(ChatView).ToArray(),
            strokes = Strokes(content.Select(e => e.Data)),
        };
    }

    public async Task SetFlags(Guid participantId, MediaFlags now)
    {
        flags[participantId] = now;
        await Task.WhenAll(Here.Values.Where(IsIn).Select(p => p.Client.SendAsync("flags", new { participantId, flags = now })));
    }

    public MediaFlags FlagsOf(Guid participantId) => flags.GetValueOrDefault(participantId) ?? new MediaFlags();

    public Task ShowChat(ChatSaid line) =>
        Task.WhenAll(Here.Values.Where(p => IsIn(p) && Reads(p, line)).Select(p => p.Client.SendAsync("chat", ChatView(line))));

    public Task Show(string kind, object content, Guid? except = null) =>
        Task.WhenAll(Here.Values.Where(p => IsIn(p) && p.ParticipantId != except).Select(p => p.Client.SendAsync(kind, content)));

    public bool IsIn(LiveParticipant p) => Session is { } s && s.SeatOf(p.ParticipantId) is { } seat && s.IsInside(seat);

    /// <summary>What the teacher has taken away is dropped at the media server, whatever the browser goes on sending.</summary>
    public async Task Enforce(LiveParticipant p)
    {
        if (p.Media is not { } media || p.Actor.Role != ParticipantRole.Pupil)
            return;
        var permissions = Desk?.PermissionsOf(p.ParticipantId) ?? Desks.Desk.AllPermitted;
        await Silence(media, p.Feed, "audio", !permissions.Microphone);
        await Silence(media, p.Feed, "video", !permissions.Camera);
    }

    public async Task Silence(MediaSeat media, Feed feed, string kind, bool silent)
    {
        try
        {
            await MediaSeat.Silence(
                media.Janus,
                nodes.Settings(media.Janus.Node),
                info.ModuleId,
                feed,
                kind,
                silent,
                CancellationToken.None
            );
        }
        catch (Exception e) when (e is MediaFault or TimeoutException)
        {
            // Publishes nothing yet, or the server has just gone: what is sent later is silenced when it begins.
            logger.LogDebug("{Feed} was not silenced: {Reason}", feed, e.Message);
        }
    }

    /// <summary>The class is held elsewhere now.</summary>
    public async Task FollowPlacement(CancellationToken cancel)
    {
        if (Here.Values.All(p => p.Media is null))
            return;
        var node = await placements.NodeOf(info.ModuleId, cancel);
        foreach (var p in Here.Values.Where(p => p.Media is { } m && node is not null && m.Janus.Node != node))
            p.RestartMedia();
    }

    public object ChatView(ChatSaid c) =>
        new
        {
            c.Id,
            c.From,
            name = NameOf(c.From),
            c.To,
            c.Group,
            c.Text,
            c.At,
        };

    private async Task Settle(LiveParticipant p)
    {
        var seat = Session?.SeatOf(p.ParticipantId);
        if (seat is null or { Removed: true })
        {
            await p.End();
            await p.Client.SendAsync("removed");
            p.Abort();
        }
        else if (
            seat.Current is { } current
            && current.ConnectionId != p.ConnectionId
            && current.ConnectionId.CompareTo(p.ConnectionId) > 0
        )
        {
            // The same person came in from another tab or device. Connection ids grow with time.
            await p.End();
            await p.Client.SendAsync("superseded");
            p.Abort();
        }
        else if (seat.Current is null && Session?.EndedAt is not null)
        {
            await p.End();
            await p.Client.SendAsync("ended");
            p.Abort();
        }
        else if (!IsIn(p))
            await p.StopMedia();
        else if (nodes.All.Count > 0)
            p.StartMedia(nodes, placements, feed => Hears(p, feed), Seated, logger);
    }

    /// <summary>Silenced before anything of theirs is heard.</summary>
    private Task Seated(LiveParticipant p) =>
        Desk?.Permissions is { Microphone: true, Camera: true } or null ? Task.CompletedTask : Enforce(p);

    private bool Hears(LiveParticipant listener, Feed feed) =>
        Session?.SeatOf(feed.ParticipantId) is { Current: { } current } seat
        && Session.IsInside(seat)
        && current.ConnectionId == feed.ConnectionId
        && DeskRules.Hears(Desk, listener.Actor, new Actor(seat.ParticipantId, seat.Role));

    private bool Reads(LiveParticipant p, ChatSaid c) =>
        c.From == p.ParticipantId
        || p.Actor.Role == ParticipantRole.Teacher
        || (c.To == "all" && (c.Group is null || p.Actor.Role != ParticipantRole.Pupil || Desk?.GroupOf(p.ParticipantId) == c.Group));

    private string NameOf(Guid participantId) =>
        info.Names.TryGetValue(participantId, out var name) ? name
        : Session?.SeatOf(participantId)?.Role == ParticipantRole.Coordinator ? "Coordination"
        : "";

    private object RosterFor(LiveParticipant p)
    {
        var inside = IsIn(p);
        var seats = (Session?.Seats ?? []).Where(s => !s.Removed && s.Current is not null);
        // Who waits sees whether the teacher is there, and nobody else.
        if (!inside)
            seats = seats.Where(s => s.Role == ParticipantRole.Teacher || s.ParticipantId == p.ParticipantId);
        return new
        {
            revision,
            begun = Session?.Begun ?? false,
            locked = Session?.Locked ?? false,
            admitted = inside,
            paused = Session?.Paused ?? false,
            ended = Session?.EndedAt is not null,
            people = seats
                .Select(s => new
                {
                    id = s.ParticipantId,
                    name = NameOf(s.ParticipantId),
                    s.Role,
                    admitted = Session!.IsInside(s),
                    flags = FlagsOf(s.ParticipantId),
                })
                .ToArray(),
            // Null where the campaign does not allow it: nothing on the page then speaks of it. Who agreed is the teacher's to
            // know, and each one's own.
            recording = info.RecordingDays is null || Session is null
                ? null
                : (object)
                    new
                    {
                        id = Session.Recording,
                        days = info.RecordingDays,
                        asked = Session.RecordingAsked,
                        mine = Session.SeatOf(p.ParticipantId)?.AgreesToRecording,
                        all = Session.MayBeRecorded,
                        answers = p.Actor.Role != ParticipantRole.Teacher
                            ? null
                            : Session
                                .Seats.Where(s => s.AgreesToRecording is not null)
                                .ToDictionary(s => s.ParticipantId, s => s.AgreesToRecording!.Value),
                    },
            // Whom the teacher still expects.
            missing = p.Actor.Role == ParticipantRole.Pupil
                ? []
                : info
                    .Names.Where(n => n.Key != info.TeacherParticipant && Session?.SeatOf(n.Key)?.Current is null)
                    .Select(n => new
                    {
                        id = n.Key,
                        name = n.Value,
                        removed = Session?.SeatOf(n.Key)?.Removed ?? false,
                    })
                    .ToArray(),
        };
    }

    private object DeskFor(LiveParticipant p)
    {
        var desk = Desk;
        var isPupil = p.Actor.Role == ParticipantRole.Pupil;
        return new
        {
            revision,
            permissions = (isPupil ? desk?.PermissionsOf(p.ParticipantId) : desk?.Permissions) ?? Desks.Desk.AllPermitted,
            floor = desk?.Floor,
            hands = desk?.Hands ?? [],
            timerEndsAt = desk?.TimerEndsAt,
            documents = isPupil ? [] : desk?.Documents ?? [],
            shown = desk?.Shown is { } page && desk.Document(page.DocumentId) is { } laid
                ? (object)
                    new
                    {
                        laid.Id,
                        laid.Name,
                        laid.Pages,
                        page.Page,
                    }
                : null,
            view = desk?.View ?? ClassView.Faces,
            eyesCalled = desk?.EyesCalled ?? 0,
            groups = desk?.Groups ?? [],
            visiting = desk?.Visiting,
            myGroup = desk?.GroupOf(p.ParticipantId),
            // Pupils see the result when the poll is closed, and never who voted what.
            poll = desk?.Poll is not { } poll
                ? null
                : (object)
                    new
                    {
                        poll.Id,
                        poll.Question,
                        poll.Options,
                        poll.Closed,
                        mine = poll.Votes.TryGetValue(p.ParticipantId, out var mine) ? mine : (int?)null,
                        answers = poll.Votes.Count,
                        counts = isPupil && !poll.Closed
                            ? null
                            : poll.Options.Select((_, i) => poll.Votes.Values.Count(v => v == i)).ToArray(),
                    },
        };
    }

    private static object[] Strokes(IEnumerable<object> content)
    {
        var board = new List<StrokeDrawn>();
        foreach (var e in content)
        {
            if (e is BoardCleared)
                board.Clear();
            else if (e is StrokeDrawn stroke)
                board.Add(stroke);
            else if (e is StrokeErased erased)
                board.RemoveAll(s => s.Id == erased.Id);
        }
        return [.. board];
    }
}

/// <summary>What the timetable says of a class.</summary>
/// <param name="NextAt">When the stage's next module begins; null: this is its last.</param>
/// <param name="IsHeld">False once it was cancelled, or moved away, while it ran.</param>
/// <param name="RecordingDays">How long a recording is kept; null where the campaign allows none.</param>
public sealed record ModuleInfo(
    Guid ModuleId,
    Guid StageId,
    string Subject,
    string SubjectEn,
    string[] Levels,
    string TimeZone,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    DateTimeOffset? NextAt,
    string TeacherFirstName,
    Guid? TeacherParticipant,
    int Pupils,
    IReadOnlyDictionary<Guid, string> Names,
    int? RecordingDays,
    bool IsHeld = true
)
{
    /// <summary>Null: it is not held.</summary>
    public static async Task<ModuleInfo?> Read(IQuerySession query, Guid moduleId, CancellationToken cancel)
    {
        var (room, module, _) = await ClassRooms.Find(query, moduleId, cancel);
        if (room is null || module is null)
            return null;
        var families = PupilFamily.NamesOf(
            await query.LoadManyAsync<PupilFamily>(cancel, room.Stage.Pupils.Select(p => p.EnrolmentId).ToArray())
        );
        var campaign = await query.LoadAsync<Campaigns.KnownCampaign>(room.CampaignId, cancel);
        var subject = campaign?.Subjects.FirstOrDefault(s => s.Code == room.Stage.Subject);
        var names = room.Stage.Pupils.ToDictionary(
            p => ClassSession.ParticipantIdOf(moduleId, p.EnrolmentId),
            p => families.GetValueOrDefault(p.EnrolmentId) ?? ""
        );
        Guid? teacher = room.Stage.TeacherId is { } id ? ClassSession.ParticipantIdOf(moduleId, id) : null;
        if (teacher is { } t)
            names[t] = room.Stage.TeacherFirstName;
        var rule = await RecordingRule.Of(query, room.CampaignId, cancel);
        return new ModuleInfo(
            moduleId,
            room.Id,
            subject?.Name ?? room.Stage.Subject,
            subject?.NameEn ?? subject?.Name ?? room.Stage.Subject,
            room.Stage.Levels,
            room.Stage.TimeZone,
            module.StartsAt,
            module.EndsAt,
            room.Stage.Modules.Where(m => m.StartsAt > module.StartsAt).Select(m => (DateTimeOffset?)m.StartsAt).Min(),
            room.Stage.TeacherFirstName,
            teacher,
            room.Stage.Pupils.Length,
            names,
            rule.Allowed ? rule.KeptDays : null
        );
    }
}
