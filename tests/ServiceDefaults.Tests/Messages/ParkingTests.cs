using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Stages.ServiceDefaults.Tests.Messages;

/// <summary>Messages that cannot be taken now, on a real broker: none stands in the way of those behind it, and none is lost.</summary>
public sealed class ParkingTests
{
    private static readonly Type[] Today = [typeof(KeyLearnedConsumer), typeof(WordSaidConsumer), typeof(BugMetConsumer)];

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private static Guid Id() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task twenty_that_wait_do_not_block_those_behind_them_and_all_come_once()
    {
        await using var service = await SmallService.Start();
        await service.StartCopy(Today);
        var (late, here) = (Id(), Id());
        await service.Send(new KeyLearned(here));
        var waiting = new List<Guid>();
        for (var i = 0; i < 20; i++)
            waiting.Add(await service.Send(new WordSaid(late, $"word {i}")));
        await Eventually.Is(service.Parked, parked => parked.Count == 20);

        var behind = await service.Send(new WordSaid(here, "behind"));
        await Eventually.Is(service.Effects, said => said.Any(s => s.MessageId == behind), Soon);
        await service.Send(new KeyLearned(late));
        var effects = await Eventually.Is(service.Effects, said => said.Count == 21, Soon);
        effects.Select(s => s.MessageId).ShouldBe([.. waiting, behind], ignoreOrder: true);
        await Eventually.Is(service.Parked, parked => parked.Count == 0);
    }

    [Fact]
    public async Task two_copies_take_up_each_message_once()
    {
        await using var service = await SmallService.Start();
        await service.StartCopy(Today);
        await service.StartCopy(Today);
        var key = Id();
        var waiting = new List<Guid>();
        for (var i = 0; i < 300; i++)
            waiting.Add(await service.Send(new WordSaid(key, $"word {i}")));
        await Eventually.Is(service.Parked, parked => parked.Count == 300);
        var before = waiting.ToDictionary(id => id, service.Trials.Of);
        await service.Send(new KeyLearned(key));
        await Eventually.Is(service.Parked, parked => parked.Count == 0);

        (await service.Effects()).Select(s => s.MessageId).ShouldBe(waiting, ignoreOrder: true);
        // A sweep or two may have tried some between our looks; one trial more is the release. Were both copies to take up all, it would be
        // most of them.
        waiting.Count(id => service.Trials.Of(id) - before[id] > 2).ShouldBeLessThan(waiting.Count / 10);
    }

    [Fact]
    public async Task a_bug_is_tried_a_few_times_and_set_aside()
    {
        await using var service = await SmallService.Start();
        await service.StartCopy(Today);
        var id = await service.Send(new BugMet("word"));
        (await service.Failed(id)).ShouldBe("A bug.");
        service.Trials.Of(id).ShouldBe(3);
        await Eventually.Is(service.Health, health => health.Status == HealthStatus.Degraded);
        (await service.Health()).Entries["messages"].Description.ShouldNotBeNull().ShouldContain("1 in the error queue");
    }

    [Theory]
    [InlineData("no JSON at all")]
    [InlineData("{\"messageId\":null,\"message\":{}}")]
    [InlineData("[]")]
    public async Task what_is_no_message_is_set_aside(string body)
    {
        await using var service = await SmallService.Start();
        await service.StartCopy(Today);
        var id = Id();
        await service.SendRaw(body, id);
        await service.Failed(id);
    }

    [Fact]
    public async Task an_unknown_type_is_parked_until_a_version_runs_that_knows_it()
    {
        await using var service = await SmallService.Start();
        await service.StartCopy(Today);
        var ids = new List<Guid>();
        for (var i = 0; i < 20; i++)
            ids.Add(await service.Send(new NewsOfTomorrow($"word {i}")));
        var parked = await Eventually.Is(service.Parked, all => all.Count == 20);
        parked.Values.ShouldAllBe(key => key == "type:urn:message:Stages.ServiceDefaults.Tests.Messages:NewsOfTomorrow");

        var key = Id();
        await service.Send(new KeyLearned(key));
        var behind = await service.Send(new WordSaid(key, "behind"));
        await Eventually.Is(service.Effects, said => said.Any(s => s.MessageId == behind), Soon);

        // Both versions read the queue, as in a rolling upgrade: the old one may park some of them once more.
        await service.StartCopy([.. Today, typeof(NewsOfTomorrowConsumer)]);
        var effects = await Eventually.Is(service.Effects, said => said.Count == 21);
        effects.Select(s => s.MessageId).ShouldBe([.. ids, behind], ignoreOrder: true);
        await Eventually.Is(service.Parked, all => all.Count == 0);
    }

    [Fact]
    public async Task who_waits_longer_than_its_patience_is_set_aside_with_what_it_waited_for()
    {
        await using var service = await SmallService.Start(patience: TimeSpan.FromSeconds(3));
        await service.StartCopy(Today);
        var key = Id();
        var word = await service.Send(new WordSaid(key, "word"));
        var news = await service.Send(new NewsOfTomorrow("word"));
        await Eventually.Is(service.Parked, parked => parked.Count == 2);
        (await service.Failed(word)).ShouldStartWith($"key:{key} has not come within");
        (await service.Failed(news)).ShouldStartWith("A version that knows urn:message:");
        await Eventually.Is(service.Parked, parked => parked.Count == 0);
    }

    [Fact]
    public async Task while_the_database_is_away_messages_wait_and_none_is_set_aside()
    {
        await using var service = await SmallService.Start();
        await service.StartCopy(Today);
        var key = Id();
        await service.Send(new KeyLearned(key));
        var first = await service.Send(new WordSaid(key, "first"));
        await Eventually.Is(service.Effects, said => said.Any(s => s.MessageId == first));

        service.Detour.Cut();
        var ids = new List<Guid> { first };
        for (var i = 0; i < 200; i++)
            ids.Add(await service.Send(new WordSaid(key, $"word {i}")));
        var unknown = await service.Send(new NewsOfTomorrow("word"));
        await Eventually.Is(() => Task.FromResult(ids.Count(id => service.Trials.Of(id) > 0)), tried => tried > 1);
        service.Detour.Mend();

        var effects = await Eventually.Is(service.Effects, said => said.Count == ids.Count);
        effects.Select(s => s.MessageId).ShouldBe(ids, ignoreOrder: true);
        await Eventually.Is(service.Parked, parked => parked.ContainsKey(unknown));
        (await service.FailedCount()).ShouldBe(0);
    }
}
