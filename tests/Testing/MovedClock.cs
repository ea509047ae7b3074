using System.Diagnostics;

namespace Stages.Testing;

/// <summary>
/// The wall clock of some processes, which a test puts forward: their whole clock (<c>moved-clock.c</c>) and not one object that we would
/// hand them, so that libraries and what they keep are in that time as well. The clocks of the servers are not moved.
/// </summary>
/// <param name="folder">For its file.</param>
public sealed class MovedClock(string folder)
{
    private static readonly Lazy<string> Library = new(Compile);

    private readonly string file = Path.Combine(folder, "clock");

    public TimeSpan Ahead
    {
        get;
        set
        {
            field = value;
            // In place: the processes look at these bytes.
            using var bytes = new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
            bytes.Write(BitConverter.GetBytes((long)value.TotalSeconds));
        }
    }

    /// <summary>What a process is started with.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment => [new("LD_PRELOAD", Library.Value), new("STAGES_CLOCK", file)];

    private static string Compile()
    {
        var library = Path.Combine(AppContext.BaseDirectory, "moved-clock.so");
        var source = Path.Combine(Servers.Checkout, "tests", "Testing", "moved-clock.c");
        using var compiler = Process.Start("cc", ["-shared", "-fPIC", "-O1", "-o", library, source])!;
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? library : throw new InvalidOperationException("cc does not compile moved-clock.c");
    }
}
