using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using Shouldly;
using Stages.ServiceDefaults;
using Stages.Testing;
using Xunit;

namespace Stages.Infra.Tests;

/// <summary>The shell scripts under infra/, run as people run them.</summary>
public sealed class ScriptTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("stages-infra-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("Ana.Pérez@Example.org", "coordinator", "034")]
    [InlineData("zoe@example.org", "family", null)]
    public async Task a_token_says_who_it_is_for_and_carries_a_good_signature(string email, string role, string? territory)
    {
        string[] arguments = territory is null ? [role, email] : [role, email, "--territory", territory];
        var token = (await Run("token", arguments)).Output.Trim();

        var parts = token.Split('.');
        var claims = JsonDocument.Parse(Decode(parts[1])).RootElement;
        claims.GetProperty("sub").GetGuid().ShouldBe(PersonId.FromEmail(email));
        claims.GetProperty("role").GetString().ShouldBe(role);
        claims.GetProperty("iss").GetString()!.ShouldStartWith("local-");
        if (territory is not null)
            claims.GetProperty("territory").GetString().ShouldBe(territory);
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(Path.Combine(folder, "keys", "public.pem"), TestContext.Current.CancellationToken));
        key.VerifyData(
                System.Text.Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                Decode(parts[2]),
                System.Security.Cryptography.HashAlgorithmName.SHA256
            )
            .ShouldBeTrue();
    }

    [Theory]
    [InlineData("wizard", "a@example.org")]
    [InlineData("family", "nobody")]
    public async Task a_token_for_no_role_or_no_address_is_refused(string role, string email)
    {
        var (status, output) = await Run("token", role, email);

        status.ShouldBe(1);
        output.ShouldBeEmpty();
    }

    [Fact]
    public async Task servers_that_were_killed_start_again_with_their_data()
    {
        var servers = Path.Combine(folder, "servers");
        var first = Settings(
            (await Run("servers", "start", servers, "--with-parent", Environment.ProcessId.ToString(CultureInfo.InvariantCulture))).Output
        );
        try
        {
            await Execute(first["POSTGRES"], "create table kept as select 42 as answer");

            Kill(first["POSTGRES_PID"]);
            Kill(first["RABBITMQ_PID"]);
            var second = Settings((await Run("servers", "start", servers)).Output);

            second["POSTGRES"].ShouldBe(first["POSTGRES"]);
            second["RABBITMQ_PID"].ShouldNotBe(first["RABBITMQ_PID"]);
            (await Execute(second["POSTGRES"], "select answer from kept")).ShouldBe(42);
        }
        finally
        {
            await Run("servers", "stop", servers);
        }
        (await Run("servers", "status", servers)).Status.ShouldBe(1);
    }

    private static void Kill(string pid)
    {
        using var process = Process.GetProcessById(int.Parse(pid, CultureInfo.InvariantCulture));
        process.Kill();
    }

    private static async Task<object?> Execute(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static Dictionary<string, string> Settings(string output) =>
        output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split('=', 2))
            .ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);

    private static byte[] Decode(string part) =>
        Convert.FromBase64String(part.Replace('-', '+').Replace('_', '/').PadRight((part.Length + 3) / 4 * 4, '='));

    /// <summary>Output goes through a file: servers that a script leaves running would hold a pipe open.</summary>
    private async Task<(int Status, string Output)> Run(string script, params string[] arguments)
    {
        var output = Path.Combine(folder, "output");
        var start = new ProcessStartInfo(
            "bash",
            ["-c", "exec \"$@\" >\"$0\" 2>\"$0.errors\" </dev/null", output, Path.Combine(Servers.Checkout, "infra", script), .. arguments]
        );
        start.Environment["STAGES_DATA"] = folder;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken));
    }
}
