using System.Net;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Api;

/// <summary>A token is for one service: whoever takes a service over gets no further with what its callers show it.</summary>
public sealed class AudienceTests(Shared<Stack> shared) : IClassFixture<Shared<Stack>>
{
    private readonly Stack stack = shared.One;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Every pair, with the rights of an administrator: it is the token's service that decides.</summary>
    [Fact]
    public async Task a_token_for_one_service_is_refused_by_every_other()
    {
        foreach (var asked in TestRealm.Services)
        foreach (var meant in TestRealm.Services)
        {
            using var client = new HttpClient { BaseAddress = stack.Service(asked) };
            client.DefaultRequestHeaders.Authorization = stack.Realm.Bearer("admin", "admin@example.org", service: meant);
            using var answer = await client.GetAsync(asked == "Portal" ? "/api/me" : "/internal/audit?limit=1", Cancel);
            answer.StatusCode.ShouldBe(asked == meant ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, $"{meant}'s, shown to {asked}");
        }
    }

    [Fact]
    public async Task a_token_for_nobody_or_for_all_as_it_was_once_opens_nothing()
    {
        foreach (var asked in TestRealm.Services)
        foreach (var meant in (string[])["", "s", "all", "stages"])
        {
            using var client = new HttpClient { BaseAddress = stack.Service(asked) };
            client.DefaultRequestHeaders.Authorization = stack.Realm.Bearer("admin", "admin@example.org", service: meant);
            using var answer = await client.GetAsync(asked == "Portal" ? "/api/me" : "/internal/audit?limit=1", Cancel);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"'{meant}', shown to {asked}");
        }
    }

    /// <summary>The gateway has each service shown a token of its own, and asks all of them in its own name as well.</summary>
    [Fact]
    public async Task the_gateway_shows_each_service_its_own()
    {
        foreach (
            var (role, path) in ((string, string)[])
                [
                    ("family", "/api/me/enrolments"),
                    ("teacher", "/api/me/offers"),
                    ("family", "/api/me/notifications"),
                    ("coordinator", "/api/classroom/live"),
                    ("family", "/api/me/modules"),
                    ("teacher", "/api/me/modules"),
                ]
        )
        {
            using var client = stack.Client(role, $"audience-{role}@example.org");
            using var answer = await client.GetAsync(path, Cancel);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{path}: {await answer.Content.ReadAsStringAsync(Cancel)}");
        }
        using var own = stack.Client("family", "audience-family@example.org");
        (await own.GetStringAsync("/api/me/data", Cancel)).ShouldNotContain("unavailable");
    }
}
