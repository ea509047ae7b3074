using Stages.Classrooms.Campaigns;
using Stages.Classrooms.Library;

namespace Stages.Classrooms.Handed;

/// <summary>What was handed out and handed in, after its class as well, until it is deleted (<see cref="ForgetContent"/>).</summary>
public static class ReadStageFiles
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/classroom/stages/{id:guid}/files", Read)
            .For(Roles.Teacher, Roles.Coordinator, Roles.Family)
            .ReadsFiles<StageFiles>(s => s.Items.SelectMany(m => m.Files).Select(f => f.EnrolmentId).OfType<Guid>())
            .WithSummary("Files of the classes of a stage")
            .Produces<StageFiles>()
            .ProducesProblem(403)
            .ProducesProblem(404);
        routes
            .MapGet("/api/modules/{id:guid}/files/{file:guid}", Give)
            .For(Roles.Teacher, Roles.Coordinator, Roles.Family)
            .ReadsFiles()
            .WithSummary("One file of a class, to be kept")
            .Produces(200)
            .ProducesProblem(403)
            .ProducesProblem(404);
    }

    private static async Task<IResult> Read(
        Guid id,
        Caller caller,
        IQuerySession reads,
        NpgsqlDataSource database,
        Retention retention,
        CancellationToken cancel
    )
    {
        if (await reads.LoadAsync<Room>(id, cancel) is not { } room)
            return new NotFound().AsProblem();
        if (await FileReader.Of(reads, room, caller, cancel) is not { } reader)
            return new NotOfThisClass().AsProblem();
        var days = retention.DaysOf(ForgetContent.Content.Name);
        var modules = await reads.Query<ClassModule>().Where(m => m.StageId == id).OrderBy(m => m.StartsAt).ToListAsync(cancel);
        var files = await FileTable.Of(database, [.. modules.Select(m => m.Id)], cancel);
        ModuleFiles FilesOf(ClassModule module) =>
            new(
                module.Id,
                module.StartsAt,
                module.EndsAt,
                module.EndsAt.AddDays(days),
                [.. files[module.Id].Where(f => reader.Sees(module.Id, f)).Select(f => reader.View(module.Id, f))]
            );
        var campaign = await reads.LoadAsync<KnownCampaign>(room.CampaignId, cancel);
        return Results.Ok(
            new StageFiles(
                id,
                room.CampaignId,
                campaign?.SubjectName(room.Stage.Subject) ?? room.Stage.Subject,
                room.Stage.Levels,
                room.Stage.TeacherFirstName,
                room.Stage.TimeZone,
                reader.Keeps,
                [.. modules.Select(FilesOf).Where(m => m.Files.Count > 0)]
            )
        );
    }

    private static async Task<IResult> Give(
        Guid id,
        Guid file,
        Caller caller,
        IQuerySession reads,
        NpgsqlDataSource database,
        HttpContext http,
        Journal journal,
        CancellationToken cancel
    )
    {
        if (await reads.LoadAsync<ClassModule>(id, cancel) is not { } module)
            return new NotFound().AsProblem();
        var room = (await reads.LoadAsync<Room>(module.StageId, cancel))!;
        if (await FileReader.Of(reads, room, caller, cancel) is not { } reader)
            return new NotOfThisClass().AsProblem();
        // Another pupil's work is as if it were not there.
        if (await FileTable.Find(database, id, file, cancel) is not { } found || !reader.Sees(id, found))
            return new NotFound().AsProblem();
        if (caller.IsFamily && found.Resource is { } consulted)
            await journal.Decide(OpenResource.Count(consulted), cancel);
        return await HandFiles.ToKeep(http, database, id, found, cancel);
    }
}
