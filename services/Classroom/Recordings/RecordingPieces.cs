using Marten;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Rooms;
using Stages.Classrooms.Sessions;
using Stages.ServiceDefaults;

namespace Stages.Classrooms.Recordings;

public sealed record NotRecording()
    : Refusal(RefusalKind.Conflict, "not-recording", "Aucun enregistrement n’est en cours.", "Nothing is being recorded.");

/// <summary>
/// Pieces come from the teacher's browser while the class is recorded, and are refused from the moment in which it may no longer
/// be: also when that browser does not stop. Read by the class's teacher and its coordinators, deleted by them or by themselves.
/// </summary>
public static class RecordingPieces
{
    /// <summary>Five seconds at the rate that the page asks for are a tenth of it, in bytes.</summary>
    public const int LargestPiece = 2 * 1024 * 1024;

    /// <summary>Of five seconds: three hours.</summary>
    private const int MostPieces = 2160;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/classroom/recordings/{recording:guid}/{number:int:range(0,2160)}", Keep)
            .ExcludeFromDescription()
            .ForSeats()
            .WithMetadata(new RequestSizeLimitAttribute(LargestPiece));
        routes
            .MapGet("/api/modules/{id:guid}/recordings", Read)
            .For(Roles.Teacher, Roles.Coordinator)
            .Produces<Page<RecordingView>>()
            .ProducesProblem(403)
            .ProducesProblem(404);
        routes
            .MapGet("/api/modules/{id:guid}/recordings/{recording:guid}", Play)
            .For(Roles.Teacher, Roles.Coordinator)
            .Produces(200, contentType: "video/webm")
            .ProducesProblem(403)
            .ProducesProblem(404);
        routes
            .MapDelete("/api/modules/{id:guid}/recordings/{recording:guid}", Delete)
            .For(Roles.Teacher, Roles.Coordinator)
            .Produces(204)
            .ProducesProblem(403)
            .ProducesProblem(404);
    }

    private static async Task<IResult> Keep(
        Guid recording,
        int number,
        HttpContext http,
        IDocumentStore store,
        Journal journal,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var seat = SeatClaims.Of(http.User);
        if (seat.Role != ParticipantRole.Teacher)
            return new TeacherOnly().AsProblem();
        if (number >= MostPieces)
            return new NotRecording().AsProblem();
        using var piece = new MemoryStream();
        await http.Request.Body.CopyToAsync(piece, cancel);
        // Looked at after the last byte has come: what was agreed when the first one left may have been taken back.
        await using var query = store.QuerySession();
        var session = await query.LoadAsync<ClassSession>(seat.ModuleId, cancel);
        if (session?.Recording != recording)
            return new NotRecording().AsProblem();
        var rule = await RecordingRule.Of(query, session.CampaignId, cancel);
        if (!rule.Allowed)
            return new RecordingNotAllowed().AsProblem();
        var now = clock.GetUtcNow();
        await journal.Decide(
            Decision.Nothing.AndSql(
                RecordingTable.Insert,
                recording,
                number,
                seat.ModuleId,
                now,
                piece.ToArray(),
                now.AddDays(rule.KeptDays)
            ),
            cancel
        );
        return Results.NoContent();
    }

    private static async Task<IResult> Read(
        Guid id,
        Caller caller,
        IDocumentStore store,
        NpgsqlDataSource database,
        CancellationToken cancel
    ) =>
        await Refuse(id, caller, store, cancel) ?? Results.Ok(new Page<RecordingView>(await RecordingTable.Of(database, id, cancel), null));

    private static async Task<IResult> Play(
        Guid id,
        Guid recording,
        Caller caller,
        IDocumentStore store,
        NpgsqlDataSource database,
        HttpContext http,
        CancellationToken cancel
    )
    {
        if (await Refuse(id, caller, store, cancel) is { } refused)
            return refused;
        if ((await RecordingTable.Of(database, id, cancel)).All(r => r.Id != recording))
            return new NotFound().AsProblem();
        http.Response.Headers.CacheControl = "no-store";
        return Results.Stream(to => RecordingTable.Write(database, id, recording, to, cancel), "video/webm");
    }

    private static async Task<IResult> Delete(
        Guid id,
        Guid recording,
        Caller caller,
        IDocumentStore store,
        Journal journal,
        CancellationToken cancel
    )
    {
        if (await Refuse(id, caller, store, cancel) is { } refused)
            return refused;
        await journal.Decide(Decision.Nothing.AndSql(RecordingTable.Delete, id, recording), cancel);
        return Results.NoContent();
    }

    private static async Task<IResult?> Refuse(Guid moduleId, Caller caller, IDocumentStore store, CancellationToken cancel)
    {
        await using var query = store.QuerySession();
        if (await query.LoadAsync<ClassModule>(moduleId, cancel) is not { } module)
            return new NotFound().AsProblem();
        var room = (await query.LoadAsync<Room>(module.StageId, cancel))!;
        return room.IsKeptBy(caller) ? null : new NotOfThisClass().AsProblem();
    }
}

/// <summary>Deletes what has been kept for as long as the campaign said.</summary>
public sealed class ForgetRecordings(Journal journal, TimeProvider clock)
{
    public const string Every = "0 5 * * * *";

    public Task Run(CancellationToken cancel) => journal.Decide(Decision.Nothing.AndSql(RecordingTable.Forget, clock.GetUtcNow()), cancel);
}
