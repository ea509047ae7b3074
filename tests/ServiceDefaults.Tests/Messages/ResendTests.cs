using Npgsql;
using RabbitMQ.Client;
using Stages.Messages;

namespace Stages.ServiceDefaults.Tests.Messages;

/// <summary>What <c>infra/messages</c> does with messages that wait or were set aside.</summary>
public sealed class ResendTests
{
    [Fact]
    public async Task poison_of_each_kind_is_listed_and_comes_back_once_its_cause_is_mended()
    {
        await using var service = await SmallService.Start(patience: TimeSpan.FromSeconds(3));
        await service.StartCopy(typeof(WordSaidConsumer), typeof(BugMetConsumer));
        await using var broker = await new ConnectionFactory { Uri = new Uri(service.Realm.RabbitMq) }.CreateConnectionAsync();
        var setAside = new SetAside(broker, TimeProvider.System);
        var key = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var bug = await service.Send(new BugMet("camille@example.org"));
        var waited = await service.Send(new WordSaid(key, "word"));
        var unknown = await service.Send(new NewsOfTomorrow("word"));
        await service.SendRaw("no message", key);

        var listed = await Eventually.Is(() => setAside.List("small", CancellationToken.None), all => all.Count == 4);
        listed.ShouldAllBe(m => m.State == "failed");
        listed
            .Select(m => m.Id)
            .ShouldBe([$"{bug}", $"{waited}", $"{unknown}", listed.Single(m => m.SentAt is null).Id], ignoreOrder: true);
        string.Join('\n', StuckMessage.Table(listed, TimeProvider.System.GetUtcNow())).ShouldNotContain("camille");
        // Looking takes nothing away.
        // What was looked at is given back when the looking ends, a moment later.
        await Eventually.Is(() => setAside.List("small", CancellationToken.None), all => all.Count == 4);

        await service.StopCopies();
        service.Trials.Mended = true;
        Type[] tomorrow = [typeof(WordSaidConsumer), typeof(BugMetConsumer), typeof(NewsOfTomorrowConsumer), typeof(KeyLearnedConsumer)];
        await service.StartCopy(tomorrow);
        await service.Send(new KeyLearned(key));
        (await setAside.Resend("small", bug.ToString(), CancellationToken.None)).ShouldBe(1);
        await Eventually.Is(service.Effects, said => said.Any(s => s.MessageId == bug));
        (await setAside.Resend("small", null, CancellationToken.None)).ShouldBe(3);
        var effects = await Eventually.Is(service.Effects, said => said.Count == 3);
        effects.Select(s => s.MessageId).ShouldBe([bug, waited, unknown], ignoreOrder: true);
        // What is no message remains one thing to look at.
        await Eventually.Is(() => setAside.List("small", CancellationToken.None), all => all.Count == 1);
    }

    [Fact]
    public async Task what_waits_is_listed_with_what_it_waits_for_and_tried_at_once_when_asked()
    {
        await using var service = await SmallService.Start();
        await service.StartCopy(typeof(WordSaidConsumer));
        await using var database = NpgsqlDataSource.Create(service.Realm.Postgres);
        var parked = new Parked(database);
        var key = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var word = await service.Send(new WordSaid(key, "word"));
        var listed = await Eventually.Is(() => parked.List("small", CancellationToken.None), all => all.Count == 1);
        listed.Single().ShouldSatisfyAllConditions(m => m.Id.ShouldBe($"{word}"), m => m.Reason.ShouldBe($"waits for key:{key}"));

        // Late enough that only our asking explains the next attempt: by itself it would come after sixteen seconds. Asked in the
        // midst of an attempt, which has looked for its key already.
        var asked = 0;
        service.Trials.During = async tried =>
            asked += tried == 5 ? await parked.Resend("small", word.ToString(), CancellationToken.None) : 0;
        await Eventually.Is(() => Task.FromResult(service.Trials.Of(word)), tried => tried >= 5);
        await Eventually.Is(() => Task.FromResult(service.Trials.Of(word)), tried => tried > 5, TimeSpan.FromSeconds(14));
        asked.ShouldBe(1);
        (await parked.Resend("nowhere", null, CancellationToken.None)).ShouldBe(0);
        (await parked.Resend("nowhere", null, CancellationToken.None)).ShouldBe(0);
    }
}
