using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Stages.Enrolments.Tests;

/// <summary>What is taken away or erased of a family asks the token when its owner last showed who they are, whoever brings it.</summary>
public sealed class FreshProofTests(EnrolmentService service)
{
    [Theory]
    [InlineData(15, null)]
    [InlineData(17, "stale-proof")]
    public async Task no_family_is_erased_or_taken_away_with_an_old_proof(int minutes, string? code)
    {
        using var client = service.Client();
        client.DefaultRequestHeaders.Authorization = new(
            "Bearer",
            service.Realm.Token("coordinator", "camille@example.org", proven: TimeSpan.FromMinutes(minutes))
        );
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Delete])
        {
            using var request = new HttpRequestMessage(method, $"/api/enrolments/{Guid.AllBitsSet}/data");
            using var answer = await client.SendAsync(request);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            ((int)answer.StatusCode, problem.GetProperty("code").GetString()).ShouldBe(code is null ? (404, "not-found") : (403, code));
        }
    }

    [Fact]
    public void nothing_else_asks_for_it() =>
        service
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<AsksFreshProof>() is not null)
            .Select(e => e.RoutePattern.RawText)
            .Distinct()
            .ShouldBe(["/api/enrolments/{id:guid}/data"]);
}
