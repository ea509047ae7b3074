using Marten;

namespace Stages.ServiceDefaults.Tests.Messages;

/// <summary>A document kept by its version, on a real database: nothing that another has stored meanwhile is overwritten.</summary>
public sealed class VersionedDocumentTests
{
    /// <summary>Each way by which a decision reads documents that it will store.</summary>
    private static readonly Dictionary<string, Func<Reading, Guid, Task<Tally?>>> Ways = new(StringComparer.Ordinal)
    {
        ["by its id"] = (reading, id) => reading.Load<Tally>(id),
        ["with others"] = async (reading, id) => (await reading.LoadMany<Tally>([id])).SingleOrDefault(),
        ["by what stands in it"] = (reading, id) => reading.Query<Tally>().Where(t => t.Id == id).SingleOrDefaultAsync(reading.Cancel),
    };

    [Fact]
    public async Task what_another_stores_meanwhile_is_decided_upon_again()
    {
        await using var service = await SmallService.Start();
        await service.StartCopy(typeof(KeyLearnedConsumer));
        foreach (var (way, read) in Ways)
        {
            var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
            await service.Journal.Decide(Decision.Nothing.AndInsert(new Tally(id, 0)));
            var seen = new List<int>();
            await service.Journal.Decide(async reading =>
            {
                var tally = await read(reading, id);
                seen.Add(tally!.Count);
                if (seen.Count == 1)
                    await CountOne(service.Journal, id);
                return Counted(tally);
            });

            seen.ShouldBe([0, 1], way);
            await using var session = service.Store.QuerySession();
            (await session.LoadAsync<Tally>(id))!.Count.ShouldBe(2, way);
        }
    }

    /// <summary>
    /// A copy without its version can only ever be refused, so it must not look like a race, which would be run again and again.
    /// </summary>
    [Fact]
    public async Task what_was_not_read_to_be_decided_upon_is_not_overwritten()
    {
        await using var service = await SmallService.Start();
        await service.StartCopy(typeof(KeyLearnedConsumer));
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await service.Journal.Decide(Decision.Nothing.AndInsert(new Tally(id, 7)));
        Func<Reading, Task<Tally>>[] elsewhere =
        [
            _ => Task.FromResult(new Tally(id, 0)),
            async reading => (await reading.Documents.LoadAsync<Tally>(id))!,
        ];
        foreach (var read in elsewhere)
        {
            var blind = await Should.ThrowAsync<InvalidOperationException>(() =>
                service.Journal.Decide(async reading => Counted(await read(reading)))
            );
            Journal.IsRace(blind).ShouldBeFalse(blind.Message);
        }
        await using var session = service.Store.QuerySession();
        (await session.LoadAsync<Tally>(id))!.Count.ShouldBe(7);
    }

    private static Task CountOne(Journal journal, Guid id) => journal.Decide(async reading => Counted((await reading.Load<Tally>(id))!));

    private static Decision Counted(Tally tally) => Decision.Nothing.AndStore(tally with { Count = tally.Count + 1 });
}
