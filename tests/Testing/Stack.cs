using System.Globalization;
using System.Net.Http.Headers;
using Xunit;

namespace Stages.Testing;

/// <summary>
/// All services as processes of their own behind the gateway, on a realm of their own, with a mailbox: what a person meets. For
/// tests of the whole; a test of one service uses <see cref="ServiceUnderTest{TProgram}"/>.
/// </summary>
public class Stack : IAsyncLifetime
{
    private readonly List<ServiceProcess> processes = [];
    private MovedClock? clock;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("stages-stack-");

    public TestRealm Realm { get; private set; } = null!;

    public Uri Gateway { get; private set; } = null!;

    /// <summary>
    /// Where people are told to reach it, for a stack that runs as outside a local run behind a proxy of that name; else null.
    /// </summary>
    protected virtual Uri? Public => null;

    /// <summary>Whether the gateway reaches the services by https, with certificates of a private authority.</summary>
    protected virtual bool IsSealed => false;

    private Seal? seal;

    /// <summary>Whether its clock can be moved.</summary>
    protected virtual bool HasOwnClock => false;

    /// <summary>Further configuration of all services.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string>> ExtraSettings => [];

    /// <summary>One file for each mail and recipient.</summary>
    public string MailFolder => Path.Combine(folder.FullName, "mail");

    /// <summary>The data folder as infra's tools expect it: keys and mail.</summary>
    public string Data => folder.FullName;

    public async ValueTask InitializeAsync()
    {
        Realm = await TestRealm.Create(Public is null ? null : Public.GetLeftPart(UriPartial.Authority));
        Directory.CreateDirectory(MailFolder);
        Realm.WriteKeys(Path.Combine(Data, "keys"));
        var ports = Enumerable.Range(0, 6).Select(_ => ServiceProcess.FreePort()).Distinct().ToArray();
        if (ports.Length < 6)
            ports = [.. Enumerable.Range(0, 12).Select(_ => ServiceProcess.FreePort()).Distinct().Take(6)];
        var smtp = ServiceProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        seal = IsSealed ? await Seal.Create() : null;
        string At(int i) =>
            (seal is null || i == 0 ? "http://127.0.0.1:" : "https://localhost:") + ports[i].ToString(CultureInfo.InvariantCulture);
        var settings = new Dictionary<string, string>(Realm.Settings, StringComparer.Ordinal)
        {
            ["Services:Portal"] = Public?.GetLeftPart(UriPartial.Authority) ?? At(0),
            ["Services:Enrolment"] = At(1),
            ["Services:Scheduling"] = At(2),
            ["Services:Notification"] = At(3),
            ["Services:Classroom"] = At(4),
            ["Portal:Staff:0:Email"] = "coordinator@example.org",
            ["Portal:Staff:0:Role"] = "coordinator",
            ["Smtp:Host"] = "127.0.0.1",
            ["Smtp:Port"] = smtp,
            // The tests' mailbox has no certificate.
            ["Smtp:Security"] = "none",
            // Who waits for a mail here need not wait for others beside it.
            ["Notifications:GatherSeconds"] = "0.5",
            ["MailSink:Folder"] = MailFolder,
            ["MailSink:SmtpPort"] = smtp,
        };
        if (seal is not null)
            settings["SSL_CERT_FILE"] = seal.Authority;
        foreach (var (key, value) in ExtraSettings)
            settings[key] = value;
        var logs = Path.Combine(Data, "logs");
        Directory.CreateDirectory(logs);
        (string Folder, string Assembly)[] programs =
        [
            ("services/Portal", "Stages.Portal"),
            ("services/Enrolment", "Stages.Enrolments"),
            ("services/Scheduling", "Stages.Scheduling"),
            ("services/Notification", "Stages.Notifications"),
            ("services/Classroom", "Stages.Classrooms"),
            ("infra/tools/MailSink", "Stages.MailSink"),
        ];
        clock = HasOwnClock ? new MovedClock(Data) { Ahead = TimeSpan.Zero } : null;
        for (var i = 0; i < programs.Length; i++)
        {
            var process = new ServiceProcess(programs[i].Folder, programs[i].Assembly, settings, logs, ports[i])
            {
                Clock = clock,
                Environment = Public is null ? "Test" : "Production",
                Host = i == 0 ? Public?.Authority : null,
                // The mailbox speaks with the tests.
                Seal = programs[i].Folder.StartsWith("services/", StringComparison.Ordinal) && i > 0 ? seal : null,
            };
            processes.Add(process);
            process.Start();
        }
        foreach (var process in processes)
            await process.Ready(TimeSpan.FromMinutes(3));
        Gateway = processes[0].Address;
    }

    /// <summary>Where one service is, past the gateway: <c>Enrolment</c>, <c>Scheduling</c>, …</summary>
    public Uri Service(string name) => processes.Single(p => p.Name == name).Address;

    /// <summary>One service, to be killed and started again.</summary>
    public ServiceProcess Process(string name) => processes.Single(p => p.Name == name);

    /// <summary>From now on it is so much later than now, for all services and for the tokens that are given to them.</summary>
    public void MoveTo(TimeSpan ahead) =>
        Realm.Ahead = (clock ?? throw new InvalidOperationException("This stack has our clock.")).Ahead = ahead;

    /// <summary>A client of the gateway that carries a token of this role, or none.</summary>
    public HttpClient Client(string? role = null, string email = "someone@example.org", string? territory = null)
    {
        var client = new HttpClient { BaseAddress = Gateway, Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Host = Public?.Authority;
        if (role is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Realm.Token(role, email, territory));
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
            await process.DisposeAsync();
        await Realm.DisposeAsync();
        seal?.Dispose();
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
