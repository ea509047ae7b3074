namespace Stages.Classrooms.Attendance;

public static class ReadAttendance
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/modules/{id:guid}/attendance", Read)
            .For(Roles.Teacher, Roles.Coordinator)
            .ReadsFiles<ModuleAttendance>(a => a.Pupils.Select(p => p.EnrolmentId))
            .Produces<ModuleAttendance>()
            .ProducesProblem(403)
            .ProducesProblem(404);

    private static async Task<IResult> Read(
        Guid id,
        Caller caller,
        IQuerySession reads,
        TimeProvider clock,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var (known, room, refusal) = await ClassRooms.FindKept(reads, id, caller, cancel);
        if (refusal is not null)
            return refusal.AsProblem();
        var session = await reads.LoadAsync<ClassSession>(id, cancel);
        var families = await reads.LoadManyAsync<PupilFamily>(cancel, room!.Stage.Pupils.Select(p => p.EnrolmentId).ToArray());
        http.SetETag((await reads.Events.FetchStreamStateAsync(id, cancel))?.Version ?? 0);
        return Results.Ok(Describe(known!, room, session, [.. families.Where(f => room.Tells(caller, f.Id))], clock.GetUtcNow()));
    }

    public static ModuleAttendance Describe(
        ClassModule module,
        Room room,
        ClassSession? session,
        IReadOnlyList<PupilFamily> families,
        DateTimeOffset now
    )
    {
        var until = now < module.EndsAt ? now : module.EndsAt;
        // A pupil who has left the group since is still shown when they were there.
        var pupils = room
            .Stage.Pupils.Select(p => p.EnrolmentId)
            .Union(session?.Seats.Where(s => s.EnrolmentId is not null && s.Presences.Length > 0).Select(s => s.EnrolmentId!.Value) ?? []);
        var teacher = session?.Seats.FirstOrDefault(s => s.Role == ParticipantRole.Teacher);
        return new ModuleAttendance(
            module.Id,
            module.StageId,
            module.Cancelled ? "cancelled"
                : now < module.StartsAt - JoinClass.Early ? "announced"
                : now < module.EndsAt ? "open"
                : "over",
            module.StartsAt,
            module.EndsAt,
            (int)(module.EndsAt - module.StartsAt).TotalMinutes,
            teacher is null ? 0 : PresenceTime.Minutes(PresenceTime.Within(teacher.Presences, module.StartsAt, until)),
            [.. pupils.Select(id => DescribePupil(id, module, session, families, until))]
        );
    }

    private static PupilAttendance DescribePupil(
        Guid enrolmentId,
        ClassModule module,
        ClassSession? session,
        IReadOnlyList<PupilFamily> families,
        DateTimeOffset until
    )
    {
        var measured = PresenceTime.MinutesOf(session, enrolmentId, module.StartsAt, until);
        var correction = session?.Corrections.FirstOrDefault(c => c.EnrolmentId == enrolmentId);
        var seat = session?.Seats.FirstOrDefault(s => s.EnrolmentId == enrolmentId);
        return new PupilAttendance(
            enrolmentId,
            families.FirstOrDefault(f => f.Id == enrolmentId)?.FirstName ?? "",
            correction?.Minutes ?? measured,
            measured,
            correction is null ? "classroom" : "teacher",
            correction?.Note,
            seat?.Current is not null,
            [.. (seat?.Presences ?? []).Select(p => new Stay(p.From, p.To))]
        );
    }
}
