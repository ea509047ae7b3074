using System.Diagnostics;

namespace Stages.Demo;

/// <summary>Progress for whoever watches: a line that is rewritten on a terminal, a line now and then in a log.</summary>
public sealed class Screen(TimeProvider clock)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private readonly bool terminal = !Console.IsErrorRedirected;
    private readonly Lock one = new();
    private long last;
    private bool open;

    public void Step(string text) => Write($"── {text}");

    public void Line(string text) => Write($"   {text}");

    /// <summary>How far something has come; shown seldom enough to read.</summary>
    public void Progress(string text)
    {
        lock (one)
        {
            if (clock.GetElapsedTime(last) < (terminal ? TimeSpan.FromMilliseconds(200) : Between))
                return;
            last = clock.GetTimestamp();
            if (terminal)
                Console.Error.Write($"\r   {text}\e[K");
            else
                Console.Error.WriteLine($"   {text}");
            open = terminal;
        }
    }

    /// <summary>Polls until the condition holds.</summary>
    /// <param name="look">True when it holds; with a description of what was seen.</param>
    /// <exception cref="TimeoutException">With the last description.</exception>
    public async Task Until(string what, TimeSpan patience, Func<Task<(bool Holds, string Seen)>> look)
    {
        var watch = Stopwatch.StartNew();
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (true)
        {
            var (holds, seen) = await look();
            if (holds)
            {
                Line(seen);
                return;
            }
            if (watch.Elapsed > patience)
                throw new TimeoutException($"{what}: not after {patience.TotalSeconds:0} s; last seen: {seen}");
            Progress(seen);
            await beat.WaitForNextTickAsync();
        }
    }

    private void Write(string text)
    {
        lock (one)
        {
            if (open)
                Console.Error.Write("\r\e[K");
            open = false;
            Console.Error.WriteLine(text);
        }
    }
}
