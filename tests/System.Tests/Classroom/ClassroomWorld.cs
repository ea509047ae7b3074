using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.NetworkInformation;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MassTransit;
using Stages.Contracts;
using Stages.Contracts.Enrolment;
using Stages.Contracts.Scheduling;
using Stages.ServiceDefaults;
using Stages.Testing;
using Stages.Vocabulary;

namespace Stages.SystemTests.Classroom;

/// <summary>A class that is about to begin: its teacher and pupils by e-mail address.</summary>
public sealed record Lesson(
    Guid ModuleId,
    Guid StageId,
    Guid CampaignId,
    string Teacher,
    IReadOnlyList<(Guid EnrolmentId, string FirstName, string Parent)> Pupils
);

/// <summary>One after the other: sound and pictures in real time leave no room for a second test beside them.</summary>
[Xunit.CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ClassroomCollection
{
    public const string Name = "classroom";
}

/// <summary>
/// The real Classroom service as processes of their own, beside real media servers; other services are heard through a bus.
/// </summary>
public sealed class ClassroomWorld : IAsyncDisposable
{
    private readonly List<(string Name, int Port, int FirstRtp)> media = [];
    private HttpClient http = new();
    private readonly Dictionary<Guid, StageChanged> timetable = [];
    private static int worlds;

    /// <summary>Nobody's: what stands before the media servers that are found.</summary>
    public const string PublicAddress = "198.51.100.7";

    private string folder = "";
    private bool weakNetwork;
    private bool relay;
    private bool found;
    private string? relayCertificate;
    private int relayTlsPort;
    private Seal? seal;
    private IBusControl? bus;

    public TestRealm Realm { get; private set; } = null!;

    public List<ServiceProcess> Copies { get; } = [];

    /// <summary>Where screenshots and logs go; kept after the test.</summary>
    public string Artifacts { get; private set; } = "";

    /// <summary>Of what is published here.</summary>
    public string Level { get; set; } = "6E";

    public Uri Address => Copies[0].Address;

    /// <summary>The authority of all certificates here, where it speaks in seal.</summary>
    public Seal? Seal => seal;

    public string ApiSecret { get; private set; } = "";

    /// <summary>Where the service asks for media servers, when it has to find them.</summary>
    public Names Names { get; } = new();

    public int MediaPort(int index) => media[index].Port;

    /// <param name="extra">Further settings of the service.</param>
    public static async Task<ClassroomWorld> Create(
        string name,
        int mediaServers = 1,
        int copies = 1,
        Dictionary<string, string>? extra = null,
        bool weakNetwork = false,
        bool relay = false,
        bool inSeal = false,
        bool found = false,
        Seal? relayByTls = null
    )
    {
        var world = new ClassroomWorld
        {
            weakNetwork = weakNetwork,
            found = found,
            seal = inSeal ? await Seal.Create() : null,
            Realm = await TestRealm.Create(),
            Artifacts = Path.Combine(Servers.Checkout, "artifacts", "classroom", name),
        };
        Directory.CreateDirectory(world.Artifacts);
        world.folder = Directory.CreateTempSubdirectory("stages-media-").FullName;
        var settings = new Dictionary<string, string>(world.Realm.Settings, StringComparer.Ordinal);
        foreach (var (key, value) in extra ?? [])
            settings[key] = value;
        if (world.seal is not null)
        {
            settings["SSL_CERT_FILE"] = world.seal.Authority;
            world.http = new HttpClient(world.seal.Believing());
        }
        var number = Interlocked.Increment(ref worlds);
        for (var i = 0; i < mediaServers; i++)
        {
            // A range of its own for each, so that two test processes can run at once.
            var first = 30000 + (((Environment.ProcessId * 7) + (number * 3) + i) % 60 * 400);
            world.media.Add(($"media-{i + 1}", ServiceProcess.FreePort(), first));
            var started = await world.StartMedia(i);
            if (found)
            {
                settings["Classroom:MediaSearch:Name"] = "_api._tcp.media.test";
                settings["Classroom:MediaSearch:Scheme"] = "ws";
                settings["Classroom:MediaSearch:Resolver"] = world.Names.Address;
                settings["Classroom:MediaSearch:ApiSecret"] = world.ApiSecret = started["API_SECRET"];
                settings["Classroom:MediaSearch:RoomKey"] = started["ROOM_KEY"];
                continue;
            }
            settings[$"Classroom:MediaNodes:{i}:Name"] = $"media-{i + 1}";
            settings[$"Classroom:MediaNodes:{i}:Address"] =
                $"{(world.seal is null ? "ws://127.0.0.1" : "wss://localhost")}:{world.media[i].Port}";
            settings[$"Classroom:MediaNodes:{i}:ApiSecret"] = world.ApiSecret = started["API_SECRET"];
            settings[$"Classroom:MediaNodes:{i}:RoomKey"] = started["ROOM_KEY"];
        }
        if (found)
            await world.NameMedia(0);
        if (relay)
        {
            var first = 54000 + (Environment.ProcessId % 20 * 100);
            var port = ServiceProcess.FreePort();
            if (relayByTls is not null)
            {
                world.relayCertificate = relayByTls.FolderOf("media");
                world.relayTlsPort = ServiceProcess.FreePort();
            }
            var started = await world.Media(
                "relay",
                world.folder,
                Text(port),
                Text(first),
                Text(first + 99),
                "--with-parent",
                Text(Environment.ProcessId)
            );
            world.relay = true;
            string[] ways = relayByTls is null
                ? [$"turn:127.0.0.1:{Text(port)}?transport=udp", $"turn:127.0.0.1:{Text(port)}?transport=tcp"]
                : [$"turns:localhost:{Text(world.relayTlsPort)}?transport=tcp"];
            for (var i = 0; i < ways.Length; i++)
                settings[$"Classroom:Turn:Urls:{Text(i)}"] = ways[i];
            settings["Classroom:Turn:Secret"] = started["SECRET"];
        }
        for (var i = 0; i < copies; i++)
        {
            // Each copy stands for itself here, where no gateway is in front of them; in seal there is one.
            var port = ServiceProcess.FreePort();
            settings["Services:Portal"] = inSeal ? "http://localhost" : $"http://127.0.0.1:{Text(port)}";
            var copy = new ServiceProcess("services/Classroom", "Stages.Classrooms", settings, world.Artifacts, port) { Seal = world.seal };
            world.Copies.Add(copy);
        }
        foreach (var copy in world.Copies)
        {
            copy.Start();
            await copy.Ready(TimeSpan.FromSeconds(120));
        }
        world.bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(new Uri(world.Realm.RabbitMq)));
        await world.bus.StartAsync();
        return world;
    }

    public async Task<Dictionary<string, string>> StartMedia(int index)
    {
        var (name, port, first) = media[index];
        return await Media("start", folder, name, Text(port), Text(first), Text(first + 399), "--with-parent", Text(Environment.ProcessId));
    }

    /// <summary>These, and no other ones, are in the answers of the resolver from now on.</summary>
    public Task NameMedia(params int[] servers) =>
        Names.SayServers("_api._tcp.media.test", "media.test", servers.Select(i => (media[i].Name, media[i].Port)));

    /// <summary>Whether a copy goes on with whoever comes to its silo's port with this service's certificate.</summary>
    public async Task<bool> IsSpokenWith(string? of)
    {
        using var own = of is null
            ? null
            : X509Certificate2.CreateFromPemFile(Path.Combine(seal!.FolderOf(of), "tls.crt"), Path.Combine(seal.FolderOf(of), "tls.key"));
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", Copies[0].SiloPort);
        await using var tls = new SslStream(tcp.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "classroom",
                    ClientCertificates = own is null ? null : [own],
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
                }
            );
            // A silo says first who it is; or that it hangs up.
            return await tls.ReadAsync(new byte[1]).AsTask().WaitAsync(TimeSpan.FromSeconds(20)) > 0;
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            return false;
        }
    }

    /// <summary>The number of the certificate that the service shows to who comes now.</summary>
    public async Task<string> Certificate()
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(Address.Host, Address.Port);
        await using var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = Address.Host, RemoteCertificateValidationCallback = (_, _, _, _) => true }
        );
        return tls.RemoteCertificate!.GetSerialNumberString();
    }

    /// <summary>Asks <c>infra/media</c>, and returns what it answers as KEY=value up to END=.</summary>
    private async Task<Dictionary<string, string>> Media(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Servers.Checkout, "infra", "media"), arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        if (seal is not null)
            start.Environment["STAGES_MEDIA_TLS"] = seal.FolderOf("media");
        if (relayCertificate is not null)
        {
            start.Environment["STAGES_RELAY_TLS"] = relayCertificate;
            start.Environment["STAGES_RELAY_TLS_PORT"] = Text(relayTlsPort);
        }
        if (weakNetwork)
            start.Environment["WEAK_NETWORK"] = Path.Combine(folder, "weak-network");
        // As behind an address translation: each address of this machine has a public one.
        if (found)
        {
            var table = Directory.CreateDirectory(Path.Combine(folder, "addresses")).FullName;
            foreach (var own in NetworkInterface.GetAllNetworkInterfaces().SelectMany(n => n.GetIPProperties().UnicastAddresses))
                await File.WriteAllTextAsync(Path.Combine(table, own.Address.ToString()), PublicAddress);
            start.Environment["STAGES_MEDIA_PUBLIC_ADDRESSES"] = table;
        }
        using var process = Process.Start(start)!;
        var answer = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await process.StandardOutput.ReadLineAsync() is { } line && line.Split('=', 2) is [var key, var value] && key != "END")
            answer[key] = value;
        return answer;
    }

    /// <summary>
    /// From now on each browser's connection to the media server has so many bits per second, and so many percent are lost; 0 and
    /// 0 for all that the machine can do.
    /// </summary>
    public void Shape(int bitsPerSecond, int percentLost)
    {
        var file = Path.Combine(folder, "weak-network");
        File.WriteAllText(file + ".new", bitsPerSecond == 0 ? "" : $"{Text(bitsPerSecond)} {Text(percentLost)}\n");
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>SIGSTOP to a media server: it is there, and does nothing any more.</summary>
    public async Task HangMedia(int index)
    {
        var pid = await File.ReadAllTextAsync(Path.Combine(folder, media[index].Name, "pid"));
        using var kill = Process.Start("kill", ["-STOP", pid.Trim()]);
        await kill.WaitForExitAsync();
    }

    /// <summary>SIGKILL to a media server.</summary>
    public void KillMedia(int index)
    {
        using var process = Process.GetProcessById(
            int.Parse(File.ReadAllText(Path.Combine(folder, media[index].Name, "pid")), CultureInfo.InvariantCulture)
        );
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>
    /// Says what Scheduling and Enrolment would: a stage with one module that began, or begins, so many minutes from now.
    /// </summary>
    public async Task<Lesson> Publish(double startsInMinutes = -1, double lastsMinutes = 120, params string[] pupils)
    {
        var now = TimeProvider.System.GetUtcNow();
        Guid Id() => Guid.CreateVersion7(now);
        var tag = Id().ToString("N")[24..];
        var lesson = new Lesson(
            Id(),
            Id(),
            Id(),
            $"claire-{tag}@example.org",
            [.. pupils.Select(p => (Id(), p, $"parent-{p.ToLowerInvariant()}-{tag}@example.org"))]
        );
        foreach (var (enrolment, first, parent) in lesson.Pupils)
            await Say(new EnrolmentFamily(enrolment, lesson.CampaignId, 1, first, [PersonId.FromEmail(parent)]));
        await Say(
            new CampaignOpened(
                lesson.CampaignId,
                1,
                "Printemps 2021",
                "Montpellier",
                "C",
                "Europe/Paris",
                [],
                [],
                120,
                [],
                now,
                now,
                [Level],
                [new CampaignSubject("FR", "Français", [Level], "French")],
                new CampaignRules()
            )
        );
        var starts = now.AddMinutes(startsInMinutes);
        var day = DateOnly.FromDateTime(starts.UtcDateTime);
        var clock = TimeOnly.FromDateTime(starts.UtcDateTime);
        var published = new StagePublished(
            lesson.StageId,
            lesson.CampaignId,
            1,
            "FR",
            [Level],
            "A",
            "Europe/Paris",
            Id(),
            PersonId.FromEmail(lesson.Teacher),
            "Claire",
            [new ModuleSet(lesson.ModuleId, day, clock, clock.AddMinutes(lastsMinutes), starts, starts.AddMinutes(lastsMinutes), 0)],
            [.. lesson.Pupils.Select(p => new PupilPlaced(p.EnrolmentId, "FR", "0340001A"))]
        );
        timetable[lesson.StageId] = published.AsChanged();
        await Say(published);
        await Eventually.True(async () =>
            (await Ask(HttpMethod.Get, $"/api/modules/{lesson.ModuleId}/attendance", "teacher", lesson.Teacher)).IsSuccessStatusCode
        );
        await Eventually.True(async () =>
            lesson.Pupils.Count == 0
            || (await Ask(HttpMethod.Post, $"/api/modules/{lesson.ModuleId}/join", "family", lesson.Pupils[^1].Parent)).StatusCode
                != System.Net.HttpStatusCode.Forbidden
        );
        return lesson;
    }

    /// <summary>Scheduling changes the stage while its class runs: it ends so many minutes from now, and somebody joins it.</summary>
    public async Task<Lesson> Change(Lesson lesson, double endsInMinutes, string newPupil)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var parent = $"parent-{newPupil.ToLowerInvariant()}-{id:N}@example.org";
        await Say(new EnrolmentFamily(id, lesson.CampaignId, 1, newPupil, [PersonId.FromEmail(parent)]));
        var before = timetable[lesson.StageId];
        var after = timetable[lesson.StageId] = before with
        {
            Version = before.Version + 1,
            Modules = [before.Modules[0] with { EndsAt = now.AddMinutes(endsInMinutes) }],
            Pupils = [.. before.Pupils, new PupilPlaced(id, "FR", "0340001A")],
        };
        await Say(after);
        return lesson with { Pupils = [.. lesson.Pupils, (id, newPupil, parent)] };
    }

    public Task Cancel(Lesson lesson) =>
        Say(new StageCancelled(lesson.StageId, lesson.CampaignId, timetable[lesson.StageId].Version + 1, "teacher-gone"));

    public Task Say<T>(T message)
        where T : class => bus!.Publish(message, c => c.MessageId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));

    /// <summary>The copy that is asked, and so the one that holds the classes of which nobody has spoken yet.</summary>
    public int Through { get; set; }

    public async Task<HttpResponseMessage> Ask(
        HttpMethod method,
        string path,
        string? role,
        string email = "",
        object? body = null,
        string? territory = null,
        int? through = null
    )
    {
        using var request = new HttpRequestMessage(method, new Uri(Copies[through ?? Through].Address, path));
        if (role is not null)
            request.Headers.Authorization = Realm.Bearer(role, email, territory, "classroom");
        if (method != HttpMethod.Get)
            request.Content = JsonContent.Create(body ?? new { });
        return await http.SendAsync(request);
    }

    /// <summary>A personal link, as a click on “Join the class” makes it.</summary>
    /// <param name="copy">Through which copy of the service this person comes in.</param>
    /// <param name="through">Which copy is asked for it.</param>
    public async Task<string> Link(Lesson lesson, string role, string email, int copy = 0, int? through = null)
    {
        using var answer = await Ask(HttpMethod.Post, $"/api/modules/{lesson.ModuleId}/join", role, email, through: through);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{(int)answer.StatusCode} {text}");
        var link = JsonDocument.Parse(text).RootElement.GetProperty("url").GetString()!;
        return link.Replace(Copies[through ?? Through].Address.Authority, Copies[copy].Address.Authority, StringComparison.Ordinal);
    }

    public async Task<JsonElement> Attendance(Lesson lesson)
    {
        using var answer = await Ask(HttpMethod.Get, $"/api/modules/{lesson.ModuleId}/attendance", "teacher", lesson.Teacher);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var copy in Copies)
            await copy.DisposeAsync();
        if (bus is not null)
            await bus.StopAsync();
        for (var i = 0; i < media.Count; i++)
        {
            using var stop = Process.Start(Path.Combine(Servers.Checkout, "infra", "media"), ["stop", folder, media[i].Name]);
            await stop.WaitForExitAsync();
        }
        if (relay)
            await Media("stop-relay", folder);
        await Names.DisposeAsync();
        http.Dispose();
        seal?.Dispose();
        await Realm.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
