using System.Diagnostics;
using Npgsql;
using Shouldly;
using Stages.ServiceDefaults;
using Stages.Testing;
using Xunit;

namespace Stages.Infra.Tests;

/// <summary><c>infra/audit verify</c> on logs that somebody who owns the database has been at.</summary>
public sealed class AuditScriptTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("stages-audit-").FullName;
    private TestRealm realm = null!;
    private NpgsqlDataSource database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        realm = await TestRealm.Create();
        realm.WriteKeys(folder);
        database = NpgsqlDataSource.Create(realm.Postgres);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await realm.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task what_was_changed_or_taken_away_is_named_and_the_end_is_held_by_the_services_log()
    {
        (await Verify()).Status.ShouldBe(1, "there is no log");
        var head = await Write("portal", 6);
        await Write("enrolment", 3);
        var log = Path.Combine(folder, "portal.log");
        await File.WriteAllTextAsync(
            log,
            $"info: something\n      Audit log of portal ends at {head.Seq} with {Convert.ToHexStringLower(head.Hash)}\n",
            Cancel
        );
        (await Verify(log)).ShouldBe((0, ""));

        await Tamper("update portal.audit_log set kind = 'read' where seq = 2; delete from portal.audit_log where seq in (4, 5)");
        (await Verify(log)).ShouldBe((1, "portal 2: changed or added\nportal 4-5: taken away\n"));
        await Tamper("delete from portal.audit_log where seq = 6; update enrolment.audit_log set person = gen_random_uuid() where seq = 3");
        (await Verify(log)).ShouldBe((1, "enrolment 3: changed or added\nportal 2: changed or added\nportal 4-6: taken away\n"));
        await Tamper("drop schema portal cascade; drop schema enrolment cascade");
        (await Verify(log)).ShouldBe((1, "portal 1-6: taken away\n"));
    }

    private async Task<AuditRow> Write(string service, int count)
    {
        var table = new AuditTable(service);
        await Run($"create schema {service}; {table.Create}");
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var entry = new AuditEntry(DateTimeOffset.UnixEpoch, AuditKinds.SignIn, null, Roles.Admin, null, "test", [], 0, null, null);
        return await table.Append(connection, [.. Enumerable.Range(0, count).Select(i => entry with { Status = i })], Cancel);
    }

    private Task Tamper(string sql) => Run($"set session_replication_role = replica; {sql}; reset session_replication_role");

    private async Task Run(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private async Task<(int Status, string Output)> Verify(params string[] heads)
    {
        string[] arguments =
        [
            Path.Combine(Servers.Checkout, "infra", "audit"),
            "verify",
            "--postgres",
            realm.Postgres,
            "--key",
            Path.Combine(folder, "accounts.key"),
            .. heads.SelectMany(h => new[] { "--heads", h }),
        ];
        using var process = Process.Start(
            new ProcessStartInfo("bash", arguments) { RedirectStandardOutput = true, UseShellExecute = false }
        )!;
        var output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, output);
    }
}
