using System.Diagnostics;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Stages.Enrolments.Tests;

/// <summary>A whole académie of 20,000 pupils, on request (<c>tests/run Enrolment --long</c>): written straight into the store.</summary>
public sealed class ManyDoublesTests(EnrolmentService service, ITestOutputHelper output)
{
    private const int Pupils = 20_000;
    private const int Schools = 400;

    private static readonly string[] Syllables =
    [
        "mar",
        "tin",
        "du",
        "rand",
        "pe",
        "tit",
        "ga",
        "ro",
        "be",
        "nal",
        "le",
        "fè",
        "vre",
        "ko",
        "di",
    ];

    [Fact(Explicit = true)]
    public async Task of_20000_pupils_the_doubles_are_listed_in_a_moment()
    {
        var campaign = Some.Id();
        var random = new Random(7);
        var store = service.Services.GetRequiredService<IDocumentStore>();
        var all = Enumerable.Range(0, Pupils).Select(_ => Of(campaign, random)).ToList();
        await store.BulkInsertAsync(all, cancellation: TestContext.Current.CancellationToken);
        using var coordinator = service.Client("coordinator", "camille@example.org");
        var address = $"/api/campaigns/{campaign}/enrolments?page=1&limit=50&possibleDoubles=true";
        var times = new List<double>();
        var total = 0;
        for (var i = 0; i < 20; i++)
        {
            var watch = Stopwatch.StartNew();
            total = (await coordinator.GetFromJsonAsync<Sheet<EnrolmentView>>(address))!.Total;
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
        var direct = Stopwatch.StartNew();
        await using (var session = store.QuerySession())
            await session.PossibleDoublesOf(campaign, Any, TestContext.Current.CancellationToken);
        output.WriteLine($"The question alone: {direct.ElapsedMilliseconds} ms");
        output.WriteLine($"{total} of {Pupils}; median {times.Order().ElementAt(10):0} ms, slowest {times.Max():0} ms");
        var naive = PossibleDoubles.Among(campaign, all.Select(e => new LikeChild(e.Id, e.Content.Pupil)));
        total.ShouldBe(naive.Count);
        times.Order().ElementAt(10).ShouldBeLessThan(1000);
    }

    private static readonly Caller Any = new(Guid.Empty, Roles.Coordinator, null, null, null);

    private static string Name(int syllables, Random random) =>
        string.Concat(Enumerable.Range(0, syllables).Select(_ => Syllables[random.Next(Syllables.Length)]));

    private static Enrolment Of(Guid campaign, Random random)
    {
        var request = Some.Request() with
        {
            Pupil = new Pupil(
                Name(2, random),
                Name(random.Next(2, 5), random),
                $"{random.Next(3, 7)}e",
                $"{340000 + random.Next(Schools):0000000}A",
                random.Next(2) == 0 ? 2008 + random.Next(4) : null
            ),
        };
        var submitted = new EnrolmentSubmitted(
            campaign,
            request.ToContent(),
            2,
            false,
            new Author(Some.Id(), Roles.Family),
            TimeProvider.System.GetUtcNow()
        );
        return Enrolment.Begin(Some.Id(), submitted);
    }
}
