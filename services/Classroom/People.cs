using Stages.Classrooms.Classes;
using Stages.Classrooms.Handed;
using Stages.Classrooms.Library;

namespace Stages.Classrooms;

/// <summary>What this service holds of a person, for the Portal's export and erasure of personal data.</summary>
public static class People
{
    public sealed record PersonData(
        IReadOnlyList<PersonPupil> Pupils,
        IReadOnlyList<PersonClass> Classes,
        IReadOnlyList<PersonReport> Reports,
        IReadOnlyList<PersonWork> Works,
        IReadOnlyList<PersonResource> Resources
    );

    /// <summary>What they proposed for the library.</summary>
    public sealed record PersonResource(string Title, string About, string? Link, string? FileName, string State, DateTimeOffset At);

    /// <summary>A file that a pupil handed in.</summary>
    public sealed record PersonWork(Guid ModuleId, string Name, DateTimeOffset At);

    /// <summary>What they reported themselves; what is said of them is not theirs to read.</summary>
    public sealed record PersonReport(string About, string Text, DateTimeOffset At);

    internal static PersonReport Of(Reports.CheckTrouble t) => new("check", string.Join(", ", t.Faults), t.At);

    public sealed record PersonPupil(Guid EnrolmentId, string FirstName);

    public sealed record PersonClass(Guid ModuleId, string Role, Guid? EnrolmentId, IReadOnlyList<PersonStay> Stays);

