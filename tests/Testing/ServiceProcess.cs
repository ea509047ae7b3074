using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Stages.Testing;

/// <summary>A service as its own process, as it runs in use: started, killed without warning, started again on the same port.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly string folder;
    private readonly string assembly;
    private readonly Dictionary<string, string> settings;
    private readonly string log;
    private Process? process;

    /// <param name="folder">Below the checkout, such as <c>services/Enrolment</c>.</param>
    /// <param name="assembly">Name of its program without <c>.dll</c>.</param>
    /// <param name="logs">Folder for its log; null for none kept.</param>
    public ServiceProcess(
        string folder,
        string assembly,
        IEnumerable<KeyValuePair<string, string>> settings,
        string? logs = null,
        int? port = null
    )
    {
        (this.folder, this.assembly) = (folder, assembly);
        // A test's own setting comes after the realm's, and counts.
        this.settings = settings.GroupBy(s => s.Key, StringComparer.Ordinal).ToDictionary(s => s.Key, s => s.Last().Value);
        Port = port ?? FreePort();
        // Where the copies of the classroom find one another: the same after a new start, as its address is.
        if (assembly == "Stages.Classrooms")
            this.settings["Silo:Port"] = FreePort().ToString(CultureInfo.InvariantCulture);
        log = logs is null ? "" : Path.Combine(logs, $"{assembly}-{Port.ToString(CultureInfo.InvariantCulture)}.log");
    }

    public int Port { get; }

    /// <summary>Where the other copies of a classroom reach this one.</summary>
    public int SiloPort => int.Parse(settings["Silo:Port"], CultureInfo.InvariantCulture);

    /// <summary>Of its folder, such as <c>Enrolment</c>.</summary>
    public string Name => Path.GetFileName(folder);

    public Uri Address => new(Seal is null ? $"http://127.0.0.1:{Port}" : $"https://localhost:{Port}");

    /// <summary>Reached in seal alone, as in a cluster; null for in clear.</summary>
    public Seal? Seal { get; init; }

    /// <summary>Under which it runs: <c>Test</c>, or <c>Production</c> for what differs there.</summary>
    public string Environment { get; init; } = "Test";

    /// <summary>The name under which it is asked whether it is ready; null for its address.</summary>
    public string? Host { get; init; }

    /// <summary>Another clock than ours, which the test moves.</summary>
    public MovedClock? Clock { get; init; }

    public int Id => process?.Id ?? 0;

    public bool Runs => process is { HasExited: false };

    /// <summary>
    /// A port nobody listens on now, below those that the system gives to outgoing connections: one of these could take it before its
    /// server does. It is ours until this process ends, so that no other run of tests takes it before its server listens either.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(21000, 32000);
            try
            {
                var mine = new FileStream(Path.Combine(Ports.FullName, $"{port}"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                lock (Reserved)
                    Reserved.Add(mine);
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Somebody listens on this one: another.
            }
            catch (IOException)
            {
                // Somebody is about to: another.
            }
        }
    }

    private static readonly DirectoryInfo Ports = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "stages-test-ports"));

    private static readonly List<FileStream> Reserved = [];

    public void Start()
    {
        var path = Path.Combine(Servers.Checkout, folder);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(path, "bin", Configuration, "net10.0", assembly + ".dll")])
        {
            WorkingDirectory = path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        start.Environment["ASPNETCORE_URLS"] = Address.ToString().TrimEnd('/');
        if (Seal is not null)
            start.Environment["Inside__Certificate"] = Seal.FolderOf(Name);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = Environment;
        foreach (var (key, value) in Clock?.Environment ?? [])
            start.Environment[key] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public async Task Ready(TimeSpan? patience = null)
    {
        using var http = Client();
        http.DefaultRequestHeaders.Host = Host;
        await Eventually.True(
            async () =>
                Runs
                    ? (await http.GetAsync("/health/ready")).IsSuccessStatusCode
                    : throw new EndedException($"{assembly} ended: {string.Join(" | ", last)}"),
            patience
        );
    }

    /// <summary>Asks it, and believes its certificate where it has one.</summary>
    public HttpClient Client() => new(Seal?.Believing() ?? new SocketsHttpHandler()) { BaseAddress = Address };

    /// <summary>It will not be ready by waiting.</summary>
    private sealed class EndedException(string message) : Exception(message);

    /// <summary>SIGKILL: no goodbye to anybody.</summary>
    public async Task Kill()
    {
        if (process is null)
            return;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>SIGTERM, as an update does: it says goodbye, and ends by itself.</summary>
    public async Task Stop()
    {
        if (process is null)
            return;
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>SIGSTOP and SIGCONT: it does nothing for a while, and does not know.</summary>
    public async Task Freeze(bool frozen)
    {
        using var kill = Process.Start("kill", [frozen ? "-STOP" : "-CONT", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Runs)
            await Kill();
    }

    /// <summary>What it said at the end, for whoever reads why a test failed.</summary>
    private readonly Queue<string> last = new();

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (settings)
        {
            last.Enqueue(line);
            if (last.Count > 12)
                last.Dequeue();
            if (log.Length > 0)
                File.AppendAllText(log, line + "\n");
        }
    }
}
