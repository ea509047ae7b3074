using System.Globalization;
using System.Net.Http.Headers;
using Stages.Testing;

namespace Stages.Benchmarks;

/// <summary>The services that a coordinator's pages ask, each a process, with one coordinator.</summary>
public sealed class CoordinatorHouse : IAsyncDisposable
{
    private static readonly (string Folder, string Assembly)[] Programs =
    [
        ("services/Portal", "Stages.Portal"),
        ("services/Enrolment", "Stages.Enrolments"),
        ("services/Scheduling", "Stages.Scheduling"),
    ];

    private readonly TestRealm realm;
    private readonly ServiceProcess[] processes;

    private CoordinatorHouse(TestRealm realm)
    {
        this.realm = realm;
        var ports = Programs.Select(_ => ServiceProcess.FreePort()).ToArray();
        var settings = new Dictionary<string, string>(realm.Settings, StringComparer.Ordinal)
        {
            ["Portal:Staff:0:Email"] = "coordinator@example.org",
            ["Portal:Staff:0:Role"] = "coordinator",
        };
        // Notification and Classroom are not asked here; they need an address all the same.
        foreach (
            var (name, port) in new[] { "Portal", "Enrolment", "Scheduling", "Notification", "Classroom" }.Zip([
                .. ports,
                ports[0],
                ports[0],
            ])
        )
            settings[$"Services:{name}"] = $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
        processes = [.. Programs.Select((p, i) => new ServiceProcess(p.Folder, p.Assembly, settings, Path.GetTempPath(), ports[i]))];
    }

    public Uri Portal => processes[0].Address;

    public string Token => realm.Token("coordinator", "coordinator@example.org");

    public static async Task<CoordinatorHouse> Start()
    {
        var house = new CoordinatorHouse(await TestRealm.Create());
        foreach (var process in house.processes)
        {
            process.Start();
            await process.Ready(TimeSpan.FromMinutes(3));
        }
        return house;
    }

    public HttpClient Coordinator() =>
        // A client that follows by itself leaves its token behind.
        new(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = Portal,
            Timeout = TimeSpan.FromMinutes(5),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) },
        };

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
            await process.DisposeAsync();
        await realm.DisposeAsync();
    }
}
