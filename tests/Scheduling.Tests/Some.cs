using Stages.Contracts.Enrolment;
using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Candidates;
using Stages.Scheduling.Offers;
using Stages.Scheduling.Timetables;

namespace Stages.Scheduling.Tests;

/// <summary>Plausible things, made from as few words as possible.</summary>
internal static class Some
{
    public const string School = "0340008Z";
    public static readonly DateTimeOffset Now = new(2021, 3, 1, 8, 0, 0, TimeSpan.Zero);
    public static readonly Actor By = new(new Guid("00000000-0000-8000-8000-00000000c00d"), "coordinator", "Claire");
    public static readonly Caller Coordinator = new(By.Id!.Value, "coordinator", "claire@example.org", "Claire", null);
    public static readonly string[] Mornings = ["MON-09:00", "TUE-09:00", "WED-09:00", "THU-09:00"];

    /// <param name="trusted">Tests' teachers are of this domain: known at once, unless a test is about being known.</param>
    public static object Campaign(object? rules = null, string[]? trusted = null) =>
        new
        {
            name = "Printemps 2021",
            academy = "Montpellier",
            zone = "C",
            timeZone = "Europe/Paris",
            weeks = new[] { new { label = "A", monday = "2021-04-12" }, new { label = "B", monday = "2021-04-19" } },
            enrolmentOpens = TimeProvider.System.GetUtcNow().AddDays(-1),
            enrolmentCloses = TimeProvider.System.GetUtcNow().AddDays(7),
            levels = new[] { "CP", "6e", "5e" },
            subjects = new[]
            {
                new
                {
                    code = "FR",
                    name = "Français",
                    nameEn = "French",
                },
                new
                {
                    code = "MATHS",
                    name = "Mathématiques",
                    nameEn = "Mathematics",
                },
            },
            rules,
            trustedDomains = trusted ?? ["example.org"],
        };

    public static object Offer(
        string email,
        string[] slots,
        string week = "A",
        string[]? levels = null,
        int stagesPerWeek = 1,
        string subject = "FR"
    ) =>
        new
        {
            teacher = new
            {
                name = "Tom Vidal",
                email,
                schoolUai = School,
                language = "fr",
            },
            teaches = new[] { new { subject, levels = levels ?? ["6e"] } },
            slots = new Dictionary<string, object[]> { [week] = [.. slots.Select(s => new { slot = s, preference = "preferred" })] },
            limits = new { stagesPerWeek, groupMax = 6 },
        };

    public static EnrolmentSubmitted Enrolment(
        Guid campaign,
        string level = "6e",
        string[]? slots = null,
        string week = "A",
        string[]? subjects = null,
        int priority = 1,
        Guid? id = null,
        string school = School,
        long version = 1
    ) =>
        new(
            id ?? NewId(),
            campaign,
            version,
            level,
            school,
            priority,
            TimeProvider.System.GetUtcNow(),
            [new WeekChoice(week, 2, slots ?? Mornings)],
            null,
            [.. (subjects ?? ["FR"]).Select((s, i) => new WishMade(s, i + 1))]
        );

    public static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    // For decisions, which know nothing of HTTP.
    public static CampaignPlan Plan() =>
        (
            (CampaignForm)
                new OpenCampaign
                {
                    Name = "Printemps 2021",
                    Academy = "Montpellier",
                    Zone = "C",
                    Weeks = [new("A", new(2021, 4, 12)), new("B", new(2021, 4, 19))],
                    EnrolmentOpens = Now,
                    EnrolmentCloses = Now.AddDays(20),
                    Levels = ["CP", "6e", "5e"],
                    Subjects = [new("FR", "Français", null, "French"), new("MATHS", "Mathématiques", null, "Mathematics")],
                }
        ).ToPlan();

    public static Candidate Candidate(
        Guid id,
        string level = "6e",
        string[]? slots = null,
        string week = "A",
        string[]? subjects = null,
        int priority = 1
    ) =>
        new(
            id,
            CampaignId,
            1,
            level,
            School,
            priority,
            Now,
            [new CandidateWeek(week, 2, slots ?? Mornings)],
            null,
            [.. (subjects ?? ["FR"]).Select((s, i) => new CandidateWish(s, i + 1))],
            false
        );

    public static readonly Guid CampaignId = new("01900000-0000-7000-8000-000000000001");
    public static readonly Guid OfferId = new("01900000-0000-7000-8000-000000000002");
    public static readonly Guid StageId = new("01900000-0000-7000-8000-000000000003");

    public static Guid Pupil(int number) => new($"01900000-0000-7000-8000-1000000000{number:00}");

    public static Offer TheOffer(int stagesPerWeek = 1) =>
        new(
            OfferId,
            CampaignId,
            NewId(),
            School,
            new OfferTerms(
                [new Teaching("FR", ["6e", "5e"])],
                new Dictionary<string, IReadOnlyList<OfferedSlot>> { ["A"] = [.. Mornings.Select(s => new OfferedSlot(s, "preferred"))] },
                new Limits(stagesPerWeek, null)
            ),
            false,
            Acceptance.Accepted
        );

    /// <summary>Monday, Tuesday, Wednesday at nine in week A, with pupils 1, 2 and 3.</summary>
    public static Stage TheStage(StageStatus status = StageStatus.Draft)
    {
        var stage = Stage.Create(
            new StageDrafted(
                StageId,
                CampaignId,
                NewId(),
                OfferId,
                "FR",
                ["6e"],
                "A",
                [new Module(Module(1), 0, 0), new Module(Module(2), 4, 0), new Module(Module(3), 8, 0)],
                [.. Enumerable.Range(1, 3).Select(i => new Seat(Pupil(i), "6e", School))],
                By,
                Now
            )
        );
        return status switch
        {
            StageStatus.Approved => stage.Apply(new StageApproved(By, Now)),
            StageStatus.Published => stage.Apply(new StageApproved(By, Now)).Apply(new StagePublished(By, Now)),
            StageStatus.Cancelled => stage.Apply(new StageRejected("trop peu", By, Now)),
            _ => stage,
        };
    }

    public static Guid Module(int number) => new($"01900000-0000-7000-8000-2000000000{number:00}");

    public static Surroundings Around(params Stage[] others) =>
        new(Plan(), TheOffer(), Enumerable.Range(1, 9).ToDictionary(i => Pupil(i), i => Candidate(Pupil(i))), others);
}
