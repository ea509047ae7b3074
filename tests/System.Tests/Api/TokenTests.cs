using System.Diagnostics;
using System.Net;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Api;

/// <summary>What <c>infra/token --session</c> prints opens the pages of a local run.</summary>
public sealed class TokenTests(Shared<Stack> shared) : IClassFixture<Shared<Stack>>
{
    private readonly Stack stack = shared.One;

    [Fact]
    public async Task a_session_opens_a_page_that_wants_a_fresh_second_factor()
    {
        var (status, output, _) = await Token("coordinator", "coordinator@example.org", "--session");
        status.ShouldBe(0);
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stack.Gateway, "/compte/double-authentification"));
        request.Headers.Add("Cookie", output.Trim());
        using var page = await http.SendAsync(request);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task a_role_that_nobody_gave_has_no_session()
    {
        var (status, output, errors) = await Token("admin", "coordinator@example.org", "--session");
        status.ShouldBe(1);
        output.ShouldBeEmpty();
        errors.ShouldContain("does not hold that role");
    }

    private async Task<(int Status, string Output, string Errors)> Token(params string[] arguments)
    {
        var program = Path.Combine(Servers.Checkout, "infra", "tools", "Token", "bin", Configuration, "net10.0", "Stages.Token.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["STAGES_DATA"] = stack.Data;
        start.Environment["STAGES_PORTAL"] = stack.Gateway.ToString();
        using var token = Process.Start(start)!;
        var (output, errors) = (token.StandardOutput.ReadToEndAsync(), token.StandardError.ReadToEndAsync());
        await token.WaitForExitAsync();
        return (token.ExitCode, await output, await errors);
    }

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif
}
