using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Stages.SystemTests.Api;
using Stages.Testing;
using Stages.Vocabulary;
using Xunit;

namespace Stages.SystemTests.Privacy;

/// <summary>
/// A teacher whose name families were told is erased: places that stand, that were declined, and those of a pupil who left say of nobody
/// who it was, in state and in log. The mails that people were sent are theirs and are not looked at.
/// </summary>
[Collection(PrivacyCollection.Name)]
public sealed class TeacherErasureTests(CoordinatedStack stack, ITestOutputHelper output)
{
    private const string Family = "famille.lecon@example.org";
    private const string Teacher = "max.zzmark5@example.org";

    private static readonly string[] Words = ["zzmark5", "Maxzz", PersonId.FromEmail(Teacher).ToString()];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task nothing_says_any_more_who_taught()
    {
        using var coordinator = stack.Client("coordinator", "coordinator@example.org");
        using var family = stack.Client("family", Family);
        using var max = stack.Client("teacher", Teacher);
        var campaign = await coordinator.Made("/api/campaigns", Example.Campaign("Leçon"));
        var pupils = new List<Guid>();
        foreach (var first in new[] { "Nina", "Omar", "Paola", "Quentin" })
            pupils.Add(await family.Enrol(campaign, first, "Lecon", ("Un parent", Family, null)));
        var offer = await max.Made($"/api/campaigns/{campaign}/offers", Planting.Offer("Maxzz Petit", Teacher));
        await Eventually.True(async () =>
            (await coordinator.PostAsJsonAsync($"/api/offers/{offer}/accept", new { reason = "Vu" }, Cancel)).IsSuccessStatusCode
        );
        var stage = (await stack.Publish(campaign, pupils.Count)).GetProperty("id").GetGuid();
        foreach (var pupil in pupils)
            await Eventually.True(async () => (await Places(family, pupil)).GetArrayLength() == 1);
        await family.Post($"/api/enrolments/{pupils[0]}/confirm", new { stageId = stage });
        await family.Post($"/api/enrolments/{pupils[1]}/decline", new { stageId = stage });
        using (var left = await family.DeleteAsync($"/api/enrolments/{pupils[2]}", Cancel))
            left.IsSuccessStatusCode.ShouldBeTrue(await left.Content.ReadAsStringAsync(Cancel));
        await Eventually.True(async () =>
            (await stack.Search(["Maxzz"]))["Maxzz"] is var places
            && new[] { "enrolment.mt_events", "enrolment.mt_doc", "classroom.mt_events", "classroom.mt_doc" }.All(place =>
                places.Any(p => p.StartsWith(place, StringComparison.Ordinal))
            )
        );

        await Eventually.True(async () => (await max.DeleteAsync("/api/me", Cancel)).StatusCode == HttpStatusCode.NoContent);
        try
        {
            await Eventually.True(async () => (await stack.Search(Words)).Values.All(places => places.Count == 0));
        }
        finally
        {
            (await stack.Count(output, "after", Words)).Where(a => a.Value.Count > 0).ShouldBeEmpty();
        }
        (await Places(family, pupils[0]))[0].GetProperty("teacherFirstName").GetString().ShouldBe("");
    }

    private static async Task<JsonElement> Places(HttpClient family, Guid pupil) =>
        (await family.GetFromJsonAsync<JsonElement>($"/api/enrolments/{pupil}", Cancel)).GetProperty("placements");
}
