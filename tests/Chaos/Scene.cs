using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Stages.ServiceDefaults;
using Stages.Testing;
using Stages.Vocabulary;

namespace Stages.Chaos;

/// <summary>Two copies of Enrolment and of Scheduling, one Notification, a mailbox, and servers of their own that can be killed.</summary>
public sealed class Scene : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("stages-chaos-").FullName;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private Dictionary<string, string> servers = [];

    public ServiceProcess[] Enrolment { get; private set; } = [];

    public ServiceProcess[] Scheduling { get; private set; } = [];

    public ServiceProcess Notification { get; private set; } = null!;

    public ServiceProcess Mailbox { get; private set; } = null!;

    public string Postgres => servers["POSTGRES"];

    public string MailFolder => Path.Combine(folder, "mail");

    public string Logs => Path.Combine(folder, "logs");

    public static async Task<Scene> Start()
    {
        var scene = new Scene();
        Directory.CreateDirectory(scene.MailFolder);
        Directory.CreateDirectory(scene.Logs);
        // PostgreSQL runs as a user of its own when we are root, and has to reach its folder below ours.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(scene.folder, (UnixFileMode)0b111_101_101);
        await scene.StartServers();
        await File.WriteAllTextAsync(Path.Combine(scene.folder, "public.pem"), scene.key.ExportSubjectPublicKeyInfoPem());
        await File.WriteAllTextAsync(Path.Combine(scene.folder, "private.pem"), scene.key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(Path.Combine(scene.folder, "accounts.key"), AccountKeyOfTests.Hexadecimal);

        var smtp = ServiceProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Postgres"] = scene.Postgres,
            ["ConnectionStrings:RabbitMq"] = scene.servers["RABBITMQ"],
            ["Auth:PublicKeyFile"] = Path.Combine(scene.folder, "public.pem"),
            ["Auth:PrivateKeyFile"] = Path.Combine(scene.folder, "private.pem"),
            ["Auth:Issuer"] = "local-chaos",
            ["Auth:AccountKeyFile"] = Path.Combine(scene.folder, "accounts.key"),
            ["Smtp:Host"] = "127.0.0.1",
            ["Smtp:Port"] = smtp,
            ["Services:Portal"] = "http://localhost:8080",
            ["MailSink:Folder"] = scene.MailFolder,
            ["MailSink:SmtpPort"] = smtp,
        };
        ServiceProcess Service(string name, string assembly) => new($"services/{name}", assembly, settings, scene.Logs);
        scene.Mailbox = new ServiceProcess("infra/tools/MailSink", "Stages.MailSink", settings, scene.Logs);
        scene.Enrolment = [Service("Enrolment", "Stages.Enrolments"), Service("Enrolment", "Stages.Enrolments")];
        scene.Scheduling = [Service("Scheduling", "Stages.Scheduling"), Service("Scheduling", "Stages.Scheduling")];
        scene.Notification = Service("Notification", "Stages.Notifications");
        // The first copy of each makes the schema; two at once would do it twice.
        foreach (
            var service in (ServiceProcess[])
                [scene.Mailbox, scene.Enrolment[0], scene.Scheduling[0], scene.Notification, scene.Enrolment[1], scene.Scheduling[1]]
        )
        {
            service.Start();
            await service.Ready();
        }
        return scene;
    }

    public string Token(string service, string role, string email) =>
        Tokens.Mint(
            key,
            "local-chaos",
            service,
            new Caller(PersonId.FromEmail(email), role, email, email, null),
            TimeProvider.System.GetUtcNow(),
            TimeSpan.FromHours(2)
        );

    /// <summary>SIGKILL, then a new start of the same copy on the same port.</summary>
    public async Task KillAndRestart(ServiceProcess service)
    {
        await service.Kill();
        service.Start();
        await service.Ready();
    }

    /// <summary>SIGKILL of the whole server: PostgreSQL with its children, or RabbitMQ's virtual machine.</summary>
    public async Task KillAndRestartServer(string pid)
    {
        using (var process = Process.GetProcessById(int.Parse(servers[pid], CultureInfo.InvariantCulture)))
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        await StartServers();
    }

    public async Task<T> Ask<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Enrolment.Concat(Scheduling).Append(Notification).Append(Mailbox))
            await service.DisposeAsync();
        using var stop = Process.Start(Path.Combine(Servers.Checkout, "infra", "servers"), ["stop", folder]);
        await stop.WaitForExitAsync();
        key.Dispose();
        if (Environment.GetEnvironmentVariable("STAGES_CHAOS_KEEP") is null)
            Directory.Delete(folder, recursive: true);
        else
            Console.WriteLine($"kept: {folder}");
    }

    private async Task StartServers()
    {
        var output = Path.Combine(folder, "servers.out");
        // Its output goes to a file: the servers outlive the script and would keep a pipe of ours open.
        var start = new ProcessStartInfo(
            "bash",
            [
                "-c",
                "exec \"$0\" start \"$1\" --with-parent \"$2\" > \"$3\"",
                Path.Combine(Servers.Checkout, "infra", "servers"),
                folder,
                Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
                output,
            ]
        );
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException("infra/servers did not start.");
        servers = (await File.ReadAllLinesAsync(output))
            .Select(l => l.Split('=', 2))
            .Where(p => p.Length == 2)
            .ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
    }
}
