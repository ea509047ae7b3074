using System.Text;
using Microsoft.AspNetCore.Mvc;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Library;

namespace Stages.Classrooms.Handed;

public sealed record FileIsTooLarge()
    : Refusal(RefusalKind.Rule, "file-too-large", "Ce fichier dépasse 10 Mo.", "This file is larger than 10 MB.");

public sealed record FilesFull()
    : Refusal(
        RefusalKind.Conflict,
        "files-full",
        "Il n’y a plus de place pour un fichier dans cette classe : l’enseignant peut en retirer.",
        "There is no room for another file in this class: the teacher may take some away."
    );

/// <summary>
/// The teacher hands a file out, to all or to some; a pupil hands their work in, which adults of the class alone see. What goes through
/// here is given on as a file to be kept, and never shown as a page of ours.
/// </summary>
public static class HandFiles
{
    private const int LargestForm = FileKinds.Largest + (64 * 1024);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("/classroom/handed").ExcludeFromDescription().ForSeats();
        files.MapGet("", List);
        files.MapPost("{file:guid}", Keep).WithMetadata(new RequestSizeLimitAttribute(LargestForm)).DisableAntiforgery();
        files.MapGet("{file:guid}", Give);
        files.MapDelete("{file:guid}", TakeAway);
    }

    private static async Task<IResult> List([AsParameters] ByWhom asked) =>
        await asked.Actor() is not { } actor
            ? new NotNow().AsProblem()
            : Results.Ok(
                (await FileTable.Of(asked.Database, asked.Module, asked.Cancel))
                    .Where(f => f.IsFor(actor))
                    .Select(f => actor.Role == ParticipantRole.Pupil ? f with { To = null } : f)
            );

    private static async Task<IResult> Keep(
        Guid file,
        [AsParameters] ByWhom asked,
        AskClass classes,
        VirusScanner scanner,
        TimeProvider clock
    )
    {
        if (await asked.Actor() is not { } actor)
            return new NotNow().AsProblem();
        if (actor.Role == ParticipantRole.Coordinator)
            return new TeacherOnly().AsProblem();
        if (!asked.Http.Request.HasFormContentType)
            return new NotValid().AsProblem();
        var form = await asked.Http.Request.ReadFormAsync(asked.Cancel);
        if (form.Files["file"] is not { } sent)
            return new NotValid().AsProblem();
        if (sent.Length > FileKinds.Largest)
            return new FileIsTooLarge().AsProblem();
        if (await asked.To(form["to"]) is not { } to || (to.Length > 0 && !actor.IsTeacher))
            return new NotValid().AsProblem();
        using var all = new MemoryStream((int)sent.Length);
        await sent.CopyToAsync(all, asked.Cancel);
        var content = all.ToArray();
        var looked = FileKinds.Look(content);
        if (looked.Kind is not { } kind)
            return looked.Refusal!.AsProblem();
        if (await scanner.Look(content, asked.Cancel) is { } infected)
            return infected.AsProblem();
        if (PlainFiles.Of(kind, content) is not { } plain)
            return new FileNotOfAKind().AsProblem();
        // Their seat is looked at once more: the bytes took their time.
        if (await asked.Actor() is null)
            return new NotNow().AsProblem();
        Guid? work = actor.IsTeacher ? null : actor.ParticipantId;
        var name = FileNames.Clean(sent.FileName, kind);
        var handed = new HandedFile(file, work, to.Length > 0 ? to : null, name, kind.Type, plain.Length, clock.GetUtcNow());
        if (!await FileTable.Keep(asked.Database, asked.Module, handed, plain, asked.Cancel))
            return new FilesFull().AsProblem();
        await classes.Show(asked.Module, actor, new TellOfFile(work is not null, handed.To), asked.Cancel);
        return Results.NoContent();
    }

    private static async Task<IResult> Give(Guid file, [AsParameters] ByWhom asked, Journal journal)
    {
        if (await asked.Find(file) is not ({ } actor, { } found))
            return Results.NotFound();
        if (actor.Role == ParticipantRole.Pupil && found.Resource is { } consulted)
            await journal.Decide(OpenResource.Count(consulted), asked.Cancel);
        return await ToKeep(asked.Http, asked.Database, asked.Module, found, asked.Cancel);
    }

    /// <summary>To be kept, never to be opened where it came from; a link leads on.</summary>
    public static async Task<IResult> ToKeep(
        HttpContext http,
        NpgsqlDataSource database,
        Guid module,
        HandedFile found,
        CancellationToken cancel
    )
    {
        if (await FileTable.Content(database, module, found.Id, cancel) is not { } content)
            return Results.NotFound();
        return found.Type == GivenOut.LinkType
            ? GivenOut.Link(http, Encoding.UTF8.GetString(content))
            : GivenOut.File(http, content, found.Type, found.Name);
    }

    /// <summary>The teacher takes away any, a pupil their own work.</summary>
    private static async Task<IResult> TakeAway(Guid file, [AsParameters] ByWhom asked, AskClass classes)
    {
        if (await asked.Find(file) is not ({ } actor, { } found))
            return Results.NotFound();
        if (!actor.IsTeacher && found.WorkOf != actor.ParticipantId)
            return new TeacherOnly().AsProblem();
        await FileTable.Delete(asked.Database, asked.Module, file, asked.Cancel);
        var whose = found.WorkOf is { } pupil && actor.IsTeacher ? [pupil] : found.To;
        await classes.Show(asked.Module, actor, new TellOfFile(found.WorkOf == actor.ParticipantId, whose), asked.Cancel);
        return Results.NoContent();
    }

    /// <summary>Who is in the class, by the log and not by what they say.</summary>
    internal sealed record ByWhom(HttpContext Http, IDocumentStore Store, NpgsqlDataSource Database, CancellationToken Cancel)
    {
        public Guid Module => SeatClaims.Of(Http.User).ModuleId;

        /// <summary>Null for who is not, or no longer, in.</summary>
        public async Task<Actor?> Actor()
        {
            // Read anew each time: between the first look and the last byte somebody may have been sent out.
            await using var query = Store.QuerySession();
            var session = await query.LoadAsync<ClassSession>(Module, Cancel);
            return session?.SeatOf(SeatClaims.Of(Http.User).ParticipantId) is { } seat && session.IsInside(seat)
                ? Desks.Actor.Of(seat)
                : null;
        }

        /// <summary>A file that they may see.</summary>
        public async Task<(Actor? Actor, HandedFile? File)> Find(Guid id)
        {
            if (await Actor() is not { } actor || await FileTable.Find(Database, Module, id, Cancel) is not { } file)
                return (null, null);
            return file.IsFor(actor) ? (actor, file) : (actor, null);
        }

        /// <summary>Pupils of this class; none: everybody. Null where somebody else is named.</summary>
        public async Task<Guid[]?> To(IReadOnlyList<string?> said)
        {
            if (said.Count == 0)
                return [];
            await using var query = Store.QuerySession();
            var (room, _, _) = await ClassRooms.Find(query, Module, Cancel);
            var pupils = (room?.Stage.Pupils ?? []).Select(p => ClassSession.ParticipantIdOf(Module, p.EnrolmentId)).ToHashSet();
            var to = said.Select(s => Guid.TryParse(s, out var id) && pupils.Contains(id) ? id : Guid.Empty).Distinct().ToArray();
            return to.Contains(Guid.Empty) ? null : to;
        }
    }
}
