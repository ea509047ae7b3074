namespace Stages.Classrooms.Recordings;

/// <summary>
/// Somebody who may watch recordings of a stage: its teacher, a coordinator who looks into it, and a family of its group where the
/// campaign says so.
/// </summary>
/// <param name="Keeps">Teacher or coordinator: watches all, and may delete.</param>
public sealed record Watcher(bool Keeps, RecordingRule Rule)
{
    public bool Sees(ClassModule module) => Keeps || Rule.IsForFamilies(module.StartsAt);

    /// <summary>Null: nobody who belongs to this group.</summary>
    public static async Task<Watcher?> Of(IQuerySession reads, Room room, Caller caller, CancellationToken cancel)
    {
        var rule = await RecordingRule.Of(reads, room.CampaignId, cancel);
        if (room.IsKeptBy(caller))
            return new Watcher(true, rule);
        if (!caller.IsFamily)
            return null;
        var families = await reads.LoadManyAsync<PupilFamily>(cancel, room.Stage.Pupils.Select(p => p.EnrolmentId).ToArray());
        return families.Any(f => f.PersonIds.Contains(caller.Id)) ? new Watcher(false, rule) : null;
    }
}
