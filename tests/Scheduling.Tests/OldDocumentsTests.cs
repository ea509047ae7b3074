using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Stages.Scheduling.Candidates;
using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Tests;

/// <summary>What was noted before there was a lot, or words to search by, gets its own without being changed otherwise.</summary>
public sealed class OldDocumentsTests(SchedulingService service)
{
    [Fact]
    public async Task a_candidate_of_before_the_lot_draws_like_everybody()
    {
        var campaign = await service.OpenCampaign();
        var pupils = Enumerable.Range(0, 5).Select(_ => Some.Enrolment(campaign)).ToArray();
        await service.Enrol(campaign, pupils);
        var before = await Candidates(campaign);
        before.ShouldAllBe(c => c.Drawn != null);
        await Execute($"update scheduling.mt_doc_candidate set data = data - 'drawn' where id <> '{pupils[0].EnrolmentId}'");
        (await Candidates(campaign)).Count(c => c.Drawn is null).ShouldBe(4);
        (await Fill<FillOldCandidates, Candidate>()).ShouldBeGreaterThanOrEqualTo(4);
        (await Candidates(campaign))
            .Select(c => (c.Id, c.Drawn, c.EnrolmentVersion))
            .ShouldBe(before.Select(c => (c.Id, c.Drawn, c.EnrolmentVersion)));
        (await Fill<FillOldCandidates, Candidate>()).ShouldBe(0);
    }

    /// <summary>Its campaign keeps the order of enrolment, as it said.</summary>
    [Fact]
    public async Task a_candidate_of_a_campaign_without_a_lot_draws_nothing()
    {
        var campaign = await service.OpenCampaign();
        await service.Enrol(campaign, Some.Enrolment(campaign));
        await Execute(
            $"update scheduling.mt_doc_campaign set data = data - 'seed' where id = '{campaign}';"
                + $"update scheduling.mt_doc_candidate set data = data - 'drawn' where data ->> 'campaignId' = '{campaign}'"
        );
        await Fill<FillOldCandidates, Candidate>();
        (await Candidates(campaign)).ShouldHaveSingleItem().Drawn.ShouldBeNull();
    }

    [Fact]
    public async Task a_teacher_of_before_is_found_by_name()
    {
        var campaign = await service.OpenCampaign();
        await service.Offer(campaign, "old-teacher@example.org", Some.Mornings);
        await Execute($"update scheduling.mt_doc_offerteacher set words = null where data ->> 'campaignId' = '{campaign}'");
        (await Found(campaign)).ShouldBe(0);
        (await Fill<FillOldTeachers, OfferTeacher>()).ShouldBeGreaterThanOrEqualTo(1);
        (await Found(campaign)).ShouldBe(1);
        (await Fill<FillOldTeachers, OfferTeacher>()).ShouldBe(0);
    }

    private async Task<int> Found(Guid campaign)
    {
        using var coordinator = service.Coordinator();
        return (await coordinator.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/offers?search=old-teacher"))
            .GetProperty("items")
            .GetArrayLength();
    }

    private async Task<IReadOnlyList<Candidate>> Candidates(Guid campaign)
    {
        await using var reads = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        return await reads.Query<Candidate>().Where(c => c.CampaignId == campaign).OrderBy(c => c.Id).ToListAsync();
    }

    private async Task<int> Fill<TWork, TDocument>()
        where TWork : FillOld<TDocument>
        where TDocument : notnull => await ActivatorUtilities.CreateInstance<TWork>(service.Services).All(CancellationToken.None);

    private async Task Execute(string sql)
    {
        await using var database = NpgsqlDataSource.Create(service.Realm.Postgres);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
