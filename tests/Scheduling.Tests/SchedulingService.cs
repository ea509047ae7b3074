using Marten;
using Microsoft.Extensions.DependencyInjection;
using Stages.Contracts.Enrolment;
using Stages.Scheduling.Candidates;

[assembly: AssemblyFixture(typeof(Stages.Scheduling.Tests.SchedulingService))]

namespace Stages.Scheduling.Tests;

/// <summary>The Scheduling service on real servers, and the steps with which tests reach the state they are about.</summary>
public sealed class SchedulingService : ServiceUnderTest<Program>
{
    public static readonly JsonSerializerOptions Json = ServiceHost.Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public HttpClient Coordinator(string? territory = null) => Client("coordinator", "coordo@example.org", territory);

    public HttpClient Teacher(string email) => Client("teacher", email);

    /// <summary>A campaign of April 2021 in which families enrol now.</summary>
    public async Task<Guid> OpenCampaign(object? rules = null)
    {
        using var coordinator = Coordinator();
        return (await Created(await coordinator.PostAsJsonAsync("/api/campaigns", Some.Campaign(rules)))).GetProperty("id").GetGuid();
    }

    /// <summary>A teacher of French at 6e who is free at these slots.</summary>
    public async Task<Guid> Offer(
        Guid campaign,
        string email,
        string[] slots,
        string week = "A",
        string[]? levels = null,
        int stagesPerWeek = 1,
        string subject = "FR"
    )
    {
        using var teacher = Teacher(email);
        return (
            await Created(
                await teacher.PostAsJsonAsync(
                    $"/api/campaigns/{campaign}/offers",
                    Some.Offer(email, slots, week, levels ?? ["6e"], stagesPerWeek, subject)
                )
            )
        )
            .GetProperty("id")
            .GetGuid();
    }

    /// <summary>Tells of enrolments as the Enrolment service does and waits until they are counted.</summary>
    public async Task Enrol(Guid campaign, params EnrolmentSubmitted[] enrolments)
    {
        var before = await Count();
        foreach (var enrolment in enrolments)
            await Publish(enrolment);
        await Eventually.Is(Count, n => n == before + enrolments.Length, TimeSpan.FromSeconds(60 + (enrolments.Length / 50)));

        async Task<int> Count()
        {
            await using var reads = Services.GetRequiredService<IDocumentStore>().QuerySession();
            return await reads.Query<Candidate>().CountAsync(c => c.CampaignId == campaign);
        }
    }

    public async Task<Guid> Pair(Guid campaign, string keep = "none", int seconds = 1)
    {
        using var coordinator = Coordinator();
        var asked = await coordinator.PostAsJsonAsync(
            $"/api/campaigns/{campaign}/pairings",
            new
            {
                budgetSeconds = seconds,
                seed = 7,
                keep,
            }
        );
        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted, await asked.Content.ReadAsStringAsync());
        var run = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        asked.Headers.Location!.ToString().ShouldBe($"/api/pairings/{run}");
        await Eventually.Is(
            async () =>
                (await coordinator.GetFromJsonAsync<JsonElement>($"/api/pairings/{run}?summary=true")).GetProperty("status").GetString(),
            status => status == "done",
            TimeSpan.FromSeconds(60 + (seconds * 3))
        );
        return run;
    }

    public async Task<JsonElement[]> Adopt(Guid campaign, Guid run)
    {
        using var coordinator = Coordinator();
        coordinator.Timeout = TimeSpan.FromMinutes(5);
        var adopted = await coordinator.PostAsync($"/api/pairings/{run}/adopt", null);
        adopted.StatusCode.ShouldBe(HttpStatusCode.OK, await adopted.Content.ReadAsStringAsync());
        return await StagesOf(campaign);
    }

    public async Task<JsonElement[]> StagesOf(Guid campaign, string filter = "")
    {
        using var coordinator = Coordinator();
        return
        [
            .. (await coordinator.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/stages{filter}"))
                .GetProperty("items")
                .EnumerateArray(),
        ];
    }

    /// <summary>Adopted, approved and published, as far as the pairing placed.</summary>
    public async Task<JsonElement[]> PublishedTimetable(Guid campaign)
    {
        await Adopt(campaign, await Pair(campaign));
        using var coordinator = Coordinator();
        (await coordinator.PostAsJsonAsync($"/api/campaigns/{campaign}/stages/approve", new { })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await coordinator.PostAsync($"/api/campaigns/{campaign}/publish", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        return await StagesOf(campaign, "?status=published");
    }

    public static async Task<JsonElement> Created(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static async Task<JsonElement> Refused(HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        problem.GetProperty("code").GetString().ShouldBe(code);
        return problem;
    }
}
