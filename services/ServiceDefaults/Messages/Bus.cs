using System.Reflection;
using MassTransit;
using MassTransit.Middleware;
using Stages.Contracts;

namespace Stages.ServiceDefaults;

/// <summary>
/// RabbitMQ through MassTransit: one durable queue for each reading service, every message confirmed, none dropped for want of a
/// reader.
/// </summary>
public static class Bus
{
    /// <param name="queue">The service's own queue, a name of <see cref="Topology"/>; null for a service that only publishes.</param>
    /// <param name="assembly">Where its consumers are: public classes that implement <see cref="IConsumer{T}"/>.</param>
    public static IHostApplicationBuilder AddBus(this IHostApplicationBuilder builder, string? queue, Assembly assembly) =>
        builder.AddBus(queue, [.. assembly.GetTypes().Where(t => t is { IsPublic: true, IsAbstract: false } && MessagesOf(t).Any())]);

    /// <param name="queue">The service's own queue; null for a service that only publishes.</param>
    /// <param name="consumers">The classes that read it.</param>
    public static IHostApplicationBuilder AddBus(this IHostApplicationBuilder builder, string? queue, IReadOnlyList<Type> consumers)
    {
        var access = BrokerAccess.Read(builder.Configuration, queue);
        var address = access.Own;
        builder.Services.AddSingleton(access).AddSingleton<WhoReads>();
        builder.Services.AddHostedService(s => s.GetRequiredService<WhoReads>());
        builder.Services.AddMassTransit(bus =>
        {
            // Nothing about a run leaves it.
            bus.DisableUsageTelemetry();
            bus.AddConsumers([.. consumers]);
            bus.UsingRabbitMq(
                (context, rabbit) =>
                {
                    rabbit.Host(
                        address,
                        host =>
                        {
                            host.Heartbeat(TimeSpan.FromSeconds(10));
                            host.PublisherConfirmation = true;
                            host.Believe(address);
                        }
                    );
                    if (!access.IsSeparate)
                        BindReaders(rabbit);
                    if (queue is null)
                        return;
                    rabbit.ReceiveEndpoint(
                        queue,
                        endpoint =>
                        {
                            endpoint.ConfigureConsumeTopology = !access.IsSeparate;
                            Configure(endpoint, context);
                        }
                    );
                }
            );
        });
        if (queue is not null)
        {
            AddParking(builder.Services, new OwnQueue(address, queue, [.. consumers.SelectMany(MessagesOf)]));
            builder.Keeps(Leftovers.SetAside);
        }
        builder.Services.Configure<MassTransitHostOptions>(o => o.WaitUntilStarted = false);
        return builder;
    }

    /// <summary>
    /// No message keeps a place of the queue from those behind it for longer than a few seconds: a lost race is decided again, a
    /// bug twice more and then set aside in the error queue, where people look; what waits for something unknown is parked
    /// (<see cref="ParkedMessages"/>), and so is a type that this version does not know. Only while the database is away does
    /// everything wait, with the broker (<see cref="DatabasePause"/>).
    /// </summary>
    private static void Configure(IRabbitMqReceiveEndpointConfigurator endpoint, IBusRegistrationContext context)
    {
        endpoint.SetQuorumQueue();
        endpoint.PrefetchCount = 64;
        endpoint.ConcurrentMessageLimit = 16;
        // Nobody reads what the library would publish of each failure.
        endpoint.PublishFaults = false;
        endpoint.UseFilter(ActivatorUtilities.CreateInstance<WaitForDatabase>(context));
        // Lost races are the journal's, which decides again with some chance in its pauses.
        endpoint.UseMessageRetry(retry =>
        {
            retry.Ignore<WaitedTooLong>();
            retry.Ignore<Exception>(Problems.IsUnavailable);
            retry.Intervals(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(250));
        });
        endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter(ActivatorUtilities.CreateInstance<ParkUnknown>(context)));
        endpoint.ConfigureError(pipe =>
        {
            pipe.UseFilter(ActivatorUtilities.CreateInstance<ForgetFailed>(context));
            // Notes that the message has been seen to: what cannot be read would be taken for unknown as well.
            pipe.UseFilter(new GenerateFaultFilter());
            pipe.UseFilter(new ErrorTransportFilter());
        });
        endpoint.ConfigureConsumers(context);
    }

    private static void AddParking(IServiceCollection services, OwnQueue queue)
    {
        services.AddSingleton(_ => queue);
        services.AddSingleton<DatabasePause>();
        services.AddSingleton<StuckMessages>();
        services.AddSingleton<TakeUp>();
        services.AddHostedService(s => s.GetRequiredService<TakeUp>());
        services.AddHealthChecks().AddCheck<StuckMessages>("messages", tags: ["ready"]);
    }

    private static IEnumerable<Type> MessagesOf(Type consumer) =>
        consumer
            .GetInterfaces()
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IConsumer<>))
            .Select(i => i.GetGenericArguments()[0]);

    private static void BindReaders(IRabbitMqBusFactoryConfigurator rabbit)
    {
        foreach (var message in Topology.Readers.Values.SelectMany(m => m).Distinct())
        {
            rabbit.Publish(
                message,
                topology =>
                {
                    foreach (var reader in Topology.ReadersOf(message))
                        ((IRabbitMqMessagePublishTopologyConfigurator)topology).BindQueue(
                            reader,
                            reader,
                            binding => binding.SetQuorumQueue()
                        );
                }
            );
        }
    }
}
