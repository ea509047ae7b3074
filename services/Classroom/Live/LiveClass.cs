using System.Collections.Concurrent;
using Stages.Classrooms.Classes;

namespace Stages.Classrooms.Live;

/// <summary>
/// A running class as this copy of the service sees it: the connections of this copy, and what the class (<see cref="ClassGrain"/>) said
/// last. Nothing is decided here. Lost with the process, made again by the browsers that come back.
/// </summary>
public sealed class LiveClass(
    ModuleInfo opened,
    IDocumentStore store,
    MediaNodes nodes,
    Placements placements,
    AskClass classes,
    ILogger logger
)
{
    private ModuleInfo info = opened;
    private readonly Lock taking = new();
    private readonly SemaphoreSlim seating = new(1);
    private readonly ConcurrentDictionary<Guid, MediaFlags> flags = [];
    private readonly LastNews last = new();
    private ClassState? state;
    private long holder;
    private int seatingAsked;
    private (Permissions All, Guid? Floor) enforced = (Desks.Desk.AllPermitted, null);

    private DateTimeOffset? emptySince;

    public ModuleInfo Info => info;

    public TimeSpan EmptyFor(DateTimeOffset now)
    {
        emptySince = Here.IsEmpty ? emptySince ?? now : null;
        return emptySince is { } since ? now - since : TimeSpan.Zero;
    }

    public ConcurrentDictionary<Guid, LiveParticipant> Here { get; } = [];

    public ClassSession? Session => state?.Session;

    public Desk? Desk => state?.Desk;

    /// <summary>When nobody may be in it any more.</summary>
    public DateTimeOffset ClosesAt => info.IsHeld ? info.EndsAt + info.Grace : DateTimeOffset.MinValue;

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

    /// <summary>Whether nobody has taken the class over from that one.</summary>
    public bool Believes(long who)
    {
        lock (taking)
        {
            if (who < holder)
                return false;
            holder = who;
            return true;
        }
    }

    /// <summary>
    /// What the class says, in its order; of what was written through this copy it is known as soon as it is taken, should the copy that
    /// holds the class die before it has said so. Nobody's slow connection holds up the others.
    /// </summary>
    /// <param name="own">What somebody connected here was answered.</param>
    public void Take(ClassNews news, bool own = false)
    {
        if (!last.Add(news, own))
            return;
        switch (news)
        {
            case StateTold told:
                Take(told.State);
                break;
            case LetInTold told:
                foreach (var p in Here.Values.Where(p => told.Participants.Contains(p.ParticipantId) && IsIn(p)))
                    p.Send("inside", Inside(p, told.Chat, told.Strokes));
                break;
            case TimetableTold:
                _ = Quietly(ReadTimetable);
                break;
            case ChatTold told:
                ToAll("chat", ChatView(told.Line), p => Reads(p, told.Line));
                break;
            case FlagsTold told:
                flags[told.ParticipantId] = told.Flags;
                if (Here.TryGetValue(told.ParticipantId, out var their) && their.Unmute(told.Flags))
                    _ = Quietly(() => Enforce(their));
                ToAll("flags", new { participantId = told.ParticipantId, flags = told.Flags });
                break;
            case Shown shown:
                if (shown is { Kind: "mute", Only: { } muted } && Here.TryGetValue(muted, out var whom))
                {
                    whom.Mute(shown.Content.GetProperty("kind").GetString() == "audio");
                    _ = Quietly(() => Enforce(whom));
                }
                ToAll(
                    shown.Kind,
                    shown.Content,
                    p =>
                        p.ParticipantId != shown.Except
                        && (shown.Only is null || p.ParticipantId == shown.Only)
                        && (shown.Sheet is null || BoardRules.Sees(Desk, p.Actor, shown.Sheet))
                );
                break;
            case PlacedTold placed:
                foreach (var p in Here.Values.Where(p => p.Media is { } m && m.Janus.Node != placed.Node))
                    p.RestartMedia();
                break;
        }
    }

    /// <summary>Who is there, and what is on the desk: told to all of this copy, who are seated or unseated accordingly.</summary>
    public void Take(ClassState now)
    {
        lock (taking)
        {
            var before = state;
            if (now.Revision <= before?.Revision)
                return;
            state = now;
            foreach (var (who, what) in now.Flags)
                flags[who] = what;
            if (before?.SessionRevision != now.SessionRevision)
            {
                foreach (var one in Here.Values)
                    Dismiss(one);
                foreach (var one in Here.Values.Where(p => p.Welcomed))
                    one.Send("roster", RosterFor(one));
            }
            if (before?.DeskRevision != now.DeskRevision)
                foreach (var one in Here.Values.Where(p => p.Welcomed && IsIn(p)))
                    one.Send("desk", DeskFor(one));
        }
        Seat();
    }

    /// <summary>Somebody comes to this copy.</summary>
    public void Enter(LiveParticipant who)
    {
        if (Here.IsEmpty)
            last.Begin();
        Here[who.ParticipantId] = who;
    }

    /// <summary>A media server is gone: whoever was there begins again, elsewhere.</summary>
    public void Leave(string server)
    {
        foreach (var p in Here.Values.Where(p => p.Media?.Janus.Node == server))
            p.RestartMedia();
    }

    /// <summary>For who holds the class when the copy that did has died.</summary>
    public LastSeen? Seen => state is { } now ? last.Of(now.Desk, now.DeskRevision) : null;

    /// <summary>What a copy that held the class has taken with it of ours.</summary>
    public async Task TellAgain()
    {
        Take(await classes.Held(info.ModuleId));
        // A change of the hours may have come while nobody held it.
        await ReadTimetable();
        foreach (var p in Here.Values.Where(IsIn))
            if (flags.TryGetValue(p.ParticipantId, out var f))
                await classes.Show(info.ModuleId, p.Actor, new SetFlags(f.Microphone, f.Camera, f.Sharing));
    }

    private async Task ReadTimetable()
    {
        await using (var query = store.QuerySession())
            info = await ModuleInfo.Read(query, info.ModuleId, CancellationToken.None) ?? info with { IsHeld = false };
        foreach (var p in Here.Values.Where(p => p.Welcomed))
        {
            p.Send("hours", Hours);
            p.Send("roster", RosterFor(p));
        }
    }

    private void ToAll(string kind, object content, Func<LiveParticipant, bool>? whom = null)
    {
        foreach (var p in Here.Values.Where(p => IsIn(p) && whom?.Invoke(p) != false))
            p.Send(kind, content);
    }

    /// <summary>Seats at the media server follow what is known last; what comes meanwhile is seen to by one more round.</summary>
    public void Seat()
    {
        if (Interlocked.Increment(ref seatingAsked) == 1)
            _ = Quietly(Seats);
    }

    private async Task Seats()
    {
        await seating.WaitAsync();
        try
        {
            int asked;
            do
            {
                asked = Volatile.Read(ref seatingAsked);
                foreach (var one in Here.Values)
                    await Settle(one);
                // Groups decide who hears whom.
                await Task.WhenAll(Here.Values.Select(p => p.Media?.Refresh() ?? Task.CompletedTask));
                var now = (Desk?.Permissions ?? Desks.Desk.AllPermitted, Desk?.Floor);
                if (now != enforced)
                    foreach (var one in Here.Values)
                        await Enforce(one);
                enforced = now;
            } while (Interlocked.CompareExchange(ref seatingAsked, 0, asked) != asked);
        }
        finally
        {
            seating.Release();
        }
    }

    private async Task Quietly(Func<Task> work)
    {
        try
        {
            await Task.Run(work);
        }
        catch (Exception e)
        {
            Interlocked.Exchange(ref seatingAsked, 0);
            logger.LogWarning(e, "Class {Module}: seen to with its next news", info.ModuleId);
        }
    }

    /// <summary>Everything, for who has just come.</summary>
    public object Welcome(LiveParticipant who, Arrived arrived, object[] ice, DateTimeOffset now)
    {
        last.Before(arrived.Chat, arrived.Strokes);
        lock (taking)
            who.Welcomed = true;
        Dismiss(who);
        var isIn = IsIn(who);
        return new
        {
            you = who.ParticipantId,
            role = who.Actor.Role,
            name = NameOf(who.ParticipantId),
            arrived.Holder,
            ice,
            now,
            info = new
            {
                info.ModuleId,
                info.StageId,
                info.IsRehearsal,
                Session?.CampaignId,
                Session?.SeatOf(who.ParticipantId)?.EnrolmentId,
                info.Subject,
                info.SubjectEn,
                info.Levels,
            },
            hours = Hours,
            roster = RosterFor(who),
            desk = DeskFor(who),
            chat = arrived.Chat.Where(c => isIn && Reads(who, c)).Select(ChatView).ToArray(),
            strokes = arrived.Strokes.Where(s => isIn && BoardRules.Sees(Desk, who.Actor, s.Sheet)).ToArray(),
        };
    }

    /// <summary>What who waited was not told.</summary>
    private object Inside(LiveParticipant who, ChatSaid[] chat, StrokeDrawn[] strokes) =>
        new
        {
            desk = DeskFor(who),
            chat = chat.Where(c => Reads(who, c)).Select(ChatView).ToArray(),
            strokes = strokes.Where(s => BoardRules.Sees(Desk, who.Actor, s.Sheet)).ToArray(),
        };

    public MediaFlags FlagsOf(Guid participantId) => flags.GetValueOrDefault(participantId) ?? new MediaFlags();

    /// <summary>The teacher, or who has a teacher's rights.</summary>
    public bool IsLedBy(LiveParticipant p) => p.Actor.IsItsTeacher || Session?.SeatOf(p.ParticipantId)?.Leads == true;

    public bool IsIn(LiveParticipant p) => Session is { } s && s.SeatOf(p.ParticipantId) is { } seat && s.IsInside(seat);

    /// <summary>
    /// What the teacher has taken away, or muted, is dropped at the media server, whatever the browser goes on sending. One at a time for
    /// each participant, by what is known at that moment: what was permitted a moment ago comes never after what is forbidden now.
    /// </summary>
    public Task Enforce(LiveParticipant p) =>
        p.OneByOne(async () =>
        {
            if (p.Media is not { } media || p.Actor.Role != ParticipantRole.Pupil)
                return;
            await Silence(media, p.Feed, "audio", p.SoundMuted || !May(p).Microphone);
            await Silence(media, p.Feed, "video", p.PictureMuted || !May(p).Camera);
        });

    private Permissions May(LiveParticipant p) => Desk?.PermissionsOf(p.ParticipantId) ?? Desks.Desk.AllPermitted;

    private async Task Silence(MediaSeat media, Feed feed, string kind, bool silent)
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

    /// <summary>Who has no place here any more is told so, and goes.</summary>
    private void Dismiss(LiveParticipant p)
    {
        if (!p.Welcomed)
            return;
        var seat = Session?.SeatOf(p.ParticipantId);
        if (seat is null or { Removed: true })
            p.Leave("removed");
        // The same person came in from another tab or device. Connection ids grow with time.
        else if (
            seat.Current is { } current
            && current.ConnectionId != p.ConnectionId
            && current.ConnectionId.CompareTo(p.ConnectionId) > 0
        )
            p.Leave("superseded");
        else if (seat.Current is null && Session?.EndedAt is not null)
            p.Leave("ended");
    }

    private async Task Settle(LiveParticipant p)
    {
        if (p.Leaves)
            await p.End();
        else if (!p.Welcomed)
            return;
        else if (!IsIn(p))
            await p.StopMedia();
        else if (nodes.AreUsed)
            p.StartMedia(nodes, placements, feed => Hears(p, feed), Seated, Placed, logger);
    }

    /// <summary>Where one of the class has found it, the others of it go too.</summary>
    private Task Placed(string node) => classes.Show(info.ModuleId, new Place(node));

    /// <summary>Silenced before anything of theirs is heard.</summary>
    private Task Seated(LiveParticipant p) =>
        Desk?.Permissions is { Microphone: true, Camera: true } or null ? Task.CompletedTask : Enforce(p);

    private bool Hears(LiveParticipant listener, Feed feed) =>
        Session?.SeatOf(feed.ParticipantId) is { Current: { } current } seat
        && Session.IsInside(seat)
        && current.ConnectionId == feed.ConnectionId
        && DeskRules.Hears(Desk, listener.Actor, Actor.Of(seat));

    private bool Reads(LiveParticipant p, ChatSaid c) => ChatRules.Reads(Desk, p.Actor with { Leads = IsLedBy(p) }, c);

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
            revision = state?.Revision ?? 0,
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
                    s.Leads,
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
                        forFamilies = info.RecordingForFamilies,
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
            revision = state?.Revision ?? 0,
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
            pages = BoardRules.PagesOf(desk),
            page = desk?.Page ?? 1,
            // Whether the others hold theirs up is for the teacher to see.
            slates = desk?.Slates is not { } slates
                ? null
                : slates with
                {
                    Shown = isPupil ? [.. slates.Shown.Where(s => s == p.ParticipantId)] : slates.Shown,
                },
            eyesCalled = desk?.EyesCalled ?? 0,
            groups = desk?.Groups ?? [],
            visiting = desk?.Visiting,
            round = desk?.Round,
            rounds = isPupil ? [] : desk?.Rounds ?? [],
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
                        // Who has answered is for who waits for the others; what they answered is nobody's to know.
                        answered = isPupil ? null : poll.Votes.Keys.ToArray(),
                        right = isPupil && !poll.Closed ? null : poll.Right,
                        counts = isPupil && !poll.Closed
                            ? null
                            : poll.Options.Select((_, i) => poll.Votes.Values.Count(v => v == i)).ToArray(),
                    },
        };
    }
}

