using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Stages.Classrooms.Copies;
using Stages.Classrooms.Documents;
using Stages.Classrooms.Notes;
using Stages.Classrooms.Reports;

namespace Stages.Classrooms.Live;

/// <summary>What a call came to: a code of ours instead of an exception, so that the page can say it in its language.</summary>
public sealed record Reply(bool Ok, string? Code = null, object? Value = null)
{
    public static readonly Reply Done = new(true);

    public static Reply Of(Outcome outcome) => outcome.Refused ? No(outcome.Refusal!) : Done;

    public static Reply No(Refusal refusal) => new(false, refusal.Code);
}

/// <summary>
/// Signalling of a class. Who calls is known by the seat (<see cref="SeatAuthentication"/>), never by what the call says.
/// </summary>
[Authorize(AuthenticationSchemes = SeatAuthentication.SchemeName)]
public sealed class RoomHub(
    LiveClasses classes,
    Journal journal,
    Relay relay,
    SharedNotes notes,
    ThisCopy copy,
    NpgsqlDataSource database,
    IDocumentStore store,
    TimeProvider clock,
    IOptions<ClassroomOptions> options
) : Hub
{
    private Guid ModuleId => Guid.Parse(Context.User!.FindFirst("module")!.Value);

    private LiveClass Class => (LiveClass)Context.Items["class"]!;

    private LiveParticipant Me => (LiveParticipant)Context.Items["me"]!;

    /// <summary>Seen, and let in: everything else waits for that.</summary>
    private bool IsIn => Context.Items.ContainsKey("me") && Class.IsIn(Me);

    public override async Task OnConnectedAsync()
    {
        var participant = Guid.Parse(Context.User!.FindFirst("participant")!.Value);
        var now = clock.GetUtcNow();
        var live = await classes.Of(ModuleId, Context.ConnectionAborted);
        var me = new LiveParticipant(
            ModuleId,
            participant,
            Guid.CreateVersion7(now),
            Context.User!.FindFirst("seat-role")!.Value,
            Context,
            Clients.Caller,
            clock
        )
        {
            LastHeard = now,
        };
        Context.Items["class"] = live;
        Context.Items["me"] = me;
        var arrived = await journal.Decide<ClassSession>(
            ModuleId,
            s => Door.Arrive(s, participant, me.ConnectionId, copy.Id, live.Info.Pupils, now),
            cancel: Context.ConnectionAborted
        );
        if (arrived.Refused)
        {
            await Clients.Caller.SendAsync("removed");
            Context.Abort();
            return;
        }
        if (live.Here.TryGetValue(participant, out var earlier))
        {
            await earlier.End();
            await earlier.Client.SendAsync("superseded");
            earlier.Abort();
        }
        live.Here[participant] = me;
        await relay.Tell(ModuleId, "arrived", new { });
        await classes.SessionChanged(live);
        await Clients.Caller.SendAsync(
            "welcome",
            await live.Welcome(me, IceServers(now, live.Info.EndsAt), clock.GetUtcNow(), Context.ConnectionAborted)
        );
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (!Context.Items.TryGetValue("me", out var item) || item is not LiveParticipant me)
            return;
        var live = Class;
        live.Here.TryRemove(new KeyValuePair<Guid, LiveParticipant>(me.ParticipantId, me));
        await me.End();
        // A clean goodbye is now; a silence began when the browser was last heard.
        var at = exception is null ? clock.GetUtcNow() : me.LastHeard;
        await journal.Decide<ClassSession>(ModuleId, s => Door.Leave(s, me.ParticipantId, me.ConnectionId, at));
        await classes.SessionChanged(live);
    }

    // ── media ──

    public async Task Beat(string quality)
    {
        Me.LastHeard = clock.GetUtcNow();
        var before = Class.FlagsOf(Me.ParticipantId);
        if (before.Quality == quality || quality is not ("good" or "weak" or "audio"))
            return;
        await TellFlags(before with { Quality = quality });
        // For the coordinator's view, which may be asked of another copy.
        await journal.Decide(
            Decision.Nothing.AndStore(new ParticipantQuality(Me.ParticipantId, ModuleId, quality)),
            Context.ConnectionAborted
        );
    }

    public async Task<Reply> Publish(int epoch, string sdp)
    {
        if (!IsIn || Me.Media is not { } media || media.Epoch != epoch)
            return new Reply(false, "not-now");
        if (!SentLines.AreOurs(sdp))
            return Reply.No(new NotValid());
        return await Media(async () =>
        {
            var answer = await media.Publish(sdp, Context.ConnectionAborted);
            await Class.Enforce(Me);
            return new Reply(true, Value: answer);
        });
    }

    public async Task<Reply> Answer(int epoch, string sdp)
    {
        if (!IsIn || Me.Media is not { } media || media.Epoch != epoch)
            return new Reply(false, "not-now");
        return await Media(async () =>
        {
            await media.Answered(sdp, Context.ConnectionAborted);
            return Reply.Done;
        });
    }

    public async Task<Reply> Candidate(int epoch, bool sending, JsonNode candidate)
    {
        if (!IsIn || Me.Media is not { } media || media.Epoch != epoch)
            return new Reply(false, "not-now");
        return await Media(async () =>
        {
            await media.Candidate(sending, candidate, Context.ConnectionAborted);
            return Reply.Done;
        });
    }

    /// <summary>How large another participant's picture is needed.</summary>
    public async Task<Reply> Watch(Guid whom, string level)
    {
        if (!IsIn || Me.Media is not { } media || level is not ("high" or "low" or "off"))
            return new Reply(false, "not-now");
        return await Media(async () =>
        {
            await media.Watch(whom, level);
            return Reply.Done;
        });
    }

    /// <summary>The browser's own path to the media server broke.</summary>
    public Task Rejoin(int epoch) => Me.Broken(epoch);

    public async Task<Reply> SetFlags(bool microphone, bool camera, bool sharing)
    {
        if (!IsIn)
            return new Reply(false, "not-now");
        var permissions = Class.Desk?.PermissionsOf(Me.ParticipantId) ?? Desk.AllPermitted;
        var pupil = Me.Actor.Role == ParticipantRole.Pupil;
        if (pupil && ((microphone && !permissions.Microphone) || ((camera || sharing) && !permissions.Camera)))
            return Reply.No(new NotPermitted());
        // A mute of the teacher's ends when the pupil speaks again, which the lock of microphones prevents if it must.
        if (pupil && Me.Media is { } media)
        {
            if (microphone)
                await Class.Silence(media, Me.Feed, "audio", false);
            if (camera || sharing)
                await Class.Silence(media, Me.Feed, "video", false);
        }
        await TellFlags(Class.FlagsOf(Me.ParticipantId) with { Microphone = microphone, Camera = camera, Sharing = sharing });
        return Reply.Done;
    }

    // ── the teacher at the door ──

    public Task<Reply> Begin() => AtDoor((s, now) => Door.Begin(s, Me.Actor, Class.Info.Pupils, now));

    public Task<Reply> End() => AtDoor((s, now) => Door.End(s, Me.Actor, now));

    public Task<Reply> Admit(Guid whom) => AtDoor((s, now) => Door.Admit(s, Me.Actor, whom, now));

    public Task<Reply> Lock(bool locked) => AtDoor((s, now) => Door.Lock(s, Me.Actor, locked, now));

    public Task<Reply> Remove(Guid whom, string reason, bool report) =>
        AtDoor((s, now) => Door.Remove(s, Me.Actor, whom, reason, report, now));

    public Task<Reply> Pardon(Guid whom) => AtDoor((s, now) => Door.Pardon(s, Me.Actor, whom, now));

    /// <summary>Silences a microphone or hides a camera; they may turn it on again unless that is locked.</summary>
    public async Task<Reply> Mute(Guid whom, string kind)
    {
        if (!Me.Actor.IsTeacher)
            return Reply.No(new TeacherOnly());
        if (kind is not ("audio" or "video") || Class.Session?.SeatOf(whom) is not { Role: ParticipantRole.Pupil, Current: { } current })
            return Reply.No(new NotValid());
        if (Me.Media is { } media)
            await Class.Silence(media, new Feed(whom, current.ConnectionId), kind, true);
        if (Class.Here.TryGetValue(whom, out var here))
            await here.Client.SendAsync("mute", new { whom, kind });
        else
            await relay.Tell(ModuleId, "mute", new { whom, kind });
        return Reply.Done;
    }

    /// <summary>Tells the coordinators of somebody; nobody here reads it. Whoever has a seat may, also before being let in.</summary>
    public async Task<Reply> Report(Guid? whom, string text)
    {
        await using var reads = store.QuerySession();
        var (room, _, refusal) = await ClassRooms.Find(reads, ModuleId, Context.ConnectionAborted);
        if (refusal is not null || room is null || Class.Session?.SeatOf(Me.ParticipantId) is not { } seat)
            return Reply.No(refusal ?? new NoSuchSeat());
        var module = (await reads.LoadAsync<ClassModule>(ModuleId, Context.ConnectionAborted))!;
        return Reply.Of(
            await ReportPerson.Tell(
                journal,
                module,
                new Reporter(seat.Role, seat.PersonId, seat.EnrolmentId),
                ReportPerson.WhoIs(room, ModuleId, whom),
                text,
                clock.GetUtcNow(),
                Context.ConnectionAborted
            )
        );
    }

    // ── on the desk ──

    public Task<Reply> SetPermissions(Permissions permissions) => OnDesk(d => DeskRules.SetPermissions(d, ModuleId, Me.Actor, permissions));

    public Task<Reply> RaiseHand(bool up) => OnDesk(d => DeskRules.RaiseHand(d, ModuleId, Me.Actor, up, clock.GetUtcNow()));

    public Task<Reply> LowerHand(Guid whose) => OnDesk(d => DeskRules.LowerHand(d, Me.Actor, whose));

    public Task<Reply> GiveFloor(Guid? whom) => OnDesk(d => DeskRules.GiveFloor(d, ModuleId, Me.Actor, whom));

    public async Task<Reply> React(string kind)
    {
        if (!IsIn)
            return new Reply(false, "not-now");
        var now = clock.GetUtcNow();
        var last = Context.Items.TryGetValue("reacted", out var at) ? (DateTimeOffset?)at : null;
        if (DeskRules.MayReact(kind, last, now) is { } refusal)
            return Reply.No(refusal);
        Context.Items["reacted"] = now;
        var shown = new { participantId = Me.ParticipantId, kind };
        await Class.Show("reaction", shown);
        await relay.Tell(ModuleId, "reaction", shown);
        return Reply.Done;
    }

    public Task<Reply> AskPoll(string question, string[] answers) =>
        OnDesk(d => DeskRules.AskPoll(d, ModuleId, Me.Actor, NewId(), question, answers));

    public Task<Reply> Vote(Guid poll, int option) => OnDesk(d => DeskRules.Vote(d, Me.Actor, poll, option));

    public Task<Reply> ClosePoll() => OnDesk(d => DeskRules.ClosePoll(d, Me.Actor));

    public Task<Reply> SetTimer(int seconds) => OnDesk(d => DeskRules.SetTimer(d, ModuleId, Me.Actor, seconds, clock.GetUtcNow()));

    public Task<Reply> ChooseView(string view) => OnDesk(d => DeskRules.ChooseView(d, ModuleId, Me.Actor, view));

    public Task<Reply> CallEyes() => OnDesk(d => DeskRules.CallEyes(d, ModuleId, Me.Actor));

    public Task<Reply> FormPairs() =>
        OnDesk(d =>
            DeskRules.FormPairs(
                d,
                ModuleId,
                Me.Actor,
                [
                    .. (Class.Session?.Seats ?? [])
                        .Where(s => s is { Role: ParticipantRole.Pupil, Admitted: true, Current: not null })
                        .OrderBy(s => s.ParticipantId)
                        .Select(s => s.ParticipantId),
                ]
            )
        );

    public Task<Reply> EndPairs() => OnDesk(d => DeskRules.EndPairs(d, Me.Actor));

    public Task<Reply> Visit(int? group) => OnDesk(d => DeskRules.Visit(d, Me.Actor, group));

    public Task<Reply> WriteNotes(byte[] update) => OnNotes(() => notes.Write(Class, Me, update, Context.ConnectionAborted));

    public Task<Reply> ReadNotes(long since) => OnNotes(() => notes.Read(Class, since, Context.ConnectionAborted));

    public Task<Reply> KeepNotes(long seq, byte[] state) => OnNotes(() => notes.Keep(Class, Me, seq, state, Context.ConnectionAborted));

    public Task<Reply> PointInNotes(string? at) => OnNotes(() => notes.Point(Class, Me, at));

    /// <summary>The teacher has sent all pages of a document (<see cref="Pages"/>).</summary>
    public async Task<Reply> LayOut(Guid document, string name)
    {
        var pages = Me.Actor.IsTeacher ? await PageTable.Count(database, ModuleId, document, Context.ConnectionAborted) : 0;
        return await OnDesk(d => DeskRules.LayOut(d, ModuleId, Me.Actor, document, name, pages));
    }

    public Task<Reply> TurnPage(Guid? document, int page) => OnDesk(d => DeskRules.TurnPage(d, Me.Actor, document, page));

    public async Task<Reply> TakeAway(Guid document)
    {
        var reply = await OnDesk(d => DeskRules.TakeAway(d, Me.Actor, document));
        if (reply.Ok)
            await journal.Decide(Decision.Nothing.AndSql(PageTable.Rows.Delete, ModuleId, document));
        return reply;
    }

    // ── recording, where the campaign allows it ──

    public Task<Reply> AskToRecord() => OnRecording((s, allowed, now) => Consent.Ask(s, Me.Actor, allowed, now));

    public Task<Reply> AnswerRecording(bool agrees) => OnRecording((s, allowed, now) => Consent.Answer(s, Me.Actor, agrees, allowed, now));

    public Task<Reply> StartRecording() => OnRecording((s, allowed, now) => Consent.Start(s, Me.Actor, allowed, NewId(), now));

    public Task<Reply> StopRecording() => OnRecording((s, _, now) => Consent.Stop(s, Me.Actor, now));

    public async Task<Reply> Say(string text, string to)
    {
        if (!IsIn)
            return new Reply(false, "not-now");
        if (DeskRules.MaySay(Class.Desk, Me.Actor, text, to) is { } refusal)
            return Reply.No(refusal);
        var line = new ChatSaid(NewId(), Me.ParticipantId, to, Class.Desk?.GroupOf(Me.ParticipantId), text.Trim(), clock.GetUtcNow());
        await Keep(line);
        await Class.ShowChat(line);
        await relay.Tell(ModuleId, "chat", line);
        return Reply.Done;
    }

    public async Task<Reply> Draw(Guid id, int[] points, string colour, int width)
    {
        if (!IsIn)
            return new Reply(false, "not-now");
        if (DeskRules.MayDraw(Class.Desk, Me.Actor) is { } refusal)
            return Reply.No(refusal);
        if (
            points.Length is < 3 or > 3000
            || points.Length % 3 != 0
            || width is < 1 or > 100
            || colour.Length != 7
            || colour[0] != '#'
            || !colour[1..].All(char.IsAsciiHexDigit)
        )
            return Reply.No(new NotValid());
        return await OnBoard("stroke", new StrokeDrawn(id, Me.ParticipantId, points, colour, width));
    }

    public async Task<Reply> Erase(Guid id)
    {
        if (!IsIn)
            return new Reply(false, "not-now");
        return DeskRules.MayDraw(Class.Desk, Me.Actor) is { } refusal
            ? Reply.No(refusal)
            : await OnBoard("erased", new StrokeErased(id, Me.ParticipantId));
    }

    public async Task<Reply> ClearBoard() =>
        Me.Actor.IsTeacher ? await OnBoard("cleared", new BoardCleared(Me.ParticipantId)) : Reply.No(new TeacherOnly());

    private async Task<Reply> OnNotes(Func<Task<Reply>> work) => IsIn ? await work() : new Reply(false, "not-now");

    private async Task<Reply> OnBoard(string kind, object e)
    {
        await Keep(e);
        await Class.Show(kind, e);
        await relay.Tell(ModuleId, kind, e);
        return Reply.Done;
    }

    private Task Keep(object e) => journal.Decide(Decision.Of(e).At(Desk.ContentIdOf(ModuleId)));

    private async Task<Reply> AtDoor(Func<ClassSession?, DateTimeOffset, Decision> decide)
    {
        var outcome = await journal.Decide<ClassSession>(ModuleId, s => decide(s, clock.GetUtcNow()), cancel: Context.ConnectionAborted);
        if (!outcome.Refused)
            await classes.SessionChanged(Class);
        return Reply.Of(outcome);
    }

    private async Task<Reply> OnRecording(Func<ClassSession?, bool, DateTimeOffset, Decision> decide)
    {
        var outcome = await journal.Decide<ClassSession>(
            ModuleId,
            async (reading, s) =>
                decide(
                    s,
                    s is not null && (await RecordingRule.Of(reading.Documents, s.CampaignId, Context.ConnectionAborted)).Allowed,
                    clock.GetUtcNow()
                ),
            cancel: Context.ConnectionAborted
        );
        if (!outcome.Refused)
            await classes.SessionChanged(Class);
        return Reply.Of(outcome);
    }

    private async Task<Reply> OnDesk(Func<Desk?, Decision> decide)
    {
        if (!IsIn)
            return new Reply(false, "not-now");
        var outcome = await journal.Decide<Desk>(Desk.IdOf(ModuleId), d => decide(d), cancel: Context.ConnectionAborted);
        if (!outcome.Refused)
            await classes.DeskChanged(Class);
        return Reply.Of(outcome);
    }

    private async Task TellFlags(MediaFlags flags)
    {
        await Class.SetFlags(Me.ParticipantId, flags);
        await relay.Tell(ModuleId, "flags", new { participantId = Me.ParticipantId, flags });
    }

    private static async Task<Reply> Media(Func<Task<Reply>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is MediaFault or TimeoutException)
        {
            return new Reply(false, "media-away");
        }
    }

    private Guid NewId() => Guid.CreateVersion7(clock.GetUtcNow());

    private object[] IceServers(DateTimeOffset now, DateTimeOffset endsAt) =>
        TurnCredentials.For(options.Value.Turn, Me.ParticipantId, endsAt > now ? endsAt : now);
}
