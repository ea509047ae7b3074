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
            await journal.Decide(Decision.All(modules.Select(m => Forget(m.Id))), cancel);
        }
    }

    private static Decision Forget(Guid module) =>
        Decision
            .Nothing.AndForget(Desk.ContentIdOf(module))
            .AndForget(Desk.IdOf(module))
            .AndDelete<Desk>(Desk.IdOf(module))
            .AndDeleteWhere<ParticipantQuality>(q => q.ModuleId == module);
}
