using Stages.Classrooms.Campaigns;

namespace Stages.Classrooms.Recordings;

/// <summary>All recordings of a stage for one page, with what its campaign says about them.</summary>
public static class ReadStageRecordings
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/classroom/stages/{id:guid}/recordings", Read)
            .For(Roles.Teacher, Roles.Coordinator, Roles.Family)
            .Produces<StageRecordings>()
            .ProducesProblem(403)
            .ProducesProblem(404);

    private static async Task<IResult> Read(
        Guid id,
        Caller caller,
        IQuerySession reads,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        if (await reads.LoadAsync<Room>(id, cancel) is not { } room)
            return new NotFound().AsProblem();
        if (await Watcher.Of(reads, room, caller, cancel) is not { } watcher)
            return new NotOfThisClass().AsProblem();
        // Cancelled ones too: what was recorded before stands until its day.
        var modules = await reads.Query<ClassModule>().Where(m => m.StageId == id).OrderBy(m => m.StartsAt).ToListAsync(cancel);
        var seen = modules.Where(watcher.Sees).ToList();
        var films = await RecordingTable.Of(database, [.. seen.Select(m => m.Id)], cancel);
        var running = (await reads.LoadManyAsync<ClassSession>(cancel, seen.Select(m => m.Id).ToArray()))
            .Select(s => s.Recording)
            .ToHashSet();
        var campaign = await reads.LoadAsync<KnownCampaign>(room.CampaignId, cancel);
        var (rule, now) = (watcher.Rule, clock.GetUtcNow());
        return Results.Ok(
            new StageRecordings(
                id,
                room.CampaignId,
                campaign?.SubjectName(room.Stage.Subject) ?? room.Stage.Subject,
                room.Stage.Levels,
                room.Stage.TeacherFirstName,
                room.Stage.TimeZone,
                rule.Allowed,
                rule.KeptDays,
                rule.IsForFamilies(now + JoinClass.Early),
                watcher.Keeps,
                [
                    .. seen.Where(m => films.Contains(m.Id))
                        .Select(m => new ModuleRecordings(
                            m.Id,
                            m.StartsAt,
                            m.EndsAt,
                            [.. films[m.Id].Select(f => f with { Running = running.Contains(f.Id) })]
                        )),
                ]
            )
        );
    }
}
