using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Stages.Portal.Accounts;

namespace Stages.Portal.Tests;

/// <summary>Sessions for scripts of a local run, and of no other.</summary>
public sealed class LocalSessionTests(PortalService portal)
{
    [Theory]
    [InlineData("Local", 1)]
    [InlineData("Test", 1)]
    [InlineData("Production", 0)]
    [InlineData("Staging", 0)]
    [InlineData("Development", 0)]
    public void the_address_is_there_on_a_local_run_alone(string environment, int addresses)
    {
        using var app = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment }).Build();
        LocalSession.Map(app);
        ((IEndpointRouteBuilder)app).DataSources.Count.ShouldBe(addresses);
    }

    [Fact]
    public async Task a_session_is_whole_and_its_second_factor_fresh()
    {
        var cookie = (await Ask("admin", "camille.martin@example.org")).Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var client = portal.Direct();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/compte/double-authentification");
        request.Headers.Add("Cookie", cookie);
        using var page = await client.SendAsync(request);
        page.StatusCode.ShouldBe(HttpStatusCode.OK, "a page that asks for a fresh one");
    }

    [Theory]
    [InlineData("admin", "dominique.faure@example.org")]
    [InlineData("coordinator", "nobody@example.org")]
    public async Task a_role_that_is_not_held_has_no_session(string role, string email)
    {
        using var answer = await Ask(role, email);
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task without_a_token_there_is_none()
    {
        using var client = portal.Direct();
        using var answer = await client.PostAsync(LocalSession.Path, null);
        answer.Headers.TryGetValues("Set-Cookie", out _).ShouldBeFalse();
        answer.IsSuccessStatusCode.ShouldBeFalse();
    }

    private async Task<HttpResponseMessage> Ask(string role, string email)
    {
        using var client = portal.Client(role, email);
        return await client.PostAsync(LocalSession.Path, null);
    }
}
