using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Stages.Classrooms.Live;

namespace Stages.Classrooms.Classes;

/// <summary>
/// What the class works with. What has to be accounted for (permissions, documents) is in the desk's log before it is answered; the rest is
/// in memory, in a row a second later (<see cref="HeldTable"/>), and goes with the class from copy to copy.
/// </summary>
public sealed partial class ClassGrain : IGrainMigrationParticipant
{
    private static readonly TimeSpan KeepAfter = TimeSpan.FromSeconds(1);

    private const int MostLines = 5000;

    private readonly List<ChatSaid> chat = [];
    private readonly Dictionary<Guid, StrokeDrawn> board = [];
    private readonly Dictionary<Guid, MediaFlags> flags = [];
    private readonly Dictionary<Guid, DateTimeOffset> reacted = [];
    private int points;
    private Desk? desk;
    private long revision;
    private long sessionRevision;
    private long deskRevision;
    private bool chatChanged;
    private bool boardChanged;
    private string? node;
    private bool carried;
    private IGrainTimer? keeping;

    public Task<Answered> Show(Actor by, MomentAsk ask) => Task.FromResult(ask is Place place ? Found(place) : Now(by, ask));

    public async Task Forget(Guid participant)
    {
        await Read(CancellationToken.None);
        sessionRevision++;
        Tell(new ForgottenTold(participant));
        if (chat.RemoveAll(c => ChatRules.IsOf(c, participant)) > 0)
            Changed(chatToo: true);
        ForgetStrokes(participant);
        await KeepNow();
    }

    public void OnDehydrate(IDehydrationContext context) =>
        context.TryAddValue(
            "held",
            new Carried(timetable, session, version, desk, [.. chat], [.. board.Values], flags, revision, sessionRevision, deskRevision)
        );

    public void OnRehydrate(IRehydrationContext context)
    {
        if (!context.TryGetValue("held", out Carried? held) || held is null)
            return;
        (timetable, session, version, desk) = (held.Timetable, held.Session, held.Version, held.Desk);
        (revision, sessionRevision, deskRevision) = (held.Revision, held.SessionRevision, held.DeskRevision);
        Take(held.Chat, held.Board);
        foreach (var (who, what) in held.Flags)
            flags[who] = what;
        carried = true;
        // Had the last second not been written yet, it is now.
        Changed(chatToo: true, boardToo: true);
    }

    private Answered Now(Actor by, MomentAsk ask)
    {
        if (session?.SeatOf(by.ParticipantId) is not { } seat || !session.IsInside(seat))
            return new Answered(new NotNow());
        // Whose seat it is says who they are.
        var actor = Actor.Of(seat);
        return ask switch
        {
            DeskAsk onDesk => On(onDesk, actor),
            SayLine say => On(say, actor),
            Draw draw => On(draw, actor),
            Erase erase => On(erase, actor),
            MaySeePicture see => On(see, actor),
            MoveMark move => On(move, actor),
            Wipe wipe => On(wipe, actor),
            Ink ink => On(ink, actor),
            React react => On(react, actor),
            SetFlags now => On(now, actor),
            SetQuality now => On(now, actor),
            Mute mute => On(mute, actor),
            MayNote => new Answered(DeskRules.MayNote(desk, actor)),
            MayNoteInGroup may => new Answered(may.Write ? may.Which.MayWrite(desk, actor) : may.Which.MayRead(desk, actor)),
            HandOnInGroup news => On(news, actor),
            PointInNotes point => On(point, actor),
            TellOfFile told => On(told, actor),
            HandOn news => Done(() => Tell(new Shown(news.Kind, news.Content, Except: actor.ParticipantId))),
            _ => throw new NotSupportedException(ask.GetType().Name),
        };
    }

    private Answered On(DeskAsk ask, Actor by)
    {
        var decision = ask.Decide(desk, At(by));
        if (decision.Refusal is not null)
            return new Answered(decision.Refusal);
        if (decision.Events.Count > 0)
            OnTheDesk(decision.Events);
        return new Answered();
    }

