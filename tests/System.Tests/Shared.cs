using System.Collections.Concurrent;
using Stages.SystemTests;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedOnes))]

namespace Stages.SystemTests;

/// <summary>
/// One for all classes of the run that ask for it: starting six services takes as long as most of what is tried on them. Each test
/// makes a campaign of its own.
/// </summary>
public sealed class Shared<T>(SharedOnes ones) : IAsyncLifetime
    where T : IAsyncLifetime, new()
{
    public T One { get; private set; } = default!;

    public async ValueTask InitializeAsync() => One = await ones.Get<T>();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Started with the first class that asks, ended with the run.</summary>
public sealed class SharedOnes : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Type, Lazy<Task<IAsyncLifetime>>> started = [];

    public async Task<T> Get<T>()
        where T : IAsyncLifetime, new() => (T)await started.GetOrAdd(typeof(T), _ => new(Start<T>)).Value;

    private static async Task<IAsyncLifetime> Start<T>()
        where T : IAsyncLifetime, new()
    {
        var one = new T();
        await one.InitializeAsync();
        return one;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in started.Values)
            await (await one.Value).DisposeAsync();
    }
}
