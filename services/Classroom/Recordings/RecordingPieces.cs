using Microsoft.AspNetCore.Mvc;

namespace Stages.Classrooms.Recordings;

public sealed record NotRecording()
    : Refusal(RefusalKind.Conflict, "not-recording", "Aucun enregistrement n’est en cours.", "Nothing is being recorded.");

public sealed record NotAFilm()
    : Refusal(RefusalKind.Rule, "not-a-film", "Un enregistrement est un film WebM.", "A recording is a WebM film.");

public sealed record StillRecording()
    : Refusal(
        RefusalKind.Conflict,
        "still-recording",
        "Cet enregistrement est en cours : arrêtez-le dans la classe avant de le supprimer.",
        "This is being recorded now: stop it in class before you delete it."
    );

/// <summary>
/// Pieces come from the teacher's browser while the class is recorded, and are refused from the moment in which it may no longer
/// be: also when that browser does not stop. Watched by whom <see cref="Watcher"/> names, deleted by teacher and coordinators or by
/// themselves.
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
            .For(Roles.Teacher, Roles.Coordinator, Roles.Family)
            .Produces<Page<RecordingView>>()
            .ProducesProblem(403)
            .ProducesProblem(404);
        routes
            .MapGet("/api/modules/{id:guid}/recordings/{recording:guid}", Play)
            .For(Roles.Teacher, Roles.Coordinator, Roles.Family)
            .ReadsFiles()
            .Produces(200, contentType: "video/webm")
            .ProducesProblem(403)
            .ProducesProblem(404);
        routes
            .MapDelete("/api/modules/{id:guid}/recordings/{recording:guid}", Delete)
            .For(Roles.Teacher, Roles.Coordinator)
            .Audited(AuditKinds.Erasure)
            .Produces(204)
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(409);
    }

    private static async Task<IResult> Keep(Guid recording, int number, VirusScanner scanner, [AsParameters] CommandContext context)
    {
        var (http, reads, cancel) = (context.Http, context.Reads, context.Cancel);
        var seat = SeatClaims.Of(http.User);
        if (seat.Role != ParticipantRole.Teacher)
            return new TeacherOnly().AsProblem();
        if (number >= MostPieces)
            return new NotRecording().AsProblem();
        using var piece = new MemoryStream();
        await http.Request.Body.CopyToAsync(piece, cancel);
        var bytes = piece.ToArray();
        if (await scanner.Look(bytes, cancel) is { } infected)
            return infected.AsProblem();
        // Looked at after the last byte has come: what was agreed when the first one left may have been taken back.
        var session = await reads.LoadAsync<ClassSession>(seat.ModuleId, cancel);
        if (session?.Recording != recording)
            return new NotRecording().AsProblem();
        var rule = await RecordingRule.Of(reads, session.CampaignId, cancel);
        if (!rule.Allowed)
            return new RecordingNotAllowed().AsProblem();
        // The others are given out behind it alone (RecordingTable.Open).
        if (number == 0 && !WebM.Begins(bytes))
            return new NotAFilm().AsProblem();
        // By its own clock: the bytes took their time.
        var now = context.Clock.GetUtcNow();
        await context.Decide(
            Decision.Nothing.AndSql(RecordingTable.Rows.Insert, recording, number, seat.ModuleId, now, bytes, now.AddDays(rule.KeptDays))
        );
        return Results.NoContent();
    }

    private static async Task<IResult> Read([AsParameters] KeptModule module) =>
        await module.Refusal() ?? Results.Ok(new Page<RecordingView>(await module.Recordings(), null));

    private static async Task<IResult> Play(Guid recording, HttpContext http, [AsParameters] KeptModule module)
    {
        if (await module.Refusal() is { } refused)
            return refused;
        var film = await RecordingTable.Open(module.Database, module.Id, recording, module.Cancel);
        if (film.Length == 0)
            return new NotFound().AsProblem();
        http.Response.Headers.CacheControl = "no-store";
        return Results.Stream(film, "video/webm", enableRangeProcessing: true);
    }

    private static async Task<IResult> Delete(Guid recording, Journal journal, [AsParameters] KeptModule module)
    {
        if (await module.Refusal() is { } refused)
            return refused;
        // What is being recorded would go on without its beginning.
        if ((await module.Reads.LoadAsync<ClassSession>(module.Id, module.Cancel))?.Recording == recording)
            return new StillRecording().AsProblem();
        await journal.Decide(Decision.Nothing.AndSql(RecordingTable.Rows.Delete, module.Id, recording), module.Cancel);
        return Results.NoContent();
    }

    /// <summary>A module whose recordings somebody asks for.</summary>
    internal sealed record KeptModule(Guid Id, Caller Caller, IQuerySession Reads, NpgsqlDataSource Database, CancellationToken Cancel)
    {
        public async Task<IResult?> Refusal()
        {
            if (await Reads.LoadAsync<ClassModule>(Id, Cancel) is not { } module)
                return new NotFound().AsProblem();
            var room = (await Reads.LoadAsync<Room>(module.StageId, Cancel))!;
            var watches = await Watcher.Of(Reads, room, Caller, Cancel);
            return watches?.Sees(module) == true ? null : new NotOfThisClass().AsProblem();
        }

        public Task<IReadOnlyList<RecordingView>> Recordings() => RecordingTable.Of(Database, Id, Cancel);
    }
}

/// <summary>Deletes what has been kept for as long as the campaign said.</summary>
public sealed class ForgetRecordings(Journal journal, TimeProvider clock)
{
    public const string Every = "0 5 * * * *";

    public Task Run(CancellationToken cancel) =>
        journal.Decide(Decision.Nothing.AndSql(RecordingTable.Rows.Forget, clock.GetUtcNow()), cancel);
}