    private async Task<Answered> OnDesk(Actor by, DeskFactAsk ask)
    {
        if (session?.SeatOf(by.ParticipantId) is not { } seat || !session.IsInside(seat))
            return new Answered(new NotNow());
        var decision = ask.Decide(desk, At(Actor.Of(seat)));
        if (decision.Refusal is not null)
            return new Answered(decision.Refusal);
        object[] facts = [.. decision.Events.Where(e => e is not DeskSet)];
        if (facts.Length == 0)
            return new Answered();
        await journal.Decide<Desk>(Desk.IdOf(Module), logged => Decision.Of(logged is null ? [new DeskSet(Module), .. facts] : facts));
        // Upon what it has become meanwhile.
        OnTheDesk(desk is null ? [new DeskSet(Module), .. facts] : facts);
        return new Answered();
    }

    private void OnTheDesk(IReadOnlyList<object> events)
    {
        WipeBefore(events);
        desk = desk.After(events);
        deskRevision++;
        TellState(null);
        Changed();
    }

    private Answered On(SayLine ask, Actor by)
    {
        if (ChatRules.MaySay(desk, session, by, ask.Text, ask.To) is { } refusal)
            return new Answered(refusal);
        if (chat.Exists(c => c.Id == ask.Line))
            return new Answered();
        var (to, group) = (ChatRules.Address(ask.To), desk?.GroupOf(by.ParticipantId));
        var line = new ChatSaid(ask.Line, by.ParticipantId, to, group, ask.Text.Trim(), clock.GetUtcNow());
        chat.Add(line);
        if (chat.Count > MostLines)
            chat.RemoveAt(0);
        Tell(new ChatTold(line));
        Changed(chatToo: true);
        return new Answered(Value: line);
    }

    private Answered On(React ask, Actor by)
    {
        var now = clock.GetUtcNow();
        var last = reacted.TryGetValue(by.ParticipantId, out var at) ? at : (DateTimeOffset?)null;
        if (DeskRules.MayReact(ask.Kind, last, now) is { } refusal)
            return new Answered(refusal);
        reacted[by.ParticipantId] = now;
        return Done(() => Tell(Shown.Of("reaction", new { by.ParticipantId, ask.Kind })));
    }

    private Answered On(PointInNotes ask, Actor by) =>
        DeskRules.MayNote(desk, by) is { } refusal
            ? new Answered(refusal)
            : Done(() => Tell(Shown.Of("pointed", new { who = by.ParticipantId, ask.At }) with { Except = by.ParticipantId }));

    private Answered On(TellOfFile ask, Actor by)
    {
        var news = Shown.Of("files", new { by.ParticipantId });
        if (ask is { IsWork: false, To: null })
            Tell(news with { Except = by.ParticipantId });
        var some = ask.IsWork ? session!.Seats.Where(s => s.IsAdult).Select(s => s.ParticipantId) : ask.To ?? [];
        foreach (var one in some)
            Tell(news with { Only = one });
        return new Answered();
    }

    private Answered On(HandOnInGroup ask, Actor by) =>
        // Other groups have been drawn since: its number is somebody else's.
        ask.Which.MayWrite(desk, by)
            is { } refusal
            ? new Answered(refusal)
            : Done(() => Tell(new Shown(ask.Kind, ask.Content, Except: by.ParticipantId, Sheet: Sheets.Group(ask.Which.Group))));

    private Answered On(SetFlags ask, Actor by)
    {
        var may = desk?.PermissionsOf(by.ParticipantId) ?? Desk.AllPermitted;
        if (by.Role == ParticipantRole.Pupil && ((ask.Microphone && !may.Microphone) || ((ask.Camera || ask.Sharing) && !may.Camera)))
            return new Answered(new NotPermitted());
        return Flag(by, f => f with { Microphone = ask.Microphone, Camera = ask.Camera, Sharing = ask.Sharing });
    }

    private Answered On(SetQuality ask, Actor by) => Flag(by, f => f with { Quality = ask.Quality });

    private Answered Flag(Actor by, Func<MediaFlags, MediaFlags> change)
    {
        var now = flags[by.ParticipantId] = change(flags.GetValueOrDefault(by.ParticipantId) ?? new MediaFlags());
        Tell(new FlagsTold(by.ParticipantId, now));
        return new Answered();
    }

