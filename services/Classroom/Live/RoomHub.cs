using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Stages.Classrooms.Classes;
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

    public static Reply Of(Answered answer) => answer.Refused ? No(answer.Refusal!) : Done;

    public static Reply No(Refusal refusal) => new(false, refusal.Code);
}

/// <summary>
/// Signalling of a class. Who calls is known by the seat (<see cref="SeatAuthentication"/>), never by what the call says.
/// </summary>
[Authorize(AuthenticationSchemes = SeatAuthentication.SchemeName)]
public sealed partial class RoomHub(
    LiveClasses classes,
    AskClass ask,
    Journal journal,
    SharedNotes notes,
    ThisCopy copy,
    NpgsqlDataSource database,
    IDocumentStore store,
    TimeProvider clock,
    IOptions<ClassroomOptions> options,
    ClassFigures figures
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
        var (now, began) = (clock.GetUtcNow(), clock.GetTimestamp());
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
        // Here before the class knows it: what is said from now on waits for the welcome.
        live.Here.TryGetValue(participant, out var earlier);
        live.Enter(me);
        try
        {
            var arrived = await ask.Arrive(ModuleId, participant, me.ConnectionId, copy.Id, Context.ConnectionAborted);
            if (arrived.Refused)
            {
                live.Here.TryRemove(new KeyValuePair<Guid, LiveParticipant>(participant, me));
                await Clients.Caller.SendAsync("removed");
                Context.Abort();
                return;
            }
            if (earlier is not null)
            {
                earlier.Leave("superseded");
                await earlier.End();
            }
            live.Take(arrived.State!);
            await Clients.Caller.SendAsync("welcome", live.Welcome(me, arrived, IceServers(now, live.Info.EndsAt), clock.GetUtcNow()));
            figures.Joined(clock.GetElapsedTime(began));
            me.Begin();
            live.Seat();
        }
        catch
        {
            // Nobody says goodbye to a connection that did not come to be.
            live.Here.TryRemove(new KeyValuePair<Guid, LiveParticipant>(participant, me));
            _ = classes.Gone(ModuleId, me, clock.GetUtcNow());
            throw;
        }
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
        await classes.Gone(ModuleId, me, at);
    }

    // ── media ──

    public async Task Beat(string quality)
    {
        Me.LastHeard = clock.GetUtcNow();
        var before = Class.FlagsOf(Me.ParticipantId);
        if (before.Quality == quality || quality is not ("good" or "weak" or "audio"))
            return;
        await ask.Show(ModuleId, Me.Actor, new SetQuality(quality));
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

    public Task<Reply> SetFlags(bool microphone, bool camera, bool sharing) => Show(new SetFlags(microphone, camera, sharing));

    // ── the teacher at the door ──

    public Task<Reply> Begin() => Note(new Begin());

    public Task<Reply> End() => Note(new End());

    public Task<Reply> Admit(Guid whom) => Note(new Admit(whom));

    public Task<Reply> Lock(bool locked) => Note(new LockDoor(locked));

    public Task<Reply> Remove(Guid whom, string reason, bool report) => Note(new Remove(whom, reason, report));

    public Task<Reply> Pardon(Guid whom) => Note(new Pardon(whom));

    public Task<Reply> GiveRights(Guid whom, bool given) => Note(new GiveRights(whom, given));

    /// <summary>Silences a microphone or hides a camera; they may turn it on again unless that is locked.</summary>
    public Task<Reply> Mute(Guid whom, string kind) => Show(new Mute(whom, kind));

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

    public Task<Reply> SetPermissions(Permissions permissions) => Note(new SetPermissions(permissions));

    public Task<Reply> RaiseHand(bool up) => Show(new RaiseHand(up));

    public Task<Reply> LowerHand(Guid whose) => Show(new LowerHand(whose));

    public Task<Reply> GiveFloor(Guid? whom) => Show(new GiveFloor(whom));

    public Task<Reply> React(string kind) => Show(new React(kind));

    public Task<Reply> AskPoll(string question, string[] answers, int? right) => Show(new AskPoll(NewId(), question, answers, right));

    public Task<Reply> Vote(Guid poll, int option) => Show(new Vote(poll, option));

    public Task<Reply> ClosePoll() => Show(new ClosePoll(Clears: Class.Desk?.Poll?.Closed == true));

    public Task<Reply> SetTimer(int seconds) => Show(new SetTimer(seconds));

    public Task<Reply> ChooseView(string view) => Show(new ChooseView(view));

    public Task<Reply> CallEyes() => Show(new CallEyes());

    public Task<Reply> FormGroups(int size) => Show(new FormGroups(size, NewId()));

    public Task<Reply> MoveToGroup(Guid whom, int group) => Show(new MoveToGroup(whom, group));

    public Task<Reply> EndPairs() => Show(new EndPairs());

    public Task<Reply> Visit(int? group) => Show(new Visit(group));

    public Task<Reply> WriteNotes(byte[] update) => OnNotes(() => notes.Write(Class, Me, update, Context.ConnectionAborted));

    public Task<Reply> ReadNotes(long since) => OnNotes(() => notes.Read(Class, since, Context.ConnectionAborted));

    public Task<Reply> KeepNotes(long seq, byte[] state) => OnNotes(() => notes.Keep(Class, Me, seq, state, Context.ConnectionAborted));

    public Task<Reply> PointInNotes(string? at) => OnNotes(() => notes.Point(Class, Me, at));

    /// <summary>The teacher has sent all pages of a document (<see cref="Pages"/>).</summary>
    public async Task<Reply> LayOut(Guid document, string name)
    {
        var pages = Class.IsLedBy(Me) ? await PageTable.Count(database, ModuleId, document, Context.ConnectionAborted) : 0;
        return await Note(new LayOut(document, name, pages));
    }

    public Task<Reply> TurnPage(Guid? document, int page) => Show(new TurnPage(document, page));

    public async Task<Reply> TakeAway(Guid document)
    {
        var reply = await Note(new TakeAway(document));
        if (reply.Ok)
            await journal.Decide(Decision.Nothing.AndSql(PageTable.Rows.Delete, ModuleId, document));
        return reply;
    }

    // ── recording, where the campaign allows it ──

    public Task<Reply> AskToRecord() => Note(new AskToRecord());

    public Task<Reply> AnswerRecording(bool agrees) => Note(new AnswerRecording(agrees));

    public Task<Reply> StartRecording() => Note(new StartRecording(NewId()));

    public Task<Reply> StopRecording() => Note(new StopRecording());

    /// <summary>The answer is the id of the line.</summary>
    public Task<Reply> Say(string text, string to) => SayAgain(NewId(), text, to);

    /// <summary>A line that was taken by a copy that died, and is missing since.</summary>
    public async Task<Reply> SayAgain(Guid line, string text, string to)
    {
        var answer = await ask.Show(ModuleId, Me.Actor, new SayLine(line, text, to));
        if (answer.Value is ChatSaid said)
            Class.Take(new ChatTold(said), own: true);
        return Reply.Of(answer) with { Value = answer.Refused ? null : line };
    }

    private async Task<Reply> OnNotes(Func<Task<Reply>> work)
    {
        if (!IsIn)
            return new Reply(false, "not-now");
        try
        {
            return await work();
        }
        catch (Exception e) when (Problems.IsUnavailable(e))
        {
            // The page keeps what was typed, and asks again.
            return new Reply(false, "unavailable");
        }
    }

    private async Task<Reply> Note(FactAsk what)
    {
        try
        {
            return Reply.Of(await ask.Note(ModuleId, Me.Actor, what));
        }
        catch (TimeoutException)
        {
            // The log does not take it now: it is not done, and the page says so.
            return new Reply(false, "unavailable");
        }
    }

    private async Task<Reply> Show(MomentAsk what) => Reply.Of(await ask.Show(ModuleId, Me.Actor, what));

    private async Task<Reply> Media(Func<Task<Reply>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is MediaFault or TimeoutException)
        {
            figures.MediaFailed();
            return new Reply(false, "media-away");
        }
    }

    private Guid NewId() => Guid.CreateVersion7(clock.GetUtcNow());

    private object[] IceServers(DateTimeOffset now, DateTimeOffset endsAt) =>
        TurnCredentials.For(options.Value.Turn, Me.ParticipantId, endsAt > now ? endsAt : now);
}
