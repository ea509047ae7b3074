using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Stages.Scheduling.Tests;

/// <summary>What cannot be taken back asks the token when its owner last showed who they are, whoever brings it.</summary>
public sealed class FreshProofTests(SchedulingService service)
{
    [Theory]
    [InlineData(0, null)]
    [InlineData(15, null)]
    [InlineData(17, "stale-proof")]
    [InlineData(600, "stale-proof")]
    public async Task nothing_is_published_with_an_old_proof(int minutes, string? code)
    {
        using var client = service.Client();
        client.DefaultRequestHeaders.Authorization = new(
            "Bearer",
            service.Realm.Token("coordinator", "camille@example.org", proven: TimeSpan.FromMinutes(minutes))
        );
        using var answer = await client.PostAsync($"/api/campaigns/{Guid.AllBitsSet}/publish", null);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        ((int)answer.StatusCode, problem.GetProperty("code").GetString()).ShouldBe(code is null ? (404, "not-found") : (403, code));
    }

    [Fact]
    public void publishing_alone_asks_for_it() =>
        service
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<AsksFreshProof>() is not null)
            .Select(e => e.RoutePattern.RawText)
            .ShouldBe(["/api/campaigns/{campaignId:guid}/publish"]);
}
