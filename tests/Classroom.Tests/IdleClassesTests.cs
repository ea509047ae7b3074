using System.Diagnostics;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Copies;
using Stages.Classrooms.Rooms;
using Stages.Classrooms.Sessions;
using Stages.Testing;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>
/// What classes cost in which nobody says anything: 6,000 of them with six people each, held by two copies. Their people are in the log
/// and have no sockets, which say nothing to the database either.
/// </summary>
public sealed class IdleClassesTests(ClassroomService service, ITestOutputHelper output) : IClassFixture<ClassroomService>
{
    private const int Stages = 1500;

    private const int ModulesEach = 4;

    private const int Pupils = 5;

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(30);

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private NpgsqlDataSource Database => service.Services.GetRequiredService<NpgsqlDataSource>();

    [Fact(Explicit = true)]
    public async Task six_thousand_idle_classes_ask_nothing_of_the_database()
    {
        IServiceProvider[] copies = [service.Services, (await service.StartCopy()).Services];
        var without = await TransactionsEachSecond();
        var modules = await Write([.. copies.Select(c => c.GetRequiredService<ThisCopy>().Id)]);
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            modules.Select((module, i) => (module, i)),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel },
            async (one, cancel) => await copies[one.i % 2].GetRequiredService<AskClass>().Held(one.module, cancel)
        );
        output.WriteLine($"{modules.Length} classes are held after {watch.Elapsed.TotalSeconds:0} s");
        var (before, all) = (GC.GetTotalMemory(forceFullCollection: true), Held());
        all.ShouldBe(modules.Length);
        var with = await TransactionsEachSecond();
        output.WriteLine(
            $"PostgreSQL: {without:0.0} transactions a second without a class, {with:0.0} with {modules.Length} idle ones of {Pupils + 1}; "
                + $"{before / 1024.0 / modules.Length:0} KiB of managed memory a class, all of both copies counted; "
                + $"load of the machine {await File.ReadAllTextAsync("/proc/loadavg", Cancel)}"
        );
        // All are still held, and each was looked at some fifteen times meanwhile.
        Held().ShouldBe(modules.Length);
        (with - without).ShouldBeLessThan(modules.Length / 1000.0);

        int Held() => copies.Sum(c => c.GetRequiredService<HeldHere>().Modules.Count);
    }

    private async Task<double> TransactionsEachSecond()
    {
        // The statistics of a backend come a moment after its work.
        await Steadily.Do(1, TimeSpan.FromSeconds(5), _ => Task.CompletedTask);
        var (first, watch) = (await Transactions(), Stopwatch.StartNew());
        await Steadily.Do(1, Span, _ => Task.CompletedTask);
        return (await Transactions() - first) / watch.Elapsed.TotalSeconds;
    }

    private async Task<long> Transactions()
    {
        await using var command = Database.CreateCommand(
            "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()"
        );
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    /// <summary>As the log has a class that has begun, in which everybody is there.</summary>
    private async Task<Guid[]> Write(Guid[] copies)
    {
        var store = service.Services.GetRequiredService<IDocumentStore>();
        var all = new List<Guid>();
        foreach (var some in Enumerable.Range(0, Stages).Chunk(50))
        {
            await using var session = store.LightweightSession();
            foreach (var _ in some)
            {
                var (stage, campaign, teacher) = (NewId(), NewId(), NewId());
                RoomPupil[] pupils = [.. Enumerable.Range(0, Pupils).Select(_ => new RoomPupil(NewId(), null))];
                RoomModule[] modules = [.. Enumerable.Range(0, ModulesEach).Select(_ => new RoomModule(NewId(), Now, Now.AddHours(2)))];
                session.Events.StartStream<Room>(
                    stage,
                    new RoomReserved(stage, campaign, new StageContent(1, "FR", ["6E"], "Europe/Paris", teacher, "Claire", modules, pupils))
                );
                foreach (var module in modules)
                {
                    var people = pupils.Select(p => (p.EnrolmentId, ParticipantRole.Pupil)).Prepend((teacher, ParticipantRole.Teacher));
                    session.Events.StartStream<ClassSession>(
                        module.ModuleId,
                        [
                            new ClassOpened(module.ModuleId, stage, campaign),
                            .. people.SelectMany(
                                (p, i) => Come(module.ModuleId, p.Item1, p.Item2, copies[(all.Count + i) % copies.Length])
                            ),
                            new ClassBegun(Now),
                        ]
                    );
                    all.Add(module.ModuleId);
                }
            }
            await session.SaveChangesAsync(Cancel);
        }
        return [.. all];
    }

    private static object[] Come(Guid module, Guid who, string role, Guid copy)
    {
        var participant = ClassSession.ParticipantIdOf(module, who);
        return
        [
            new TicketIssued($"t{who}", participant, role, who, role == ParticipantRole.Pupil ? who : null, Now.AddMinutes(5), Now),
            new SeatTaken($"t{who}", participant, $"s{who}", Now),
            new ParticipantArrived(participant, NewId(), copy, Now),
        ];
    }

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
