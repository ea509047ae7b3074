using CsCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace Stages.Portal.Tests;

/// <summary>What is refused at the start rather than discovered by somebody else.</summary>
public sealed class HostsTests
{
    [Theory]
    [InlineData("http://stages.example.org")]
    [InlineData("https://stages.example.org/stages")]
    [InlineData("stages.example.org")]
    [InlineData("")]
    [InlineData(null)]
    public void outside_a_local_run_an_address_is_whole_and_https(string? address) =>
        Should.Throw<InvalidOperationException>(() => new PublicAddress(address, local: false)).Message.ShouldContain("Services:Portal");

    [Theory]
    [InlineData("https://stages.example.org", "https://stages.example.org")]
    [InlineData("https://stages.example.org/", "https://stages.example.org")]
    [InlineData("https://stages.example.org:8443", "https://stages.example.org:8443")]
    public void an_address_is_the_beginning_of_all(string written, string root) =>
        new PublicAddress(written, local: false).Of("/famille").ShouldBe(root + "/famille");

    [Theory]
    [InlineData("https://stages.example.org", true)]
    [InlineData("HTTPS://STAGES.EXAMPLE.ORG", true)]
    [InlineData("https://stages.example.org.evil.example", false)]
    [InlineData("http://stages.example.org", false)]
    [InlineData("http://localhost", false)]
    [InlineData("null", false)]
    public void only_our_own_pages_are_ours(string origin, bool own) =>
        new PublicAddress("https://stages.example.org", local: false).IsOwn(origin).ShouldBe(own);

    [Fact]
    public void outside_a_local_run_a_service_answers_to_its_configured_names_alone()
    {
        Names(
                "Production",
                ("Services:Enrolment", "http://enrolment"),
                ("Copies:Enrolment", "http://enrolment-0:8080;http://enrolment-1:8080")
            )
            .ShouldBe(["enrolment", "enrolment-0", "enrolment-1"]);
        Names("Local", ("Services:Enrolment", "http://enrolment:8080")).ShouldContain("localhost");
        Should.Throw<InvalidOperationException>(() => Names("Production"));
    }

    /// <param name="closed">Whether a request is refused that came to the proxy as it says.</param>
    [Theory]
    [InlineData("/api/campaigns", "http", "https://stages.example.org", true)]
    [InlineData("/calendars/abc.ics", "http", "https://stages.example.org", true)]
    [InlineData("/api/campaigns", "https", "https://stages.example.org", false)]
    [InlineData("/api/campaigns", null, "https://stages.example.org", false)]
    [InlineData("/famille", "http", "https://stages.example.org", false)]
    [InlineData("/api/campaigns", "http", "http://localhost:8080", false)]
    public async Task what_programs_ask_in_clear_is_refused_and_not_led_on(string path, string? proto, string own, bool closed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration[$"{Hosts.Proxies}:0"] = "10.0.0.0/8";
        builder.Services.AddSingleton(new PublicAddress(own, local: own.StartsWith("http:", StringComparison.Ordinal)));
        await using var app = builder.Build();
        app.UsePublicAddress(Paths.IsApi);
        app.Run(http => http.Response.WriteAsync(http.Request.Scheme));
        await app.StartAsync(TestContext.Current.CancellationToken);
        var answer = await app.GetTestServer()
            .SendAsync(
                http =>
                {
                    (http.Request.Method, http.Request.Path) = ("GET", path);
                    http.Connection.RemoteIpAddress = IPAddress.Parse("10.1.2.3");
                    if (proto is not null)
                        http.Request.Headers["X-Forwarded-Proto"] = proto;
                },
                TestContext.Current.CancellationToken
            );
        answer.Response.StatusCode.ShouldBe(closed ? 403 : 200);
    }

    /// <summary>
    /// Of a chain of any length, each link one of ours or a stranger's: from the peer backwards, and no further than the first that is not
    /// ours. Where no network is configured the peer is the client, whatever the header says.
    /// </summary>
    [Fact]
    public void a_client_is_whom_our_own_proxies_saw_and_never_whom_a_stranger_tells_of()
    {
        var address = Gen.OneOf(
            Gen.Int[1, 250].Select(n => $"10.0.0.{n}"),
            Gen.Int[1, 250].Select(n => $"2001:db8::{n:x}"),
            Gen.Int[1, 250].Select(n => $"203.0.113.{n}"),
            Gen.Const("127.0.0.1")
        );
        (from peer in address from told in address.Array[0, 5] from behind in Gen.Bool select (peer, told, behind)).Sample(x =>
        {
            string[] ours = x.behind ? ["10.0.0.0/8", "2001:db8::/32"] : [];
            var expected = x.peer;
            for (var i = x.told.Length - 1; i >= 0 && IsOurs(expected); i--)
                expected = x.told[i];
            Seen(ours, x.peer, string.Join(", ", x.told)).ShouldBe(IPAddress.Parse(expected));

            bool IsOurs(string link) =>
                x.behind && (link.StartsWith("10.", StringComparison.Ordinal) || link.StartsWith("2001:db8:", StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData("10.0.0.0")]
    [InlineData("everybody")]
    public void a_network_of_proxies_is_written_as_one(string written) =>
        Should.Throw<InvalidOperationException>(() => Seen([written], "10.0.0.1", "")).Message.ShouldContain(Hosts.Proxies);

    private static IPAddress? Seen(string[] ours, string peer, string told)
    {
        var settings = ours.Select((n, i) => KeyValuePair.Create($"{Hosts.Proxies}:{i}", (string?)n));
        using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton(new PublicAddress("https://stages.example.org", local: false))
            .BuildServiceProvider();
        var app = new ApplicationBuilder(services);
        app.UsePublicAddress(Paths.IsApi);
        IPAddress? seen = null;
        app.Run(http =>
        {
            seen = http.Connection.RemoteIpAddress;
            return Task.CompletedTask;
        });
        var asked = new DefaultHttpContext { RequestServices = services };
        asked.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        if (told.Length > 0)
            asked.Request.Headers["X-Forwarded-For"] = told;
        app.Build()(asked).IsCompletedSuccessfully.ShouldBeTrue();
        return seen;
    }

    private static IList<string> Names(string environment, params (string Key, string? Value)[] settings) =>
        Hosts.Names(
            new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => s.Value)).Build(),
            new HostingEnvironment { EnvironmentName = environment },
            "enrolment"
        );
}
