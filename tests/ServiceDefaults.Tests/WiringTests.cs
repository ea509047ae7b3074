using Marten;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stages.ServiceDefaults.Tests.Messages;

namespace Stages.ServiceDefaults.Tests;

/// <summary>The store publishes through the bus, the bus parks in the store: whichever is asked for first, neither waits.</summary>
public sealed class WiringTests
{
    [Theory]
    [InlineData(typeof(IDocumentStore))]
    [InlineData(typeof(IBus))]
    [InlineData(typeof(IBusControl))]
    [InlineData(typeof(ParkedMessages))]
    public void a_service_can_be_put_together_from_any_end(Type first)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Test" });
        builder.Configuration["ConnectionStrings:Postgres"] = "Host=127.0.0.1;Port=1;Database=nowhere";
        builder.Configuration["ConnectionStrings:RabbitMq"] = "amqp://127.0.0.1:1";
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new Trials());
        builder.AddEventStore("small", _ => { }, (_, _, _) => ValueTask.FromResult<IReadOnlyList<object>>([]));
        builder.AddBus(SmallService.Queue, [typeof(KeyLearnedConsumer)]);
        using var host = builder.Build();
        host.Services.GetRequiredService(first).ShouldNotBeNull();
    }
}
