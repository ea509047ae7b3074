namespace Stages.Classrooms.Rooms;

/// <summary>Finds a module's room, and says who may look into it.</summary>
public static class ClassRooms
{
    public static async Task<(Room? Room, RoomModule? Module, Refusal? Refusal)> Find(
        IQuerySession session,
        Guid moduleId,
        CancellationToken cancel
    )
    {
        var known = await session.LoadAsync<ClassModule>(moduleId, cancel);
        if (known is null)
            return (null, null, new NotFound());
        var room =
            await session.LoadAsync<Room>(known.StageId, cancel) ?? throw new InvalidOperationException($"Module {moduleId} has no room.");
        var module = room.Module(moduleId);
        return known.Cancelled || room.Released || module is null ? (room, null, new ModuleCancelled()) : (room, module, null);
    }

    /// <summary>A module, also one that is cancelled, for its teacher and the coordinators who look into it.</summary>
    public static async Task<(ClassModule? Module, Room? Room, Refusal? Refusal)> FindKept(
        IQuerySession session,
        Guid moduleId,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (await session.LoadAsync<ClassModule>(moduleId, cancel) is not { } module)
            return (null, null, new NotFound());
        var room = (await session.LoadAsync<Room>(module.StageId, cancel))!;
        return room.IsKeptBy(caller) ? (module, room, null) : (null, null, new NotOfThisClass());
    }

    /// <summary>A coordinator looks into classes with at least one pupil of their territory.</summary>
    public static bool IsSeenBy(this Room room, Caller caller) =>
        caller.IsCoordinator
        && (caller.Territory is null || room.Stage.Pupils.Any(p => p.SchoolUai is not null && caller.Covers(p.SchoolUai)));

    /// <summary>
    /// Who keeps the room is told of this pupil by name, and may correct what is written about them: its teacher of all, a coordinator of
    /// the pupils of their territory. Of one who has left the group nobody here knows the school any more.
    /// </summary>
    public static bool Tells(this Room room, Caller caller, Guid enrolment) =>
        caller.Territory is null
        || !caller.IsCoordinator
        || room.Stage.Pupils.Any(p => p.EnrolmentId == enrolment && p.SchoolUai is not null && caller.Covers(p.SchoolUai));

    /// <summary>Its teacher, or a coordinator who looks into it.</summary>
    public static bool IsKeptBy(this Room room, Caller caller) =>
        (caller.IsTeacher && room.Stage.TeacherId == caller.Id) || room.IsSeenBy(caller);
}
