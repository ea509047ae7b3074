using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Shouldly;
using Stages.SystemTests.Api;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Hostile;

/// <summary>What one client may hold, through the gateway as it runs, and that others do not notice.</summary>
public sealed class LimitsTests(LimitedStack stack, ITestOutputHelper output) : IClassFixture<LimitedStack>
{
    /// <summary>More than one address has places (48).</summary>
    private const int Slow = 80;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task who_sends_a_few_bytes_a_second_is_cut_off_and_others_are_served_meanwhile()
    {
        var senders = Enumerable.Range(0, Slow).Select(_ => SendSlowly()).ToArray();
        var all = Task.WhenAll(senders);
        using var other = stack.Client();
        other.Timeout = TimeSpan.FromSeconds(10);
        var served = 0;
        await Eventually.True(
            async () =>
            {
                (await other.GetAsync("/connexion", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
                served++;
                return all.IsCompleted;
            },
            TimeSpan.FromMinutes(2)
        );
        var ends = await all;
        output.WriteLine(
            $"{Slow} slow senders, cut after {ends.Min(e => e.Sent)} to {ends.Max(e => e.Sent)} bytes; {served} pages meanwhile"
        );
        ends.ShouldAllBe(e => e.Answer.Length == 0 || e.Answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal));
        ends.Max(e => e.Sent).ShouldBeLessThan(1000);
        served.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task a_person_follows_eight_streams_and_another_is_not_kept_out()
    {
        using var coordinator = stack.Client("coordinator", "coordinator@example.org");
        using var colleague = stack.Client("coordinator", "colleague@example.org");
        var campaign = await Example.Opened(coordinator, "Flux");
        var open = new List<HttpResponseMessage>();
        for (var i = 0; i < 8; i++)
            open.Add(await Follow(coordinator, campaign));
        open.ShouldAllBe(s => s.StatusCode == HttpStatusCode.OK);
        using (var ninth = await Follow(coordinator, campaign))
        {
            ninth.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            ninth.Headers.RetryAfter.ShouldNotBeNull();
        }
        using (var theirs = await Follow(colleague, campaign))
            theirs.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await coordinator.GetAsync($"/api/campaigns/{campaign}/stages", Cancel)).StatusCode.ShouldBe(
            HttpStatusCode.OK,
            "streams take no place of requests"
        );
        open[0].Dispose();
        await Eventually.True(async () =>
        {
            using var again = await Follow(coordinator, campaign);
            return again.StatusCode == HttpStatusCode.OK;
        });
        open.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task a_network_names_so_many_strangers_whoever_its_families_are()
    {
        using var coordinator = stack.Client("coordinator", "coordinator@example.org");
        var campaign = await Example.Opened(coordinator, "Réseau");
        for (var i = 0; i < LimitedStack.Recipients; i++)
            (await Enrol(campaign, i, "203.0.113.7")).ShouldBe(HttpStatusCode.Created);
        (await Enrol(campaign, 90, "203.0.113.7")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await Enrol(campaign, 91, "203.0.113.7, 198.51.100.1")).ShouldBe(
            HttpStatusCode.Created,
            "the proxy's own word comes last: what stands before it is the client's"
        );
        (await Enrol(campaign, 92, "198.51.100.2")).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task an_academie_overseas_says_its_zone_once_and_its_campaigns_have_it()
    {
        using var coordinator = stack.Client("coordinator", "coordinator@example.org");
        var body = JsonSerializer.SerializeToNode(Example.Campaign("Outre-mer"))!.AsObject();
        body.Remove("timeZone");
        using var opened = await coordinator.PostAsJsonAsync("/api/campaigns", body, Cancel);
        var id = (await opened.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetGuid();
        var campaign = await coordinator.GetFromJsonAsync<JsonElement>($"/api/campaigns/{id}", Cancel);
        campaign.GetProperty("timeZone").GetString().ShouldBe(LimitedStack.Zone);
    }

    private async Task<HttpStatusCode> Enrol(Guid campaign, int family, string forwarded)
    {
        using var client = stack.Client("family", $"family{family}@example.org");
        client.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);
        var body = Example.Enrolment(
            $"Enfant {(char)('A' + family % 26)}",
            "Exemple",
            $"family{family}@example.org",
            $"other{family}@example.org"
        );
        using var answer = await client.PostAsJsonAsync($"/api/campaigns/{campaign}/enrolments", body, Cancel);
        return answer.StatusCode;
    }

    private static Task<HttpResponseMessage> Follow(HttpClient client, Guid campaign) =>
        client.GetAsync($"/api/campaigns/{campaign}/stages/events", HttpCompletionOption.ResponseHeadersRead, Cancel);

    /// <returns>How many bytes of the body went out before the connection ended, and what was said at its end.</returns>
    private async Task<(int Sent, string Answer)> SendSlowly()
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(stack.Gateway.Host, stack.Gateway.Port, Cancel);
        var stream = tcp.GetStream();
        var head =
            $"POST /connexion HTTP/1.1\r\nHost: {stack.Gateway.Authority}\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), Cancel);
        var answer = new byte[1024];
        var end = stream.ReadAsync(answer, Cancel).AsTask();
        var sent = 0;
        try
        {
            await Eventually.True(
                async () =>
                {
                    if (end.IsCompleted)
                        return true;
                    await stream.WriteAsync("x"u8.ToArray(), Cancel);
                    sent++;
                    return false;
                },
                TimeSpan.FromMinutes(2)
            );
            return (sent, Encoding.ASCII.GetString(answer, 0, await end));
        }
        catch (IOException)
        {
            return (sent, "");
        }
    }
}

/// <summary>Little caps, so that a test reaches them; overseas.</summary>
public sealed class LimitedStack : Stack
{
    public const int Recipients = 3;

    public const string Zone = "Indian/Reunion";

    protected override IEnumerable<KeyValuePair<string, string>> ExtraSettings =>
        [
            new("Caps:RecipientsPerClient", Recipients.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new("Academie:TimeZone", Zone),
        ];
}
