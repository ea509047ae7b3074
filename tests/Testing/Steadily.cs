using System.Diagnostics;

namespace Stages.Testing;

/// <summary>
/// For the few tests whose subject is time itself: what must go on for a while, or is offered at a steady rate. To wait for
/// something there is <see cref="Eventually"/>.
/// </summary>
public static class Steadily
{
    /// <summary>Does a step at the end of each of so many spans; a late one is made up for, so the rate holds.</summary>
    /// <param name="step">Gets its number, from 0.</param>
    public static async Task Do(int times, TimeSpan every, Func<int, Task> step)
    {
        var watch = Stopwatch.StartNew();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(Math.Clamp(every.TotalMilliseconds, 1, 100)));
        for (var i = 0; i < times; i++)
        {
            while (watch.Elapsed < every * (i + 1))
                await tick.WaitForNextTickAsync();
            await step(i);
        }
    }
}
