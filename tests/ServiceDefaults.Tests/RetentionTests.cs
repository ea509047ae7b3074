using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Stages.ServiceDefaults.Tests.Messages;
using Stages.Vocabulary;

namespace Stages.ServiceDefaults.Tests;

/// <summary>What has been kept for as long as its rule says goes; what an erasure left undone is done.</summary>
public sealed class RetentionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task what_is_older_than_its_rule_goes_and_the_rest_stays()
    {
        await using var small = await SmallService.Start();
        var host = await small.StartCopy();
        var now = TimeProvider.System.GetUtcNow();
        AnsweredRequest Answered(int days) => new(Guid.CreateVersion7(now.AddDays(-days)), "", Guid.Empty, now.AddDays(-days));
        var (old, young) = (Answered(8), Answered(6));
        await small.Journal.Decide(Decision.Nothing.AndStore(old, young), Cancel);

        await host.Services.GetRequiredService<Retention>().Apply(Cancel);

        await using var session = small.Store.QuerySession();
        (await session.LoadAsync<AnsweredRequest>(old.Id, Cancel)).ShouldBeNull();
        (await session.LoadAsync<AnsweredRequest>(young.Id, Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task an_id_is_taken_out_of_every_document_and_event()
    {
        await using var small = await SmallService.Start();
        var host = await small.StartCopy();
        var now = TimeProvider.System.GetUtcNow();
        var (person, other) = (PersonId.FromEmail("anne@example.org"), PersonId.FromEmail("paul@example.org"));
        var stream = Guid.CreateVersion7(now);
        await small.Journal.Decide(
            Decision
                .Nothing.And(stream, new Named(person), new Named(other))
                .AndStore(new AnsweredRequest(Guid.CreateVersion7(now), "", person, now)),
            Cancel
        );

        var forget = host.Services.GetRequiredService<ForgetId>();
        if (!await forget.Everywhere(person, Cancel))
            await forget.SettleAll(Cancel);

        await using var session = small.Store.QuerySession();
        var events = await session.Events.FetchStreamAsync(stream, token: Cancel);
        events.Select(e => ((Named)e.Data).Person).ShouldBe([Guid.Empty, other]);
        (await session.Query<AnsweredRequest>().SingleAsync(Cancel)).Result.ShouldBe(Guid.Empty);
        (await session.Query<ForgetOwed>().AnyAsync(Cancel)).ShouldBeFalse();
    }

    /// <summary>Where there is much to read, whoever asked is not kept waiting, and nothing stays undone.</summary>
    [Fact]
    public async Task what_takes_long_is_done_after_the_answer()
    {
        await using var small = await SmallService.Start();
        var host = await small.StartCopy();
        var (forget, now) = (host.Services.GetRequiredService<ForgetId>(), TimeProvider.System.GetUtcNow());
        var person = PersonId.FromEmail("anne@example.org");
        await small.Journal.Decide(Decision.Nothing.AndStore(new AnsweredRequest(Guid.CreateVersion7(now), "", person, now)), Cancel);
        await using var busy = new NpgsqlConnection(small.Realm.Postgres);
        await busy.OpenAsync(Cancel);
        await using (var writing = await busy.BeginTransactionAsync(Cancel))
        {
            await using var take = new NpgsqlCommand("select * from small.mt_doc_answeredrequest for update", busy, writing);
            await take.ExecuteNonQueryAsync(Cancel);
            (await forget.Everywhere(person, Cancel)).ShouldBeFalse();
        }
        await using var session = small.Store.QuerySession();
        (await session.Query<ForgetOwed>().SingleAsync(Cancel)).Id.ShouldBe(person);

        await forget.SettleAll(Cancel);

        (await session.Query<AnsweredRequest>().SingleAsync(Cancel)).Result.ShouldBe(Guid.Empty);
        (await session.Query<ForgetOwed>().AnyAsync(Cancel)).ShouldBeFalse();
    }

    /// <summary>
    /// A message appends to a stream while its time is over: whichever of the two is first, nothing stays that no later round would find.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task what_is_appended_while_its_stream_is_forgotten_goes_with_it(bool written)
    {
        await using var small = await SmallService.Start();
        await small.StartCopy();
        var now = TimeProvider.System.GetUtcNow();
        var (stream, person) = (Guid.CreateVersion7(now), PersonId.FromEmail("anne@example.org"));
        await small.Journal.Decide(Decision.Nothing.And(stream, new Named(person)), Cancel);

        Task<Outcome> forgetting;
        await using (var connection = new NpgsqlConnection(small.Realm.Postgres))
        {
            await connection.OpenAsync(Cancel);
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await using var slow = small.Store.LightweightSession(Marten.Services.SessionOptions.ForTransaction(transaction));
            var appended = await slow.Events.FetchForWriting<Whom>(stream, Cancel);
            appended.AppendOne(new Named(person));
            if (written)
                await slow.SaveChangesAsync(Cancel);
            forgetting = small.Journal.Decide(Decision.Nothing.AndForget(stream), Cancel);
            await (written ? (Task)Eventually.True(() => IsWaitedFor(small)) : forgetting);
            try
            {
                if (!written)
                    await slow.SaveChangesAsync(Cancel);
                await transaction.CommitAsync(Cancel);
            }
            catch (Exception e) when (Journal.IsRace(e))
            {
                // It is decided again, on a stream that is none.
            }
        }
        await forgetting;

        await using var session = small.Store.QuerySession();
        (await session.Events.QueryAllRawEvents().CountAsync(e => e.StreamId == stream, Cancel)).ShouldBe(0);
        (await session.Events.FetchStreamStateAsync(stream, Cancel)).ShouldBeNull();
    }

    /// <summary>Any two moments of the two may meet, those within one statement too: all of them are tried a little.</summary>
    [Fact]
    public async Task who_appends_and_who_forgets_never_fail_each_other()
    {
        await using var small = await SmallService.Start();
        await small.StartCopy();
        var now = TimeProvider.System.GetUtcNow();
        var named = new Named(PersonId.FromEmail("anne@example.org"));
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 120).Select(_ => Guid.CreateVersion7(now)),
            new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = Cancel },
            async (stream, cancel) =>
            {
                async Task Three(Func<Task<Outcome>> decide)
                {
                    for (var i = 0; i < 3; i++)
                        await decide();
                }
                Task<Outcome> Append() =>
                    small.Journal.Decide(
                        async reading =>
                        {
                            await reading.Stream<Whom>(stream);
                            return Decision.Of(named).At(stream);
                        },
                        cancel: cancel
                    );
                await Append();
                await Task.WhenAll(Three(Append), Three(Append), Three(() => small.Journal.Decide(Gone(stream), cancel)));
            }
        );

        await using var session = small.Store.QuerySession();
        var left = await session.Query<Whom>().Select(w => w.Id).ToListAsync(Cancel);
        await small.Journal.Decide(Decision.All(left.Select(Gone)), Cancel);
        (await session.Events.QueryAllRawEvents().CountAsync(Cancel)).ShouldBe(0, "what has no page is found by nobody");
        (await session.Query<Whom>().CountAsync(Cancel)).ShouldBe(0);
    }

    private static Decision Gone(Guid stream) => Decision.Nothing.AndForget(stream).AndDelete<Whom>(stream);

    /// <summary>An erasure that cannot be gone on with is one thing, what has been kept for long enough another.</summary>
    [Theory]
    [InlineData("mt_doc_forgetowed")]
    [InlineData("mt_doc_maskingowed")]
    public async Task what_is_left_of_an_erasure_keeps_nothing_from_ending(string broken)
    {
        await using var small = await SmallService.Start(retention: TimeSpan.FromSeconds(1));
        await small.StartCopy();
        await using (var database = NpgsqlDataSource.Create(small.Realm.Postgres))
        await using (var drop = database.CreateCommand($"drop table small.{broken}"))
            await drop.ExecuteNonQueryAsync(Cancel);
        var now = TimeProvider.System.GetUtcNow();
        var old = new AnsweredRequest(Guid.CreateVersion7(now), "", Guid.Empty, now.AddDays(-8));
        await small.Journal.Decide(Decision.Nothing.AndStore(old), Cancel);

        await using var session = small.Store.QuerySession();
        await Eventually.True(async () => !await session.Query<AnsweredRequest>().AnyAsync(Cancel));
    }

    private static async Task<bool> IsWaitedFor(SmallService small)
    {
        await using var database = NpgsqlDataSource.Create(small.Realm.Postgres);
        await using var command = database.CreateCommand(
            "select exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"
        );
        return (bool)(await command.ExecuteScalarAsync(Cancel))!;
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("100000")]
    public void a_period_that_is_none_ends_the_start(string days)
    {
        var rule = RetentionRule.Of<AnsweredRequest>("some", 7, LocalText.Same("x"), r => r.At, before => r => r.At < before);
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Retention:some"] = days })
            .Build();
        Should.Throw<InvalidOperationException>(() => rule.As(settings)).Message.ShouldContain("Retention:some");
        rule.As(new ConfigurationBuilder().Build()).Days.ShouldBe(7);
    }
}