/// <summary>What the timetable says of a class.</summary>
/// <param name="NextAt">When the stage's next module begins; null: this is its last.</param>
/// <param name="IsHeld">False once it was cancelled, or moved away, while it ran.</param>
/// <param name="RecordingDays">How long a recording is kept; null where the campaign allows none.</param>
/// <param name="GraceMinutes">So long after its hour it closes by itself.</param>
/// <param name="RecordingForFamilies">The group's families may watch it.</param>
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
    bool IsHeld = true,
    bool RecordingForFamilies = false,
    int GraceMinutes = 0,
    bool IsRehearsal = false
)
{
    public TimeSpan Grace => TimeSpan.FromMinutes(GraceMinutes);

    /// <summary>Null: it is not held.</summary>
    public static async Task<ModuleInfo?> Read(IQuerySession query, Guid moduleId, CancellationToken cancel)
    {
        var (room, module, _) = await ClassRooms.Find(query, moduleId, cancel);
        if (room is null || module is null)
            return null;
        var families = PupilFamily.NamesOf(
            await query.LoadManyAsync<PupilFamily>(cancel, room.Stage.Pupils.Select(p => p.EnrolmentId).ToArray()),
            room.Stage.TeacherFirstName
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
            room.IsRehearsal ? "Répétition" : subject?.Name ?? room.Stage.Subject,
            room.IsRehearsal ? "Rehearsal" : subject?.NameEn ?? subject?.Name ?? room.Stage.Subject,
            room.Stage.Levels,
            room.Stage.TimeZone,
            module.StartsAt,
            module.EndsAt,
            room.Stage.Modules.Where(m => m.StartsAt > module.StartsAt).Select(m => (DateTimeOffset?)m.StartsAt).Min(),
            room.Stage.TeacherFirstName,
            teacher,
            room.Stage.Pupils.Length,
            names,
            rule.Allowed ? rule.KeptDays : null,
            RecordingForFamilies: rule.IsForFamilies(module.StartsAt),
            GraceMinutes: (await ClosingRule.Of(query, room.CampaignId, cancel)).GraceMinutes,
            IsRehearsal: room.IsRehearsal
        );
    }
}
