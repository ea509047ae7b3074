using System.Diagnostics;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Stages.Scheduling.Offers;
using Stages.Vocabulary;
using Contract = Stages.Contracts.Scheduling;

namespace Stages.Scheduling.Tests;

/// <summary>A campaign of the size of spring 2021, and, on request, one of 20,000 pupils (<c>tests/run Scheduling --long</c>).</summary>
public sealed class ScaleTests(SchedulingService service, ITestOutputHelper output)
{
    private static readonly string[] Slots =
    [
        .. new[] { "MON", "TUE", "WED", "THU", "FRI" }.SelectMany(d =>
            new[] { "09:00", "11:15", "14:00", "16:15" }.Select(t => $"{d}-{t}")
        ),
    ];

    [Fact]
    public Task a_campaign_of_800_pupils_is_paired_adopted_approved_and_published() => Play(800, 110, 3, throughTheDoor: true);

    /// <summary>Its offers and candidates are written straight into the store: here the timetable is measured.</summary>
    [Fact(Explicit = true)]
    public Task a_campaign_of_20000_pupils_is_paired_adopted_approved_and_published() => Play(20_000, 2_750, 30, throughTheDoor: false);

    private async Task Play(int pupils, int teachers, int seconds, bool throughTheDoor)
    {
        var watch = Stopwatch.StartNew();
        var campaign = await service.OpenCampaign();
        using var coordinator = service.Coordinator();
        coordinator.Timeout = TimeSpan.FromMinutes(5);
        if (throughTheDoor)
        {
            await Parallel.ForAsync(
                0,
                teachers,
                TestContext.Current.CancellationToken,
                async (i, _) =>
                    await service.Offer(
                        campaign,
                        $"t{i}-{pupils}@example.org",
                        [.. OfferSlots(i)],
                        OfferWeek(i),
                        OfferLevels(i),
                        1 + (i % 2),
                        OfferSubject(i)
                    )
            );
            Tell("offers");
            await service.Enrol(
                campaign,
                [
                    .. Enumerable
                        .Range(0, pupils)
                        .Select(i =>
                            Some.Enrolment(campaign, Level(i), [.. PupilSlots(i)], i % 2 == 0 ? "A" : "B", Wishes(i), 1 + (i % 4))
                        ),
                ]
            );
        }
        else
        {
            await Write(campaign, pupils, teachers);
        }
        Tell("enrolments");
        var run = await service.Pair(campaign, seconds: seconds);
        Tell("pairing");
        var stages = await service.Adopt(campaign, run);
        Tell($"adopted {stages.Length} stages");
        var approved = await (
            await coordinator.PostAsJsonAsync($"/api/campaigns/{campaign}/stages/approve", new { })
        ).Content.ReadFromJsonAsync<JsonElement>();
        approved
            .GetProperty("approved")
            .GetInt32()
            .ShouldBe(stages.Length, approved.ToString()[..Math.Min(2000, approved.ToString().Length)]);
        Tell("approved");
        var published = await (
            await coordinator.PostAsync($"/api/campaigns/{campaign}/publish", null)
        ).Content.ReadFromJsonAsync<JsonElement>();
        published.GetProperty("stages").GetInt32().ShouldBe(stages.Length);
        Tell($"published; {published.GetProperty("waiting")} families wait");
        await Eventually.Is(
            () => Task.FromResult(service.Heard<Contract.StagePublished>().Count(m => m.CampaignId == campaign)),
            n => n == stages.Length,
            TimeSpan.FromMinutes(4)
        );
        Tell("told");
        var waiting = published.GetProperty("waiting").GetInt32();
        await Eventually.Is(
            () =>
                Task.FromResult(
                    service.Heard<Contract.WishesLeftWaiting>().Where(m => m.CampaignId == campaign).DistinctBy(m => m.EnrolmentId).Count()
                ),
            n => n == waiting,
            TimeSpan.FromMinutes(4)
        );
        service
            .Heard<Contract.WishesLeftWaiting>()
            .Where(m => m.CampaignId == campaign)
            .SelectMany(m => m.Wishes)
            .ShouldAllBe(w => w.Reason != "place-free");

        void Tell(string what) => output.WriteLine($"{watch.Elapsed.TotalSeconds, 7:0.0} s  {what}");
    }

    private async Task Write(Guid campaign, int pupils, int teachers)
    {
        var journal = service.Services.GetRequiredService<Journal>();
        foreach (var batch in Enumerable.Range(0, teachers).Chunk(250))
            await journal.Decide(
                batch
                    .Select(i => Declared(Some.NewId(), campaign, i))
                    .Aggregate(Decision.Nothing, (all, offer) => all.AndStart<Offer>(offer.OfferId, offer))
            );
        await service
            .Services.GetRequiredService<IDocumentStore>()
            .BulkInsertAsync(
                Enumerable
                    .Range(0, pupils)
                    .Select(i =>
                        Some.Candidate(Some.NewId(), Level(i), [.. PupilSlots(i)], i % 2 == 0 ? "A" : "B", Wishes(i), 1 + (i % 4)) with
                        {
                            CampaignId = campaign,
                        }
                    )
                    .ToArray()
            );
    }

    private static OfferDeclared Declared(Guid id, Guid campaign, int i) =>
        new(
            id,
            campaign,
            PersonId.FromEmail($"t{i}@example.org"),
            Some.School,
            new OfferTerms(
                [new Teaching(OfferSubject(i), OfferLevels(i))],
                new Dictionary<string, IReadOnlyList<OfferedSlot>>
                {
                    [OfferWeek(i)] = [.. OfferSlots(i).Select(s => new OfferedSlot(s, "possible"))],
                },
                new Limits(1 + (i % 2), null)
            ),
            Some.By,
            Some.Now
        );

    private static string OfferWeek(int i) => i % 2 == 0 ? "A" : "B";

    private static string OfferSubject(int i) => i % 4 < 2 ? "FR" : "MATHS";

    private static string[] OfferLevels(int i) => i % 3 == 0 ? ["CP"] : ["6e", "5e"];

    private static IEnumerable<string> OfferSlots(int i) => Slots.Where((_, s) => (s + i) % 3 != 0);

    private static string Level(int i) =>
        i % 3 == 0 ? "CP"
        : i % 3 == 1 ? "6e"
        : "5e";

    private static IEnumerable<string> PupilSlots(int i) => Slots.Where((_, s) => ((s * 7) + i) % 5 > 1);

    private static string[] Wishes(int i) =>
        i % 4 == 0 ? ["FR", "MATHS"]
        : i % 2 == 0 ? ["FR"]
        : ["MATHS"];
}
