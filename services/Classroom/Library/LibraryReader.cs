namespace Stages.Classrooms.Library;

/// <summary>
/// What somebody sees of a campaign's library. Who teaches a stage there, and coordinators, see all that is accepted; a family what suits a
/// stage in which their child has a place. Who proposed something sees it in any state, and so does the coordinator who decides on it.
/// </summary>
/// <param name="Rooms">
/// Those that the caller teaches, or in which a child of theirs has a place; for the coordinator of a territory those of the proposers.
/// </param>
public sealed record LibraryReader(Caller Caller, Guid Campaign, IReadOnlyList<Room> Rooms)
{
    public bool IsOfIt => Caller.IsCoordinator || Rooms.Count > 0;

    public bool Sees(Resource resource) =>
        resource.CampaignId == Campaign
        && (
            resource.IsOf(Caller)
            || Decides(resource)
            || (resource.IsAccepted && IsOfIt && (!Caller.IsFamily || Rooms.Any(r => resource.Suits(r.Stage))))
        );

    /// <summary>As of a teacher's classes: a coordinator with a pupil of the territory in one of them.</summary>
    public bool Decides(Resource resource) =>
        Caller.IsCoordinator
        && (
            Caller.Territory is null
            || (resource.By != Guid.Empty && Rooms.Any(r => r.Stage.TeacherId == resource.By && r.IsSeenBy(Caller)))
        );

    /// <summary>The same, asked of the database.</summary>
    /// <param name="state">One of <see cref="ResourceStates"/>.</param>
    public IQueryable<Resource> Seen(IQueryable<Resource> all, string state)
    {
        var here = all.Where(r => r.CampaignId == Campaign && r.State == state);
        if (state == ResourceStates.Accepted)
            return !IsOfIt ? Own(all).Where(r => r.State == state)
                : Caller.IsFamily ? here.At(Rooms.SelectMany(r => Resource.PlacesOf(r.Stage)))
                : here;
        return !Caller.IsCoordinator ? Own(all).Where(r => r.State == state)
            : Caller.Territory is null ? here
            : here.By(Rooms.Where(r => r.IsSeenBy(Caller)).Select(r => r.Stage.TeacherId).OfType<Guid>());
    }

    public IQueryable<Resource> Own(IQueryable<Resource> all) =>
        all.Where(r => r.CampaignId == Campaign).By(Caller.IsTeacher ? [Caller.Id] : []);

    public static async Task<LibraryReader> Of(IQuerySession reads, Guid campaign, Caller caller, CancellationToken cancel)
    {
        var rooms = reads.Query<Room>().Where(r => r.CampaignId == campaign && !r.Released && !r.IsRehearsal);
        return new(
            caller,
            campaign,
            caller.IsTeacher ? await rooms.Where(r => r.Stage.TeacherId == caller.Id).ToListAsync(cancel)
                : caller.IsFamily ? await OfChildren(reads, rooms, campaign, caller, cancel)
                : caller.Territory is null ? []
                : await OfProposers(reads, rooms, campaign, cancel)
        );
    }

    private static async Task<IReadOnlyList<Room>> OfChildren(
        IQuerySession reads,
        IQueryable<Room> rooms,
        Guid campaign,
        Caller caller,
        CancellationToken cancel
    )
    {
        var children = await reads
            .Query<PupilFamily>()
            .Where(f => f.CampaignId == campaign && f.PersonIds.Contains(caller.Id))
            .ToListAsync(cancel);
        var found = new List<Room>();
        foreach (var child in children)
            found.AddRange(await rooms.Where(r => r.Stage.Pupils.Any(p => p.EnrolmentId == child.Id)).ToListAsync(cancel));
        return found;
    }

    private static async Task<IReadOnlyList<Room>> OfProposers(
        IQuerySession reads,
        IQueryable<Room> rooms,
        Guid campaign,
        CancellationToken cancel
    )
    {
        var proposers = await reads.Query<Resource>().Where(r => r.CampaignId == campaign).Select(r => r.By).Distinct().ToListAsync(cancel);
        return await rooms.TaughtBy(proposers).ToListAsync(cancel);
    }
}
