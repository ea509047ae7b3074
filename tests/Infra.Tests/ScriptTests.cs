using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Shouldly;
using Stages.ServiceDefaults;
using Stages.Testing;
using Stages.Vocabulary;
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
        // A run's own key is drawn; one that is there is kept.
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "keys", "accounts.key"),
            AccountKeyOfTests.Hexadecimal,
            TestContext.Current.CancellationToken
        );
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

            var scheduling = await Roles(servers, new NpgsqlConnectionStringBuilder(second["POSTGRES"]).Port);
            (await Roles(servers, new NpgsqlConnectionStringBuilder(second["POSTGRES"]).Port)).ShouldBe(scheduling, "made once");
            (await Execute(scheduling, "select current_user::text")).ShouldBe("stages_scheduling");
            (await Should.ThrowAsync<PostgresException>(() => Execute(scheduling, "select answer from kept"))).SqlState.ShouldBe("42501");
        }
        finally
        {
            await Run("servers", "stop", servers);
        }
        (await Run("servers", "status", servers)).Status.ShouldBe(1);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(2, "resend")]
    [InlineData(2, "list", "--all")]
    [InlineData(2, "list", "--everything")]
    [InlineData(1, "list", "--service", "portal")]
    [InlineData(1, "list")]
    [InlineData(0, "--help")]
    public async Task messages_are_listed_of_a_service_that_reads_some_and_where_servers_run(int status, params string[] arguments) =>
        (await Run("messages", arguments)).Status.ShouldBe(status);

    [Fact]
    public async Task messages_of_an_installation_are_listed_and_none_is_sent_again_that_is_not_there()
    {
        await using var realm = await TestRealm.Create();
        string[] there = ["--postgres", realm.Postgres, "--rabbitmq", realm.RabbitMq];

        var listed = await Run("messages", ["list", .. there]);
        listed.ShouldBe((0, ""));
        (await Run("messages", ["resend", "00000000-0000-8000-8000-000000000000", .. there])).Status.ShouldBe(1);
    }

    [Theory]
    [InlineData("--only", "wizard")]
    [InlineData("--only", "enrolment", "--demo")]
    [InlineData("--only", "enrolment,portal", "--env", "one-file")]
    public async Task a_service_left_to_a_debugger_has_to_be_one_and_the_demonstration_needs_them_all(params string[] arguments) =>
        (await Run("run", arguments)).Status.ShouldBe(1);

    [Fact]
    public async Task what_a_service_left_out_needs_is_read_by_its_launch_profile()
    {
        var file = Path.Combine(folder, "enrolment.env");
        const string Write = """
            source "$1/infra/lib/alone.sh"
            export ASPNETCORE_ENVIRONMENT=Local Portal__Staff__0__Name='Camille Martin' MailSink__Folder=/nowhere
            export ConnectionStrings__Postgres='Host=127.0.0.1;Password=a=b' Copies__Enrolment='http://one;http://two'
            write_environment 8081 "$2"
            """;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-euc", Write, "-", Servers.Checkout, file]))!;
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);

        using var configuration = new ConfigurationManager();
        configuration[LaunchEnvironment.Variable] = file;
        configuration.AddLaunchEnvironment();
        configuration["urls"].ShouldBe("http://localhost:8081");
        configuration["Portal:Staff:0:Name"].ShouldBe("Camille Martin");
        configuration["ConnectionStrings:Postgres"].ShouldBe("Host=127.0.0.1;Password=a=b");
        configuration["Copies:Enrolment"].ShouldBe("http://one;http://two");
        configuration["MailSink:Folder"].ShouldBeNull("the mailbox's own business");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, "passwords are in it");
    }

    /// <summary>Makes the services' roles as infra/run does; the connection of one of them.</summary>
    private static async Task<string> Roles(string servers, int port)
    {
        const string Make = """
            source "$1/infra/lib/common.sh"; source "$1/infra/lib/postgres.sh"
            ensure_roles "$2" "$3" enrolment scheduling notification classroom portal
            role_connection "$2" "$3" scheduling
            """;
        var arguments = new[] { "-euc", Make, "-", Servers.Checkout, servers, port.ToString(CultureInfo.InvariantCulture) };
        using var bash = Process.Start(new ProcessStartInfo("bash", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var connection = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        bash.ExitCode.ShouldBe(0);
        return connection.Trim();
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
