using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Stages.Classrooms.Copies;

namespace Stages.Classrooms.Live;

/// <summary>
/// News of a class for the other copies of this service that hold people of it. Nothing that
/// may not be lost travels here: it lies in the database, and the news says to look.
/// </summary>
public sealed record News(Guid From, Guid ModuleId, string Kind, JsonElement Content);

/// <summary>One exchange, one private queue for each copy, bound to the classes that it holds.</summary>
public sealed class Relay(IConfiguration configuration, ThisCopy copy, ILogger<Relay> logger, TimeProvider clock) : BackgroundService
{
    private const string Exchange = "classroom.live";

    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, byte> bound = [];
    private readonly SemaphoreSlim channelGate = new(1);
    private IConnection? connection;
    private IChannel? channel;
    private string queue = "";

    /// <summary>Called for news from other copies.</summary>
    public Func<News, Task> Heard { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called when news may have been missed.</summary>
    public Func<Task> Reconnected { get; set; } = () => Task.CompletedTask;

    public async Task Tell(Guid moduleId, string kind, object content)
    {
        var news = new News(copy.Id, moduleId, kind, JsonSerializer.SerializeToElement(content, JsonSerializerOptions.Web));
        var body = JsonSerializer.SerializeToUtf8Bytes(news, JsonSerializerOptions.Web);
        await Quietly(c => c.BasicPublishAsync(Exchange, moduleId.ToString("N"), body).AsTask());
    }

    public async Task Follow(Guid moduleId)
    {
        if (bound.TryAdd(moduleId, 0))
            await Quietly(c => c.QueueBindAsync(queue, Exchange, moduleId.ToString("N")));
    }

    public async Task Unfollow(Guid moduleId)
    {
        if (bound.TryRemove(moduleId, out _))
            await Quietly(c => c.QueueUnbindAsync(queue, Exchange, moduleId.ToString("N")));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var retry = new PeriodicTimer(RetryEvery, clock);
        try
        {
            do
            {
                if (connection is not { IsOpen: true })
                    await Connect(stoppingToken);
            } while (await retry.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            if (connection is not null)
                await connection.DisposeAsync();
        }
    }

    private async Task Connect(CancellationToken cancel)
    {
        try
        {
            if (connection is not null)
                await connection.DisposeAsync();
            var address = new Uri(configuration.GetConnectionString("RabbitMq")!);
            connection = await BrokerConnection.Factory(address, $"classroom-live {copy.Id}").CreateConnectionAsync(cancel);
            var opened = await connection.CreateChannelAsync(cancellationToken: cancel);
            await opened.ExchangeDeclareAsync(Exchange, ExchangeType.Direct, durable: true, autoDelete: false, cancellationToken: cancel);
            queue = (
                await opened.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true, cancellationToken: cancel)
            ).QueueName;
            foreach (var module in bound.Keys)
                await opened.QueueBindAsync(queue, Exchange, module.ToString("N"), cancellationToken: cancel);
            var consumer = new AsyncEventingBasicConsumer(opened);
            consumer.ReceivedAsync += Receive;
            await opened.BasicConsumeAsync(queue, autoAck: true, consumer, cancel);
            channel = opened;
            await Reconnected();
        }
        catch (Exception e)
            when (e
                    is RabbitMQ.Client.Exceptions.RabbitMQClientException
                        or InvalidOperationException
                        or IOException
                        or System.Net.Sockets.SocketException
            )
        {
            logger.LogWarning("The broker does not answer; copies do not hear of one another: {Reason}", e.Message);
        }
    }

    private async Task Receive(object sender, BasicDeliverEventArgs delivery)
    {
        var news = JsonSerializer.Deserialize<News>(delivery.Body.Span, JsonSerializerOptions.Web)!;
        if (news.From == copy.Id)
            return;
        try
        {
            await Heard(news);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning(e, "News of class {Module} ({Kind}) had no effect", news.ModuleId, news.Kind);
        }
    }

    /// <summary>What fails for want of a broker is made up for on the next connection: bound again, looked at again.</summary>
    private async Task Quietly(Func<IChannel, Task> work)
    {
        try
        {
            await OnChannel(work);
        }
        catch (Exception e)
            when (e
                    is RabbitMQ.Client.Exceptions.RabbitMQClientException
                        or InvalidOperationException
                        or IOException
                        or ObjectDisposedException
            )
        {
            logger.LogDebug(e, "The broker is away: the other copies hear of it later");
        }
    }

    private async Task OnChannel(Func<IChannel, Task> work)
    {
        var open = channel ?? throw new InvalidOperationException("not connected yet");
        await channelGate.WaitAsync();
        try
        {
            await work(open);
        }
        finally
        {
            channelGate.Release();
        }
    }
}
