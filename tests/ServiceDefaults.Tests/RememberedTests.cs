using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Stages.ServiceDefaults.Tests;

public sealed class RememberedTests
{
    private readonly Remembered known = new(
        new ServiceCollection().AddHybridCache().Services.BuildServiceProvider().GetRequiredService<HybridCache>()
    );

    [Fact]
    public async Task what_was_read_is_kept_as_it_is()
    {
        var value = new List<string> { "a" };

        (await known.Get("k", TimeSpan.FromMinutes(1), () => Task.FromResult(value))).ShouldBeSameAs(value);
        (await known.Get("k", TimeSpan.FromMinutes(1), () => Task.FromResult(new List<string>()))).ShouldBeSameAs(value);
    }

    [Fact]
    public async Task however_much_it_is()
    {
        var value = new string('a', 5_000_000);

        (await known.Get("k", TimeSpan.FromMinutes(1), () => Task.FromResult(value))).ShouldBeSameAs(value);
        (await known.Get("k", TimeSpan.FromMinutes(1), () => Task.FromResult("another"))).ShouldBeSameAs(value);
    }

    [Fact]
    public async Task whoever_comes_meanwhile_waits_for_the_same_reading()
    {
        var (readings, answer) = (0, new TaskCompletionSource<string>());
        Task<string> Read()
        {
            Interlocked.Increment(ref readings);
            return answer.Task;
        }

        var all = Enumerable.Range(0, 50).Select(_ => known.Get("k", TimeSpan.FromMinutes(1), Read).AsTask()).ToList();
        answer.SetResult("x");

        (await Task.WhenAll(all)).ShouldAllBe(a => a == "x");
        readings.ShouldBe(1);
    }

    [Fact]
    public async Task what_is_not_there_or_not_worth_keeping_is_asked_again()
    {
        var readings = 0;
        for (var i = 0; i < 2; i++)
        {
            await known.Get<string?>("absent", TimeSpan.FromMinutes(1), () => Task.FromResult<string?>(readings++ < 0 ? "" : null));
            await known.Get("bad", TimeSpan.FromMinutes(1), () => Task.FromResult(readings++), worthKeeping: _ => false);
        }

        readings.ShouldBe(4);
    }

    [Fact]
    public async Task a_reading_that_failed_is_not_kept()
    {
        await Should.ThrowAsync<IOException>(async () =>
            await known.Get<string>("k", TimeSpan.FromMinutes(1), () => Task.FromException<string>(new IOException("away")))
        );

        (await known.Get("k", TimeSpan.FromMinutes(1), () => Task.FromResult("here"))).ShouldBe("here");
    }

    [Fact]
    public async Task what_is_forgotten_is_read_again()
    {
        await known.Get("k", TimeSpan.FromMinutes(1), () => Task.FromResult("old"));
        await known.Forget("k");

        (await known.Get("k", TimeSpan.FromMinutes(1), () => Task.FromResult("new"))).ShouldBe("new");
    }
}
