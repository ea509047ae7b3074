using System.Diagnostics;
using Npgsql;

namespace Stages.Testing;

/// <summary>
/// The PostgreSQL and the RabbitMQ of this run as processes that can be killed: for what is tried alone, since all tests of a run share
/// them.
/// </summary>
public sealed class ServersOfThisRun
{
    private readonly string folder;
    private readonly Dictionary<string, string> lines;

    private ServersOfThisRun(string folder, Dictionary<string, string> lines) => (this.folder, this.lines) = (folder, lines);

    public static async Task<ServersOfThisRun> Find()
    {
        var port = new NpgsqlConnectionStringBuilder((await Servers.Shared).Postgres).Port;
        var ports = Directory
            .EnumerateFiles(Path.Combine(Servers.Checkout, ".data", "tests"), "ports", SearchOption.AllDirectories)
            .First(f => File.ReadLines(f).Contains($"PG_PORT={port}", StringComparer.Ordinal));
        var found = new ServersOfThisRun(Path.GetDirectoryName(ports)!, []);
        foreach (var line in (await found.Ask("status")).Split('\n').Where(l => l.Contains('=', StringComparison.Ordinal)))
            found.lines[line.Split('=', 2)[0]] = line.Split('=', 2)[1];
        return found;
    }

    /// <summary>At once: its children end with it, and who is connected is told nothing in words.</summary>
    public Task EndPostgres() => Send("-QUIT", lines["POSTGRES_PID"]);

    public Task KillRabbitMq() => Send("-KILL", lines["RABBITMQ_PID"]);

    /// <summary>Those that do not run, where they were.</summary>
    public async Task Start()
    {
        await Ask("start");
        foreach (var line in (await Ask("status")).Split('\n').Where(l => l.Contains('=', StringComparison.Ordinal)))
            lines[line.Split('=', 2)[0]] = line.Split('=', 2)[1];
    }

    // Through a file: a reader of a pipe would wait for the servers' own end.
    private async Task<string> Ask(string what)
    {
        var answer = Path.Combine(folder, "answer");
        var servers = Path.Combine(Servers.Checkout, "infra", "servers");
        using var process = Process.Start(
            "bash",
            ["-c", "\"$1\" \"$2\" \"$3\" >\"$4\" 2>\"$4.errors\" </dev/null", "-", servers, what, folder, answer]
        );
        await process.WaitForExitAsync();
        return await File.ReadAllTextAsync(answer);
    }

    private static async Task Send(string signal, string process)
    {
        using var kill = Process.Start("kill", [signal, process]);
        await kill.WaitForExitAsync();
    }
}