    public sealed record PersonStay(DateTimeOffset From, DateTimeOffset? To);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/internal/people/{personId:guid}").ExcludeFromDescription();
        people.MapGet("", Export).For(Roles.Service);
        people.MapDelete("", Erase).For(Roles.Service);
    }

    private static async Task<IResult> Export(Guid personId, IDocumentStore store, NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var query = store.QuerySession();
        var pupils = await query.Query<PupilFamily>().Where(f => f.PersonIds.Contains(personId)).ToListAsync(cancel);
        var own = pupils.Select(p => p.Id).ToHashSet();
        var campaigns = pupils.Select(p => p.CampaignId).Distinct().ToArray();
        var asTeacher = (await query.Query<Room>().Where(r => r.Stage.TeacherId == personId).ToListAsync(cancel))
            .Select(r => r.Id)
            .ToArray();
        var sessions = await query
            .Query<ClassSession>()
            .Where(s => s.CampaignId.IsOneOf(campaigns) || s.StageId.IsOneOf(asTeacher))
            .ToListAsync(cancel);
        return Results.Ok(
            new PersonData(
                [.. pupils.Select(p => new PersonPupil(p.Id, p.FirstName))],
                [
                    .. from session in sessions
                    from seat in session.Seats
                    where seat.PersonId == personId || (seat.EnrolmentId is { } e && own.Contains(e))
                    select new PersonClass(
                        session.Id,
                        seat.Role,
                        seat.EnrolmentId,
                        [.. seat.Presences.Select(p => new PersonStay(p.From, p.To))]
                    ),
                ],
                [
                    .. (await query.Query<Reports.ReportWords>().Where(w => w.By == personId).ToListAsync(cancel)).Select(
                        w => new PersonReport(w.About, w.Text, w.At)
                    ),
                    .. (await query.Query<Reports.CheckTrouble>().Where(t => t.By == personId).ToListAsync(cancel)).Select(Of),
                ],
                await Works(sessions, own, database, cancel),
                [
                    .. (await query.Query<Resource>().Where(r => r.By == personId).ToListAsync(cancel)).Select(r => new PersonResource(
                        r.Title,
                        r.About,
                        r.Link,
                        r.File?.Name,
                        r.State,
                        r.At
                    )),
                ]
            )
        );
    }

    public static async Task<IReadOnlyList<PersonWork>> Works(
        IReadOnlyList<ClassSession> sessions,
        IReadOnlySet<Guid> pupils,
        NpgsqlDataSource database,
        CancellationToken cancel
    )
    {
        var seats = (
            from session in sessions
            from seat in session.Seats
            where seat.EnrolmentId is { } e && pupils.Contains(e)
            select (seat.ParticipantId, session.Id)
        ).ToDictionary(s => s.ParticipantId, s => s.Id);
        var works = await FileTable.WorksOf(database, [.. seats.Keys], cancel);
        return [.. works.Select(w => new PersonWork(seats[w.WorkOf!.Value], w.Name, w.At))];
    }

    /// <summary>
    /// The account opens no class any more. A pupil without another guardian loses the first name too; presence stays under ids that
    /// name nobody. Enrolment's own erasure sends an empty family as well: whichever comes first.
    /// </summary>
    private static async Task<IResult> Erase(
        Guid personId,
        Journal journal,
        AskClass classes,
        ForgetId forget,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        Guid[] left = [];
        await journal.Decide(
            async reading =>
            {
                var families = await reading.Query<PupilFamily>().Where(f => f.PersonIds.Contains(personId)).ToListAsync(cancel);
                var attended = await Attended(reading.Documents, personId, families, cancel);
                return Forget(personId, families, attended);
            },
            cancel: cancel
        );
        await journal.Decide(ForgetReports(personId), cancel);
        await journal.Decide(
            async reading =>
                KeepLibrary.ForgetProposed(personId, await reading.Query<Resource>().Where(r => r.By == personId).ToListAsync(cancel)),
            cancel: cancel
        );
        await journal.Decide(
            async reading =>
            {
                var sessions = await Taught(reading, personId, cancel);
                left = [.. sessions.Select(s => s.Id)];
                return ForgetGiven(left).And(DismissTeacher.Decide(personId, null, sessions, clock.GetUtcNow()));
            },
            cancel: cancel
        );
        foreach (var module in left)
            await classes.Look(module);
        // Seats, tickets, who let whom in: the log keeps that it was, and no longer who.
        await forget.Everywhere(personId, cancel);
        return Results.NoContent();
    }

    /// <summary>Who teaches now leaves the class with the account: once it is forgotten nobody knows whom to ask out.</summary>
    private static async Task<IReadOnlyList<ClassSession>> Taught(Reading reading, Guid personId, CancellationToken cancel)
    {
        var rooms = await reading.Query<Room>().Where(r => r.Stage.TeacherId == personId).ToListAsync(cancel);
        return await reading.Streams<ClassSession>(rooms.SelectMany(r => r.Stage.Modules).Select(m => m.ModuleId));
    }

    /// <param name="attended">The classes in which they were: a recording cannot be cut by person, it goes as a whole.</param>
    public static Decision Forget(Guid personId, IReadOnlyList<PupilFamily> families, Guid[] attended)
    {
        var recordings = attended.Length > 0 ? Decision.Nothing.AndSql(RecordingTable.Rows.DeleteOfModules, attended) : Decision.Nothing;
        return recordings.AndStore([.. families.Select(f => Without(personId, f))]);
    }

    /// <summary>In their words; that something was reported stays.</summary>
    public static Decision ForgetReports(Guid personId) =>
        Decision
            .Nothing.AndDeleteWhere<Reports.ReportWords>(w => w.By == personId)
            .AndDeleteWhere<Reports.CheckTrouble>(t => t.By == personId);

    /// <summary>The files that they handed out in their classes.</summary>
    public static Decision ForgetGiven(Guid[] taught) =>
        taught.Length > 0 ? Decision.Nothing.AndSql(FileTable.DeleteGiven, taught) : Decision.Nothing;

    private static PupilFamily Without(Guid personId, PupilFamily family)
    {
        Guid[] rest = [.. family.PersonIds.Where(p => p != personId)];
        return family with { PersonIds = rest, FirstName = rest.Length == 0 ? "" : family.FirstName };
    }

    private static async Task<Guid[]> Attended(
        IQuerySession documents,
        Guid personId,
        IReadOnlyList<PupilFamily> families,
        CancellationToken cancel
    )
    {
        var campaigns = families.Select(p => p.CampaignId).Distinct().ToArray();
        var rooms = await documents.Query<Room>().Where(r => r.Stage.TeacherId == personId).ToListAsync(cancel);
        var stages = rooms.Select(r => r.Id).ToArray();
        var sessions = await documents
            .Query<ClassSession>()
            .Where(s => s.CampaignId.IsOneOf(campaigns) || s.StageId.IsOneOf(stages))
            .ToListAsync(cancel);
        return
        [
            .. sessions.Where(s => s.Seats.Any(x => x.PersonId == personId || families.Any(p => p.Id == x.EnrolmentId))).Select(s => s.Id),
        ];
    }
}
