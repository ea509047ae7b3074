using System.Diagnostics;
using System.Globalization;

namespace Stages.Portal.Tests.SignIn;

/// <summary>
/// The Portal with a real provider of another house (npm's <c>oidc-provider</c>) for families, who are not believed, and for staff,
/// who are for addresses of <c>example.org</c>; with mail, since a code proves what nobody is believed for.
/// </summary>
public sealed class ProviderHouse : IAsyncLifetime
{
    private readonly List<ServiceProcess> processes = [];
    private readonly DirectoryInfo mails = Directory.CreateTempSubdirectory("stages-mail-");
    private readonly HttpClient http = new();
    private TestRealm realm = null!;
    private Process? provider;
    private string authority = "";

    public Uri Portal { get; private set; } = null!;

    public MailFolder Mailbox { get; private set; } = null!;

    /// <summary>Who comes to the provider's door next.</summary>
    public async Task Comes(object person) => (await http.PutAsJsonAsync($"{authority}/person", person)).EnsureSuccessStatusCode();

    public async ValueTask InitializeAsync()
    {
        realm = await TestRealm.Create();
        Mailbox = new MailFolder(mails.FullName);
        int[] ports = [.. Enumerable.Range(0, 20).Select(_ => ServiceProcess.FreePort()).Distinct().Take(6)];
        string At(int i) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports[i]}");
        (Portal, authority) = (new Uri(At(0)), At(4));
        var settings = new Dictionary<string, string>(realm.Settings, StringComparer.Ordinal)
        {
            ["Services:Portal"] = At(0),
            ["Services:Notification"] = At(1),
            ["Portal:PublicUrl"] = At(0),
            ["Portal:Staff:0:Email"] = "camille.martin@example.org",
            ["Portal:Staff:0:Role"] = "coordinator",
            ["Smtp:Host"] = "127.0.0.1",
            ["Smtp:Port"] = ports[3].ToString(CultureInfo.InvariantCulture),
            ["MailSink:SmtpPort"] = ports[3].ToString(CultureInfo.InvariantCulture),
            ["MailSink:Folder"] = mails.FullName,
            ["Portal:Providers:agents:Role"] = "staff",
            ["Portal:Providers:agents:Trusted"] = "example.org",
        };
        foreach (var service in new[] { "Enrolment", "Scheduling", "Classroom" })
            settings[$"Services:{service}"] = At(5);
        foreach (var name in new[] { "familles", "agents" })
        {
            settings[$"Portal:Providers:{name}:Label"] = name;
            settings[$"Portal:Providers:{name}:Patience"] = "00:01:00";
            settings[$"Portal:Providers:{name}:Authority"] = authority;
            settings[$"Portal:Providers:{name}:ClientId"] = $"{name}-client";
            settings[$"Portal:Providers:{name}:ClientSecret"] = "a-secret-of-the-test";
        }
        await StartProvider(ports[4]);
        (string Folder, string Assembly, int Port)[] programs =
        [
            ("infra/tools/MailSink", "Stages.MailSink", ports[2]),
            ("services/Notification", "Stages.Notifications", ports[1]),
            ("services/Portal", "Stages.Portal", ports[0]),
        ];
        foreach (var (folder, assembly, port) in programs)
        {
            var process = new ServiceProcess(folder, assembly, settings, null, port);
            processes.Add(process);
            process.Start();
        }
        foreach (var process in processes)
            await process.Ready(TimeSpan.FromMinutes(3));
    }

    private async Task StartProvider(int port)
    {
        var folder = Path.Combine(Servers.Checkout, "tests", "oidc-provider");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            using var install = Start(folder, "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error");
            await install.WaitForExitAsync();
            install.ExitCode.ShouldBe(0, "npm ci in tests/oidc-provider");
        }
        provider = Start(
            folder,
            "node",
            ["server.mjs"],
            ("OIDC_PORT", port.ToString(CultureInfo.InvariantCulture)),
            ("OIDC_PORTAL", Portal.ToString().TrimEnd('/'))
        );
        await Eventually.True(async () => (await http.GetAsync($"{authority}/.well-known/openid-configuration")).IsSuccessStatusCode);
    }

    private static Process Start(string folder, string program, params string[] arguments) => Start(folder, program, arguments, []);

    private static Process Start(string folder, string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
            await process.DisposeAsync();
        provider?.Kill();
        provider?.Dispose();
        http.Dispose();
        await realm.DisposeAsync();
        mails.Delete(recursive: true);
    }
}
