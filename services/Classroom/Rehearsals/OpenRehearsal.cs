namespace Stages.Classrooms.Rehearsals;

/// <summary>
/// A teacher opens a class of their own to try it out, at any time, alone with two pupils who do not exist. It is in no timetable and no
/// campaign: no family is told, nobody is counted as present or missing, and all of it is deleted when it is over.
/// </summary>
public static class OpenRehearsal
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/classroom/rehearsals", Open).For(Roles.Teacher).Produces<RehearsalView>();

    private static async Task<IResult> Open([AsParameters] CommandContext context)
    {
        var (teacher, now) = (context.Caller, context.Now);
        var id = HashId.Of(IdSpace.Rehearsal, teacher.Id.ToString());
        // One at a time: whoever comes back finds it as it was.
        if (
            await context.Reads.LoadAsync<Room>(id, context.Cancel) is { } open
            && open.Stage.Modules is [var running]
            && running.EndsAt > now + TimeSpan.FromMinutes(5)
        )
            return Results.Ok(new RehearsalView(running.ModuleId, running.EndsAt));
        var module = new RoomModule(Guid.CreateVersion7(now), now, now + Rehearsal.Length);
        var mocks = Rehearsal.Names.Select(name => new PupilFamily(Guid.CreateVersion7(now), Guid.Empty, 1, name, [], null)).ToArray();
        var stage = new StageContent(
            1,
            "",
            [],
            HomeZone.Id,
            teacher.Id,
            (teacher.Name ?? "").Split(' ')[0],
            [module],
            [.. mocks.Select(m => new RoomPupil(m.Id, null))]
        );
        // Documents alone: an event would be told to others.
        await context.Decide(
            Decision
                .Nothing.AndStore(new Room(id, Guid.Empty, false, stage, IsRehearsal: true))
                .AndStore(new ClassModule(module.ModuleId, id, Guid.Empty, module.StartsAt, module.EndsAt, mocks.Length + 1, false, true))
                .AndInsert(mocks)
        );
        return Results.Ok(new RehearsalView(module.ModuleId, module.EndsAt));
    }
}
