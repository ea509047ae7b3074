using Stages.Classrooms.Documents;

namespace Stages.Classrooms.Rehearsals;

/// <summary>Deletes what a rehearsal leaves, events and all, some minutes after it is over.</summary>
public sealed class ForgetRehearsals(IDocumentStore store, Journal journal, TimeProvider clock)
{
    public const string Every = "0 */5 * * * *";

    public async Task Run(CancellationToken cancel)
    {
        var before = clock.GetUtcNow() - EnterClass.Goodbye;
        await using var query = store.QuerySession();
        var over = await query.Query<ClassModule>().Where(m => m.IsRehearsal && m.EndsAt < before).Take(100).ToListAsync(cancel);
        foreach (var module in over)
        {
            var room = await query.LoadAsync<Room>(module.StageId, cancel);
            await journal.Decide(Forget(module, room), cancel);
        }
    }

    /// <param name="room">Of its teacher, who may have opened another one since.</param>
    public static Decision Forget(ClassModule module, Room? room)
    {
        Guid[] modules = [module.Id];
        var all = ForgetContent
            .All(module.Id)
            .AndSql(PageTable.Rows.DeleteOfModules, modules)
            .AndSql(RecordingTable.Rows.DeleteOfModules, modules)
            .AndDelete<ClassPlacement>(module.Id)
            .AndDelete<ClassModule>(module.Id);
        return room?.Module(module.Id) is null
            ? all
            : room.Stage.Pupils.Aggregate(all.AndDelete<Room>(room.Id), (d, p) => d.AndDelete<PupilFamily>(p.EnrolmentId));
    }
}
