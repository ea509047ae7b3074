using System.Reflection;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stages.Contracts;

namespace Stages.ServiceDefaults;

/// <summary>RabbitMQ through MassTransit: one durable queue for each reading service, every message confirmed, none dropped for want of a reader.</summary>
public static class Bus
{
    /// <param name="queue">The service's own queue, a name of <see cref="Topology"/>; null for a service that only publishes.</param>
    /// <param name="assembly">Where its consumers are: public classes that implement <see cref="IConsumer{T}"/>.</param>
    public static IHostApplicationBuilder AddBus(this IHostApplicationBuilder builder, string? queue, Assembly assembly)
    {
        var address = new Uri(
            builder.Configuration.GetConnectionString("RabbitMq")
                ?? throw new InvalidOperationException("ConnectionStrings:RabbitMq is not configured.")
        );
        builder.Services.AddMassTransit(bus =>
        {
            // Nothing about a run leaves it.
            bus.DisableUsageTelemetry();
            bus.AddConsumers(assembly);
            bus.UsingRabbitMq(
                (context, rabbit) =>
                {
                    rabbit.Host(
                        address,
                        host =>
                        {
                            host.Heartbeat(TimeSpan.FromSeconds(10));
                            host.PublisherConfirmation = true;
                        }
                    );
                    BindReaders(rabbit);
                    if (queue is null)
                        return;
                    rabbit.ReceiveEndpoint(
                        queue,
                        endpoint =>
                        {
                            endpoint.SetQuorumQueue();
                            endpoint.PrefetchCount = 64;
                            endpoint.ConcurrentMessageLimit = 16;
                            endpoint.UseMessageRetry(Retries);
                            endpoint.ConfigureConsumers(context);
                        }
                    );
                }
            );
        });
        builder.Services.Configure<MassTransitHostOptions>(o => o.WaitUntilStarted = false);
        return builder;
    }

    /// <summary>
    /// A database that is away is waited for (the message stays with the broker); a lost race is tried again at once; a bug is
    /// tried a few times, then set aside in the error queue where people look at it.
    /// </summary>
    private static void Retries(IRetryConfigurator retry)
    {
        retry.Handle<Exception>(e => Problems.IsUnavailable(e) || Journal.IsRace(e) || e is NotYetKnown);
        retry.Exponential(int.MaxValue, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(100));
    }

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

/// <summary>A message came before the one that it builds upon (two publishers, no order between them): it is tried again until that one is here.</summary>
public sealed class NotYetKnown(string what) : Exception($"{what} is not known here yet.");
