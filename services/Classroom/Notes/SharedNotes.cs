using System.Text.Json;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Live;

namespace Stages.Classrooms.Notes;

public sealed record NotesFull()
    : Refusal(RefusalKind.Rule, "notes-full", "Les notes de cette classe sont pleines.", "The notes of this class are full.");

/// <summary>
/// The shared notes of a class: what a browser wrote is numbered, kept and handed on, unread. That all of them come to show the same
/// text is the browsers' business (<c>web/src/notes</c>).
/// </summary>
public sealed class SharedNotes(NpgsqlDataSource database, AskClass ask)
{
    /// <summary>What is typed in a moment, or a few pages that are pasted, in bytes.</summary>
    public const int LargestUpdate = 64 * 1024;

    /// <summary>A state of notes that were worked on for two hours, in bytes.</summary>
    public const int LargestState = 90 * 1024;

    /// <summary>Of everything that who comes late has to read, in bytes.</summary>
    public const int Most = 1024 * 1024;

    /// <summary>Of a small group's.</summary>
    public const int MostOfGroup = 256 * 1024;

    private const int LongestPlace = 500;

    public async Task<Reply> Write(LiveClass live, LiveParticipant me, byte[] update, CancellationToken cancel)
    {
        var module = live.Info.ModuleId;
        if (await ask.Show(module, me.Actor, new MayNote(), cancel) is { Refusal: { } refusal })
            return Reply.No(refusal);
        if (update.Length is 0 or > LargestUpdate)
            return Reply.No(new NotValid());
        if (await NotesTable.Write(database, module, update, me.ParticipantId, Most, cancel) is not { } seq)
            return Reply.No(new NotesFull());
        await HandOn(module, me, "noted", new { seq, update });
        return new Reply(true, Value: seq);
    }

    public async Task<Reply> Read(LiveClass live, long since, CancellationToken cancel) =>
        new(true, Value: await NotesTable.Read(database, live.Info.ModuleId, Math.Max(0, since), cancel));

    /// <summary>A teacher's page alone: a state that is not true to the updates would take away what others wrote.</summary>
    public async Task<Reply> Keep(LiveClass live, LiveParticipant me, long seq, byte[] state, CancellationToken cancel)
    {
        if (!live.IsLedBy(me))
            return Reply.No(new TeacherOnly());
        if (state.Length is 0 or > LargestState)
            return Reply.No(new NotValid());
        var kept = await NotesTable.Keep(database, live.Info.ModuleId, seq, state, me.ParticipantId, cancel);
        return kept ? Reply.Done : Reply.No(new NotValid());
    }

    public async Task<Reply> Write(LiveClass live, LiveParticipant me, GroupNotes which, byte[] update, CancellationToken cancel)
    {
        var module = live.Info.ModuleId;
        if (await ask.Show(module, me.Actor, new MayNoteInGroup(which, Write: true), cancel) is { Refusal: { } refusal })
            return Reply.No(refusal);
        if (update.Length is 0 or > LargestUpdate)
            return Reply.No(new NotValid());
        var id = which.IdIn(module);
        if (await NotesTable.Write(database, id, update, me.ParticipantId, MostOfGroup, cancel, module) is not { } seq)
            return Reply.No(new NotesFull());
        await HandOn(
            module,
            me,
            which,
            "groupNoted",
            new
            {
                which.Round,
                which.Group,
                seq,
                update,
            }
        );
        return new Reply(true, Value: seq);
    }

    public async Task<Reply> Read(LiveClass live, LiveParticipant me, GroupNotes which, long since, CancellationToken cancel)
    {
        var module = live.Info.ModuleId;
        return await ask.Show(module, me.Actor, new MayNoteInGroup(which, Write: false), cancel) is { Refusal: { } refusal }
            ? Reply.No(refusal)
            : new Reply(true, Value: await NotesTable.Read(database, which.IdIn(module), Math.Max(0, since), cancel));
    }

    public async Task<Reply> Keep(LiveClass live, LiveParticipant me, GroupNotes which, long seq, byte[] state, CancellationToken cancel)
    {
        if (!live.IsLedBy(me))
            return Reply.No(new TeacherOnly());
        if (state.Length is 0 or > LargestState)
            return Reply.No(new NotValid());
        var kept = await NotesTable.Keep(database, which.IdIn(live.Info.ModuleId), seq, state, me.ParticipantId, cancel);
        return kept ? Reply.Done : Reply.No(new NotValid());
    }

    public async Task<Reply> Point(LiveClass live, LiveParticipant me, GroupNotes which, string? at) =>
        at?.Length > LongestPlace
            ? Reply.No(new NotValid())
            : Reply.Of(
                await HandOn(
                    live.Info.ModuleId,
                    me,
                    which,
                    "groupPointed",
                    new
                    {
                        which.Round,
                        which.Group,
                        who = me.ParticipantId,
                        at,
                    }
                )
            );

    /// <summary>Where somebody is in the notes; null when they have left them. Whose it is, says the seat.</summary>
    public async Task<Reply> Point(LiveClass live, LiveParticipant me, string? at) =>
        at?.Length > LongestPlace ? Reply.No(new NotValid()) : Reply.Of(await ask.Show(live.Info.ModuleId, me.Actor, new PointInNotes(at)));

    private Task<Answered> HandOn(Guid module, LiveParticipant me, GroupNotes which, string kind, object content) =>
        ask.Show(module, me.Actor, new HandOnInGroup(which, kind, JsonSerializer.SerializeToElement(content, JsonSerializerOptions.Web)));

    private Task<Answered> HandOn(Guid module, LiveParticipant me, string kind, object content) =>
        ask.Show(module, me.Actor, new HandOn(kind, JsonSerializer.SerializeToElement(content, JsonSerializerOptions.Web)));
}
