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

    public sealed record Named(Guid Person);
}
