using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Stages.Contracts;

namespace Stages.ServiceDefaults.Tests.Messages;

/// <summary>Whoever takes a service over reads and says at the broker what that service does, and nothing of the others.</summary>
public sealed class BrokerRightsTests : IAsyncLifetime
{
    private TestRealm realm = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Accounts() => [.. BrokerRights.All.Select(a => a.Name)];

    public async ValueTask InitializeAsync()
    {
        realm = await TestRealm.Create();
        var owner = new Uri(realm.RabbitMq);
        await new WhoReads(new BrokerAccess(owner, owner, MadeElsewhere: false), NullLogger<WhoReads>.Instance).Make(Cancel);
    }

    public ValueTask DisposeAsync() => realm.DisposeAsync();

    [Fact]
    public void each_service_that_reads_has_an_account() =>
        BrokerRights.All.Select(a => a.Name).ShouldBe(Topology.Readers.Keys, ignoreOrder: true);

    /// <summary>Also before any of its readers has started for the first time.</summary>
    [Fact]
    public async Task what_is_said_lies_in_the_queue_of_each_reader()
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(realm.RabbitMq) }.CreateConnectionAsync(Cancel);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), Cancel);
        foreach (var message in Topology.Readers.Values.SelectMany(m => m).Distinct())
        {
            await Publish(channel, $"{message.Namespace}:{message.Name}", "");
            var told = new List<string>();
            foreach (var queue in Topology.Readers.Keys)
                if (await channel.BasicGetAsync(queue, true, Cancel) is not null)
                    told.Add(queue);
            told.ShouldBe(Topology.ReadersOf(message), ignoreOrder: true, message.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Accounts))]
    public async Task an_account_reaches_its_own_and_nothing_else(string account)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(realm.Accounts[account]) }.CreateConnectionAsync(Cancel);
        (await May(c => c.BasicGetAsync(account, true))).ShouldBeTrue();
        (await May(c => Publish(c, account, ""))).ShouldBeTrue("what was parked is put into the own queue again");
        (await May(c => Publish(c, "", account))).ShouldBeFalse("through the exchange without a name all queues are reached");
        foreach (var other in Topology.Readers.Keys.Where(queue => queue != account))
        {
            (await May(c => c.BasicGetAsync(other, true))).ShouldBeFalse($"reads {other}");
            (await May(c => Publish(c, other, ""))).ShouldBeFalse($"writes to {other}");
            (await May(c => Publish(c, "", other))).ShouldBeFalse($"writes to {other}, round its exchange");
            (await May(c => c.QueuePurgeAsync(other))).ShouldBeFalse($"empties {other}");
            (await May(c => c.QueueDeleteAsync(other, false, false))).ShouldBeFalse($"removes {other}");
            (await May(c => c.QueueBindAsync(account, other, ""))).ShouldBeFalse($"hears what {other} is told");
        }
        foreach (var message in Topology.Readers.Values.SelectMany(m => m).Distinct())
        {
            var (exchange, own) = (
                $"{message.Namespace}:{message.Name}",
                message.Namespace!.EndsWith($".{account}", StringComparison.OrdinalIgnoreCase)
            );
            (await May(c => Publish(c, exchange, ""))).ShouldBe(own, $"says {exchange}");
            (await May(c => c.QueueBindAsync(account, exchange, ""))).ShouldBeFalse($"hears {exchange} that nobody gave it");
            if (!own)
                (await May(c => c.ExchangeDeleteAsync(exchange))).ShouldBeFalse($"removes {exchange}");
        }

        async Task<bool> May(Func<IChannel, Task> act)
        {
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), Cancel);
            try
            {
                await act(channel);
                return true;
            }
            catch (Exception e)
                when (e is OperationInterruptedException or AlreadyClosedException or RabbitMQ.Client.Exceptions.PublishException)
            {
                channel.CloseReason!.ReplyCode.ShouldBe((ushort)403);
                return false;
            }
        }
    }

    private static Task Publish(IChannel channel, string exchange, string key) =>
        channel.BasicPublishAsync(exchange, key, mandatory: false, new BasicProperties(), ReadOnlyMemory<byte>.Empty).AsTask();
}
