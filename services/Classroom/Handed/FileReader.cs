namespace Stages.Classrooms.Handed;

/// <summary>
/// Somebody who may read files of a stage outside its classes: its teacher and its coordinators, and each family what was for their child,
/// and what their child handed in.
/// </summary>
/// <param name="Keeps">Teacher or coordinator.</param>
public sealed record FileReader(Room Room, Caller Caller, bool Keeps, IReadOnlyList<PupilFamily> Families)
{
    /// <summary>Null: nobody who belongs to this group.</summary>
    public static async Task<FileReader?> Of(IQuerySession reads, Room room, Caller caller, CancellationToken cancel)
    {
        var families = await reads.LoadManyAsync<PupilFamily>(cancel, room.Stage.Pupils.Select(p => p.EnrolmentId).ToArray());
        if (room.IsKeptBy(caller))
            return new FileReader(room, caller, true, families);
        PupilFamily[] own = caller.IsFamily ? [.. families.Where(f => f.PersonIds.Contains(caller.Id))] : [];
        return own.Length > 0 ? new FileReader(room, caller, false, own) : null;
    }

    /// <summary>Of a pupil whom the caller may not know by name, a coordinator of another territory, no work is shown.</summary>
    public bool Sees(Guid module, HandedFile file) =>
        Keeps
            ? file.WorkOf is null || (WorkerOf(module, file) is { } pupil && Room.Tells(Caller, pupil))
            : Families.Any(f => file.IsFor(new Actor(ClassSession.ParticipantIdOf(module, f.Id), ParticipantRole.Pupil)));

    public ClassFileView View(Guid module, HandedFile file)
    {
        var worker = WorkerOf(module, file);
        return new ClassFileView(
            file.Id,
            file.Name,
            file.Type,
            file.Size,
            file.At,
            worker,
            Families.FirstOrDefault(f => f.Id == worker)?.FirstName
        );
    }

    /// <summary>Null also for who has left the group since.</summary>
    private Guid? WorkerOf(Guid module, HandedFile file) =>
        file.WorkOf is { } whose
            ? Room
                .Stage.Pupils.Select(p => (Guid?)p.EnrolmentId)
                .FirstOrDefault(e => ClassSession.ParticipantIdOf(module, e!.Value) == whose)
            : null;
}
