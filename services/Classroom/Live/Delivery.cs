using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Runtime.Services;
using Orleans.Services;
using Stages.Classrooms.Classes;

namespace Stages.Classrooms.Live;

/// <summary>What a class says goes to the connections of this copy. One in each copy; none waits for another.</summary>
[Alias("class-delivery")]
public interface IDelivery : IGrainService
{
    [Alias("tell"), OneWay]
    Task Tell(Guid module, ClassNews news);

    /// <summary>What this copy has seen of a class; null when it has nobody there.</summary>
    [Alias("recall")]
    Task<LastSeen?> Recall(Guid module);
}

public sealed class Delivery(GrainId id, Silo silo, ILoggerFactory loggers, LiveClasses classes)
    : GrainService(id, silo, loggers),
        IDelivery
{
    public Task Tell(Guid module, ClassNews news)
    {
        classes.Find(module)?.Take(news);
        return Task.CompletedTask;
    }

    public Task<LastSeen?> Recall(Guid module) => Task.FromResult(classes.Find(module)?.Seen);
}

public sealed class DeliveryClient(IServiceProvider services) : GrainServiceClient<IDelivery>(services)
{
    public IDelivery At(SiloAddress copy) => GetGrainService(copy);
}
