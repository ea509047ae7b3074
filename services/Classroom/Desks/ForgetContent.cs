using Stages.Classrooms.Classes;
using Stages.Classrooms.Handed;
using Stages.Classrooms.Live;
using Stages.Classrooms.Notes;

namespace Stages.Classrooms.Desks;

/// <summary>
/// What children said and drew is not kept: thirty days after a module its chat, board, notes and polls are deleted, events and
/// all. Who was there stays, under ids that name nobody, as long as the enrolments do.
/// </summary>
public static class ForgetContent
{
    private const int AtOnce = 100;

    /// <summary>Of one stage, those that left its timetable among them.</summary>
    private const int MostModules = 8;

    public static readonly RetentionRule Content = new(
        "class-content",
        30,
        new LocalText(
            "Messages, dessins, notes et fichiers d’une classe : depuis la séance",
            "Messages, drawings, notes and files of a class: since the session"
        ),
        async (services, before, cancel) =>
        {
            await using var query = services.GetRequiredService<IDocumentStore>().QuerySession();
            // Whatever is there and old, however many nights were missed.
            var desks = await query.Query<Desk>().Select(d => d.ModuleId).ToListAsync(cancel);
            var database = services.GetRequiredService<NpgsqlDataSource>();
            var notes = await NotesTable.Modules(database, cancel);
            var held = await HeldTable.Modules(database, cancel);
            var files = await FileTable.Modules(database, cancel);
            var over = await Over(query, [.. desks.Union(notes).Union(held).Union(files)], before, cancel);
            await services.GetRequiredService<Journal>().Decide(Decision.All(over.Select(m => Forget(m.Id))), cancel);
            return over.Count;
        }
    );

    public static readonly RetentionRule Records = new(
        "class-records",
        730,
        new LocalText(
            "Présences, incidents et corrections d’une classe, et qui l’a tenue : depuis la séance",
            "Attendance, incidents and corrections of a class, and who held it: since the session"
        ),
        async (services, before, cancel) =>
        {
            await using var query = services.GetRequiredService<IDocumentStore>().QuerySession();
            var sessions = await query.Query<ClassSession>().Select(s => s.Id).ToListAsync(cancel);
            var over = await Over(query, [.. sessions], before, cancel);
            var journal = services.GetRequiredService<Journal>();
            await journal.Decide(Decision.All(over.Select(m => ForgetRecord(m.Id))), cancel);
            if (over.Count > 0)
                return over.Count;
            var rooms = await Rooms(query, before, cancel);
            await journal.Decide(Decision.All(rooms.Select(ForgetRoom)), cancel);
            return rooms.Count;
        }
    );

    /// <summary>Content and record of a class that nobody has to account for.</summary>
    public static Decision All(Guid module) => Forget(module).And(ForgetRecord(module));

    private static Decision Forget(Guid module) =>
        Decision
            // Where chat and board lay before 27 November 2026.
            .Nothing.AndForget(Desk.ContentIdOf(module))
            .AndForget(Desk.IdOf(module))
            .AndDelete<Desk>(Desk.IdOf(module))
            .AndSql(HeldTable.Delete, module)
            .AndSql(NotesTable.DeleteUpdates, module)
            .AndSql(NotesTable.DeleteHead, module)
            .AndSql(FileTable.DeleteAll, module)
            .AndDeleteWhere<ParticipantQuality>(q => q.ModuleId == module);

    /// <summary>Whose class it was: its teacher's account and first name. When nothing is left that it would explain.</summary>
    private static Decision ForgetRoom(Guid stage) =>
        Decision.Nothing.AndForget(stage).AndDelete<Room>(stage).AndDeleteWhere<ClassModule>(m => m.StageId == stage);

    private static async Task<IReadOnlyList<Guid>> Rooms(IQuerySession query, DateTimeOffset before, CancellationToken cancel)
    {
        var ended = await query
            .Query<ClassModule>()
            .Where(m => m.EndsAt < before)
            .OrderBy(m => m.EndsAt)
            .Take(AtOnce * MostModules)
            .Select(m => m.StageId)
            .ToListAsync(cancel);
        var old = ended.Distinct().ToArray();
        // A stage lasts a week: what stands before the others for that reason does so for days.
        var going = await query
            .Query<ClassModule>()
            .Where(m => m.StageId.IsOneOf(old) && m.EndsAt >= before)
            .Select(m => m.StageId)
            .ToListAsync(cancel);
        return [.. old.Except(going).Take(AtOnce)];
    }

    private static Decision ForgetRecord(Guid module) => Decision.Nothing.AndForget(module).AndDelete<ClassSession>(module);

    private static async Task<IReadOnlyList<ClassModule>> Over(
        IQuerySession query,
        Guid[] modules,
        DateTimeOffset before,
        CancellationToken cancel
    ) =>
        await query
            .Query<ClassModule>()
            .Where(m => m.Id.IsOneOf(modules) && m.EndsAt < before)
            .OrderBy(m => m.EndsAt)
            .Take(AtOnce)
            .ToListAsync(cancel);
}
