using Stages.Classrooms.Notes;

namespace Stages.Classrooms.Live;

/// <summary>The notes of small groups.</summary>
public sealed partial class RoomHub
{
    public Task<Reply> WriteGroupNotes(int round, int group, byte[] update) =>
        OnNotes(() => notes.Write(Class, Me, new GroupNotes(round, group), update, Context.ConnectionAborted));

    public Task<Reply> ReadGroupNotes(int round, int group, long since) =>
        OnNotes(() => notes.Read(Class, Me, new GroupNotes(round, group), since, Context.ConnectionAborted));

    public Task<Reply> KeepGroupNotes(int round, int group, long seq, byte[] state) =>
        OnNotes(() => notes.Keep(Class, Me, new GroupNotes(round, group), seq, state, Context.ConnectionAborted));

    public Task<Reply> PointInGroupNotes(int round, int group, string? at) =>
        OnNotes(() => notes.Point(Class, Me, new GroupNotes(round, group), at));
}