    /// <summary>The copy through which they are connected sees to it (<see cref="LiveClass.Enforce"/>).</summary>
    private Answered On(Mute ask, Actor by)
    {
        if (!by.IsTeacher)
            return new Answered(new TeacherOnly());
        if (ask.Kind is not ("audio" or "video") || session?.SeatOf(ask.Whom) is not { Role: ParticipantRole.Pupil, Current: not null })
            return new Answered(new NotValid());
        Tell(Shown.Of("mute", new { ask.Whom, ask.Kind }) with { Only = ask.Whom });
        // Shown as off, whatever their page says next: a mute ends when they say that they are on again.
        return Flag(
            new Actor(ask.Whom, ParticipantRole.Pupil),
            f => ask.Kind == "audio" ? f with { Microphone = false } : f with { Camera = false, Sharing = false }
        );
    }

    private Answered Found(Place place)
    {
        if (node == place.Node)
            return new Answered();
        node = place.Node;
        Tell(new PlacedTold(node));
        return new Answered();
    }

    private static Answered Done(Action work)
    {
        work();
        return new Answered();
    }

    private Asking At(Actor by) => new(Module, by, timetable.Pupils, RecordingAllowed: false, clock.GetUtcNow(), session);

    // ── kept ──

    /// <summary>The log is right about what it says; the row, or another copy, about all else.</summary>
    private static Desk WithFacts(Desk known, Desk? logged) =>
        known with
        {
            Permissions = logged?.Permissions ?? known.Permissions,
            Documents = logged?.Documents ?? known.Documents,
        };

    private async Task ReadDesk(CancellationToken cancel)
    {
        await using var query = store.QuerySession();
        var logged = await query.LoadAsync<Desk>(Desk.IdOf(Module), cancel);
        var row = await HeldTable.Read(database, Module, cancel);
        desk = row?.Desk is { } kept ? WithFacts(kept, logged) : logged;
        Take(row?.Chat ?? [], row?.Board ?? []);
        revision = row?.Revision ?? 0;
    }

    private void Take(IEnumerable<ChatSaid> lines, IEnumerable<StrokeDrawn> strokes)
    {
        chat.AddRange(lines);
        foreach (var stroke in strokes)
        {
            board[stroke.Id] = stroke;
            points += stroke.Points.Length;
        }
    }

    private void Changed(bool chatToo = false, bool boardToo = false)
    {
        chatChanged |= chatToo;
        boardChanged |= boardToo;
        keeping ??= this.RegisterGrainTimer(
            _ => KeepQuietly(),
            new GrainTimerCreationOptions(KeepAfter, Timeout.InfiniteTimeSpan) { KeepAlive = true, Interleave = true }
        );
    }

    private async Task KeepQuietly()
    {
        if (keeping is null)
            return;
        try
        {
            await KeepNow();
        }
        catch (Exception e)
        {
            // The class goes on; what it has is written when the database takes it.
            logger.LogWarning("What class {Module} has is not kept yet: {Reason}", Module, e.GetType().Name);
            Changed();
        }
    }

    private async Task KeepNow()
    {
        // Ends its token with it: what is written now does not hang on that.
        keeping?.Dispose();
        keeping = null;
        var (lines, strokes) = (chatChanged ? chat.ToArray() : null, boardChanged ? board.Values.ToArray() : null);
        (chatChanged, boardChanged) = (false, false);
        try
        {
            await HeldTable.Write(database, Module, ++revision, desk, lines, strokes, CancellationToken.None);
        }
        catch
        {
            (chatChanged, boardChanged) = (chatChanged || lines is not null, boardChanged || strokes is not null);
            throw;
        }
    }

    /// <summary>All of it, from the copy that stops to the one that goes on.</summary>
    private sealed record Carried(
        Timetabled Timetable,
        ClassSession? Session,
        long Version,
        Desk? Desk,
        ChatSaid[] Chat,
        StrokeDrawn[] Board,
        Dictionary<Guid, MediaFlags> Flags,
        long Revision,
        long SessionRevision,
        long DeskRevision
    );
}
