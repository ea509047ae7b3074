using Marten;
using Stages.Classrooms.Live;
using Stages.Classrooms.Rooms;
using Stages.ServiceDefaults;

namespace Stages.Classrooms.Desks;

/// <summary>
/// What children said and drew is not kept: thirty days after a module its chat, board, notes and polls are deleted, events and
/// all. Who was there stays, under ids that name nobody.
/// </summary>
public sealed class ForgetContent(IDocumentStore store, Journal journal, TimeProvider clock)
{
    public const string Every = "0 30 3 * * *";

    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Looked at again on several nights, should one of them have been missed.</summary>
    private static readonly TimeSpan Nights = TimeSpan.FromDays(7);

    public async Task Run(CancellationToken cancel)
    {
        await using var query = store.QuerySession();
        var before = clock.GetUtcNow() - Kept;
        var after = before - Nights;
        foreach (
            var modules in (await query.Query<ClassModule>().Where(m => m.EndsAt < before && m.EndsAt > after).ToListAsync(cancel)).Chunk(
                100
            )
        )
        {
            await journal.Put(
                session =>
                {
                    foreach (var module in modules)
                    {
                        session.Events.TombstoneStream(Desk.ContentIdOf(module.Id));
                        session.Events.TombstoneStream(Desk.IdOf(module.Id));
                        session.Delete<Desk>(Desk.IdOf(module.Id));
                        session.DeleteWhere<ParticipantQuality>(q => q.ModuleId == module.Id);
                    }
                },
                cancel
            );
        }
    }
}
