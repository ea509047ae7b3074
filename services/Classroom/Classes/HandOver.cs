using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;

namespace Stages.Classrooms.Classes;

/// <summary>The classes that this copy holds.</summary>
public sealed class HeldHere
{
    private readonly ConcurrentDictionary<Guid, byte> classes = [];

    public IReadOnlyCollection<Guid> Modules => [.. classes.Keys];

    public void Add(Guid module) => classes[module] = 0;

    public void Remove(Guid module) => classes.TryRemove(module, out _);
}

/// <summary>Before this copy stops, another one goes on with each class that it holds, with all that is in memory only.</summary>
public sealed class HandOver(IGrainFactory grains, HeldHere here, ISiloStatusOracle silos, TimeProvider clock, ILogger<HandOver> logger)
    : IHostedService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var others = silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Where(s => !s.Equals(silos.SiloAddress)).ToList();
        if (others.Count == 0)
            return;
        try
        {
            await Task.WhenAll(here.Modules.Select((m, i) => grains.GetGrain<IClassGrain>(m).Move(others[i % others.Count])));
            using var until = new CancellationTokenSource(Longest, clock);
            using var look = new PeriodicTimer(Look, clock);
            while (here.Modules.Count > 0)
                await look.WaitForNextTickAsync(until.Token);
        }
        catch (Exception e)
        {
            // What was not handed over is written when it is put away.
            logger.LogWarning("Not all classes were handed over: {Reason}", e.Message);
        }
    }
}
