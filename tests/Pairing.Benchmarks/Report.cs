using System.Diagnostics;

namespace Stages.Pairing.Benchmarks;

/// <summary>Writes each row when it is ready, to standard output and to a file; nothing is lost if the run is interrupted.</summary>
internal sealed class Report : IDisposable
{
    private readonly StreamWriter file;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly TimeSpan most;

    public Report(string path, double minutes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        file = new StreamWriter(path, append: false) { AutoFlush = true };
        most = TimeSpan.FromMinutes(minutes);
    }

    /// <summary>Whether something that takes about so many seconds can still begin.</summary>
    public bool HasTimeFor(double seconds) => clock.Elapsed.TotalSeconds + seconds <= most.TotalSeconds;

    public void Line(string line)
    {
        Console.WriteLine(line);
        file.WriteLine(line);
    }

    public void Heading(string title, string columns)
    {
        Line("");
        Line($"### {title}");
        Line("");
        Line(columns);
        Line($"{string.Concat(Enumerable.Repeat("|---", columns.Count(ch => ch == '|') - 1))}|");
    }

    /// <summary>What is under way, on standard error only.</summary>
    public void Progress(string text) => Console.Error.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss} {text}");

    public void Dispose() => file.Dispose();
}
