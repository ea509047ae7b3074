using System.Text.Json;

namespace Stages.Scheduling.Tests;

/// <summary>A coordinator finds a teacher as a pupil: by any word of the name or the address, in any order, nearly spelt.</summary>
public sealed class TeacherSearchTests(SchedulingService service)
{
    [Theory]
    [InlineData("vidal", 1)]
    [InlineData("VIDÀL tom", 1)]
    [InlineData("vidall", 1)]
    [InlineData("tom.found@example.org", 1)]
    [InlineData("durand", 0)]
    [InlineData("%", 0)]
    public async Task a_teacher_is_found_by(string typed, int expected)
    {
        var campaign = await service.OpenCampaign();
        await service.Offer(campaign, "tom.found@example.org", Some.Mornings);
        using var coordinator = service.Coordinator();
        var found = await coordinator.GetFromJsonAsync<JsonElement>(
            $"/api/campaigns/{campaign}/offers?search={Uri.EscapeDataString(typed)}"
        );
        found.GetProperty("items").GetArrayLength().ShouldBe(expected);
    }
}
