using Microsoft.AspNetCore.Mvc;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Pictures;

namespace Stages.Classrooms.Documents;

public sealed record NotAPicture()
    : Refusal(RefusalKind.Rule, "not-a-picture", "Une page est une image WebP, JPEG ou PNG.", "A page is a WebP, JPEG or PNG picture.");

public sealed record PageTooLarge() : Refusal(RefusalKind.Rule, "page-too-large", "Cette page est trop grande.", "This page is too large.");

public sealed record DocumentComplete()
    : Refusal(RefusalKind.Conflict, "document-complete", "Ce document est déjà complet.", "This document is complete already.");

/// <summary>
/// The pages of a teacher's PDF, as pictures that the teacher's own browser makes: pupils load one page at a time, need no reader
/// on their telephone, and open nobody's file. The PDF itself never comes here. A picture on the board is one page.
/// </summary>
public static class Pages
{
    /// <summary>In bytes; a dense page of text is a fifth of it.</summary>
    public const int LargestPicture = 1024 * 1024;

    public const int LongestWords = 20_000;

    private const int LargestForm = LargestPicture + (4 * LongestWords) + 4096;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/classroom/pages/{document:guid}/{number:int:range(1,100)}").ExcludeFromDescription().ForSeats();
        pages.MapPost("", Keep).WithMetadata(new RequestSizeLimitAttribute(LargestForm)).DisableAntiforgery();
        pages.MapGet("", Show);
        pages.MapGet("words", Words);
    }

    private static async Task<IResult> Keep(Guid document, int number, VirusScanner scanner, [AsParameters] CommandContext context)
    {
        var (http, reads, cancel) = (context.Http, context.Reads, context.Cancel);
        var seat = SeatClaims.Of(http.User);
        var here = (await reads.LoadAsync<ClassSession>(seat.ModuleId, cancel))?.SeatOf(seat.ParticipantId);
        if (here is null || !Actor.Of(here).IsTeacher)
            return new TeacherOnly().AsProblem();
        var desk = await reads.LoadAsync<Desk>(Desk.IdOf(seat.ModuleId), cancel);
        if (desk?.Document(document) is not null)
            return new DocumentComplete().AsProblem();
        if ((desk?.Documents?.Length ?? 0) >= DeskRules.MostDocuments)
            return new TooManyDocuments().AsProblem();
        var module = (await reads.LoadAsync<ClassModule>(seat.ModuleId, cancel))!;

        if (!http.Request.HasFormContentType)
            return new NotAPicture().AsProblem();
        var form = await http.Request.ReadFormAsync(cancel);
        if (form.Files["picture"] is not { } file)
            return new NotAPicture().AsProblem();
        var words = form["words"].ToString();
        if (file.Length > LargestPicture || words.Length > LongestWords)
            return new PageTooLarge().AsProblem();
        using var picture = new MemoryStream((int)file.Length);
        await file.CopyToAsync(picture, cancel);
        var bytes = picture.ToArray();
        if (await scanner.Look(bytes, cancel) is { } infected)
            return infected.AsProblem();
        // The page draws it anew; another program may send what it likes.
        if (Picture.Anew(bytes) is not { } drawn)
            return new NotAPicture().AsProblem();
        await context.Decide(
            Decision.Nothing.AndSql(
                PageTable.Rows.Insert,
                document,
                number,
                seat.ModuleId,
                drawn.Type,
                drawn.Bytes,
                words.Replace("\0", "", StringComparison.Ordinal),
                (module.EndsAt + EnterClass.Goodbye).ToUniversalTime()
            )
        );
        return Results.NoContent();
    }

    private static Task<IResult> Show([AsParameters] AskedPage asked) => asked.Give(page => Results.Bytes(page.Picture, page.Type));

    private static Task<IResult> Words([AsParameters] AskedPage asked) => asked.Give(page => Results.Text(page.Words));

    /// <summary>For who is in the class, and only what was laid out there.</summary>
    internal sealed record AskedPage(
        Guid Document,
        int Number,
        HttpContext Http,
        IQuerySession Reads,
        NpgsqlDataSource Database,
        AskClass Classes,
        CancellationToken Cancel
    )
    {
        public async Task<IResult> Give(Func<PagePicture, IResult> answer)
        {
            if (await Find() is not { } page)
                return Results.NotFound();
            // The class page keeps it as long as it is open; nothing stays on a family's computer when the class is over.
            Http.Response.Headers.CacheControl = "no-store";
            Http.Response.Headers.XContentTypeOptions = "nosniff";
            return answer(page);
        }

        private async Task<PagePicture?> Find()
        {
            var seat = SeatClaims.Of(Http.User);
            var session = await Reads.LoadAsync<ClassSession>(seat.ModuleId, Cancel);
            if (session?.SeatOf(seat.ParticipantId) is not { Admitted: true, Removed: false })
                return null;
            var desk = await Reads.LoadAsync<Desk>(Desk.IdOf(seat.ModuleId), Cancel);
            var isShown = desk?.Document(Document) is not null || await IsOnBoard(seat);
            return !isShown ? null : await PageTable.Find(Database, seat.ModuleId, Document, Number, Cancel);
        }

        private async Task<bool> IsOnBoard(SeatClaims seat) =>
            !(await Classes.Show(seat.ModuleId, new Actor(seat.ParticipantId, ""), new MaySeePicture(Document), Cancel)).Refused;
    }
}

/// <summary>Every ten minutes: pages of classes that are over are deleted. A class ends a quarter of an hour after its module.</summary>
public sealed class ForgetPages(Journal journal, TimeProvider clock)
{
    public const string Every = "0 */10 * * * *";

    public Task Run(CancellationToken cancel) => journal.Decide(Decision.Nothing.AndSql(PageTable.Rows.Forget, clock.GetUtcNow()), cancel);
}
