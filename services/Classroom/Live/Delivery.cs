using Orleans;
using Orleans.Runtime;
using Orleans.Runtime.Services;
using Orleans.Services;
using Stages.Classrooms.Classes;

namespace Stages.Classrooms.Live;

/// <summary>What a class says goes to the connections of this copy. One in each copy; none waits for another.</summary>
[Alias("class-delivery")]
public interface IDelivery : IGrainService
{
    /// <param name="holder">Who says it; what an earlier one says is no longer so.</param>
    /// <param name="news">In its order; what was told before may come once more.</param>
    [Alias("tell-in-order")]
    Task Tell(Guid module, long holder, List<ClassNews> news);

    /// <summary>What this copy has seen of a class; null when it has nobody there.</summary>
    [Alias("recall")]
    Task<LastSeen?> Recall(Guid module);
}

public sealed class Delivery(GrainId id, Silo silo, ILoggerFactory loggers, LiveClasses classes)
    : GrainService(id, silo, loggers),
        IDelivery
{
    private readonly ILogger logger = loggers.CreateLogger<Delivery>();

    public Task Tell(Guid module, long holder, List<ClassNews> news)
    {
        if (classes.Find(module) is { } live && live.Believes(holder))
            foreach (var one in news)
                Take(live, one);
        return Task.CompletedTask;
    }

    /// <summary>One that cannot be taken holds up none of the others.</summary>
    private void Take(LiveClass live, ClassNews news)
    {
        try
        {
            live.Take(news);
        }
        catch (Exception e)
        {
            logger.LogError(e, "{News} of a class was not taken", news.GetType().Name);
        }
    }

    public Task<LastSeen?> Recall(Guid module) => Task.FromResult(classes.Find(module)?.Seen);
}

public sealed class DeliveryClient(IServiceProvider services) : GrainServiceClient<IDelivery>(services)
{
    public IDelivery At(SiloAddress copy) => GetGrainService(copy);
}
