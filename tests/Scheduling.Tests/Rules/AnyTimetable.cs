using CsCheck;
using Stages.Pairing;
using Stages.Pairing.Tests;
using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Candidates;
using Stages.Scheduling.Offers;
using Stages.Scheduling.Runs;
using Stages.Scheduling.Timetables;
using Stages.Vocabulary;
using Offer = Stages.Scheduling.Offers.Offer;

namespace Stages.Scheduling.Tests.Rules;

/// <summary>A campaign of any kind with its timetable, as people see it and as the engine does.</summary>
internal sealed record AnyTimetable(
    CampaignPlan Plan,
    IReadOnlyList<Candidate> Candidates,
    IReadOnlyList<Offer> Offers,
    IReadOnlyList<Stage> Stages
)
{
    public static readonly string[] Levels = ["CM1", "CM2", "6e"];
    public static readonly string[] Subjects = ["FR", "MATHS"];

    private static readonly string[] Families = [SiblingsRule.Apart, SiblingsRule.Apart, SiblingsRule.SameSlots, SiblingsRule.Any];

    /// <summary>Five days of two slots.</summary>
    public const int Slots = 10;

    /// <summary>Mostly all of them, or there would be few stages to look at.</summary>
    private static readonly Gen<int[]> SomeSlots = Gen.Frequency(
        (3, Gen.Const(Enumerable.Range(0, Slots).ToArray())),
        (1, Gen.Bool.Array[Slots].Select(some => Enumerable.Range(0, Slots).Where(i => some[i]).ToArray()))
    );

    /// <summary>Week A, week B or both, each with its slots.</summary>
    private static readonly Gen<(string Week, int[] Slots)[]> Times = Gen.Select(
        Gen.Int[1, 3],
        SomeSlots,
        SomeSlots,
        (which, a, b) => new[] { ("A", a), ("B", b) }.Where((_, i) => (which & (1 << i)) != 0).ToArray()
    );

    private static readonly Gen<(string Level, int Priority, (string Week, int[] Slots)[] Times, int Wishes, int Family)> SomePupil =
        Gen.Select(Gen.Int[0, 2].Select(i => Levels[i]), Gen.Int[1, 4], Times, Gen.Int[1, 3], Gen.Int[0, 9]);

    private static readonly Gen<(int Levels, int Subjects, (string Week, int[] Slots)[] Times, int PerWeek, int GroupMax)> SomeOffer =
        Gen.Select(Gen.Int[1, 7], Gen.Int[1, 3], Times, Gen.Int[1, 3], Gen.Int[2, 6]);

    /// <summary>
    /// People without a timetable yet; more than twenty, for whose wishes the engine seeks no exact optimum, which takes its
    /// time.
    /// </summary>
    public static readonly Gen<AnyTimetable> Any = Gen.Select(
        SomePupil.Array[21, 32],
        SomeOffer.Array[3, 7],
        Gen.Bool,
        Gen.Int[1, 3],
        Gen.Int[1, 2],
        Gen.Bool,
        (pupils, offers, singleWeek, groupMin, perDay, holiday) =>
            new AnyTimetable(
                ThePlan(singleWeek, groupMin, perDay, holiday),
                [.. pupils.Select((p, i) => InFamily(Pupil(Id(1, i), p.Level, p.Priority, p.Times, p.Wishes), p.Family))],
                [.. offers.Select((o, i) => Teacher(Id(2, i), o.Levels, o.Subjects, o.Times, o.PerWeek, o.GroupMax))],
                []
            )
    );

    /// <summary>Sessions of these people in other campaigns.</summary>
    public OtherCampaigns Elsewhere { get; init; } = OtherCampaigns.None;

    public Problem Problem() => Instances.Of(Plan, Candidates, Offers, [], Keep.None, Elsewhere).Problem;

    public Proposal Proposal() =>
        new(
            0,
            0,
            new Score(0, 0, 0, 0, 0, 0),
            [
                .. Stages.Select(s => new ProposedStage(
                    s.OfferId.ToString(),
                    s.Subject,
                    s.Levels,
                    s.Week,
                    [.. s.Modules.Select(m => m.Slot).Order()],
                    [.. s.Seats.Select(seat => Instances.WishId(seat.EnrolmentId, s.Subject))],
                    Pinned: true
                )),
            ],
            []
        );

    /// <summary>Paired by the engine, and the proposal adopted as it is.</summary>
    public AnyTimetable Paired()
    {
        var proposed = PairingEngine.Solve(Problem(), null, 1, Budget.Steps(150)).Stages;
        return this with { Stages = [.. proposed.Select((s, i) => Adopted(s, Id(3, i)))] };
    }

    public IReadOnlyList<Conflict> Conflicts(int stage) => Timetables.Conflicts.Of(Stages[stage], Around(Stages[stage]));

    public IEnumerable<Conflict> Conflicts() => Stages.SelectMany((_, i) => Conflicts(i));

    /// <summary>What the rules as the problem's statement has them say.</summary>
    public IReadOnlyList<string> Violations() => Checker.Check(Problem(), Proposal(), explained: false).Violations;

    /// <summary>
    /// Whether the engine itself, given these stages as they stand, takes every one with its modules and its whole group.
    /// </summary>
    public bool IsKeptByTheEngine()
    {
        var kept = PairingEngine.Explain(Problem(), Proposal()).Stages.Select(Words).Order(StringComparer.Ordinal);
        return kept.SequenceEqual(Proposal().Stages.Select(Words).Order(StringComparer.Ordinal));

        static string Words(ProposedStage s) =>
            $"{s.Offer} {s.Subject} {s.Week} {string.Join(',', s.Modules)} {string.Join(',', s.Wishes.Order(StringComparer.Ordinal))}";
    }

    /// <summary>For the words of a failure: what it is about is said there.</summary>
    public override string ToString() => $"{Candidates.Count} pupils, {Offers.Count} teachers, {Stages.Count} stages, {Plan.Rules}";

    public static Guid Id(int kind, int number) => new($"01900000-0000-7000-8000-{kind:0000}{number:00000000}");

    private Surroundings Around(Stage stage) =>
        Timetables.Around.All(Plan, Stages, Offers.ToDictionary(o => o.Id), Candidates.ToDictionary(c => c.Id), Elsewhere)(stage);

    private Stage Adopted(ProposedStage s, Guid id) =>
        Stage.Create(
            new StageDrafted(
                id,
                Some.CampaignId,
                Id(4, 0),
                Guid.Parse(s.Offer),
                s.Subject,
                s.Levels,
                s.Week,
                [.. s.Modules.Select((slot, m) => new Module(Id(5, m), slot, 0))],
                [
                    .. s
                        .Wishes.Select(w => Candidates.Single(c => c.Id == Instances.WishOf(w).Enrolment))
                        .Select(c => new Seat(c.Id, c.Level, c.SchoolUai)),
                ],
                Some.By,
                Some.Now
            )
        );

    private static CampaignPlan ThePlan(bool singleWeek, int groupMin, int perDay, bool holiday)
    {
        var plan = Some.Plan();
        return plan with
        {
            Levels = Levels,
            SlotStarts = [new(9, 0), new(14, 0)],
            ClosedDates = holiday ? [new(2021, 4, 13)] : [],
            Rules = plan.Rules with
            {
                SingleWeek = singleWeek,
                GroupMin = groupMin,
                GroupMax = 5,
                ModulesPerDayMax = perDay,
                AdjacentLevels =
                [
                    ["CM1", "CM2"],
                ],
            },
        };
    }

    private static Candidate Pupil(Guid id, string level, int priority, (string Week, int[] Slots)[] times, int wishes) =>
        Some.Candidate(id) with
        {
            Level = level,
            Priority = priority,
            Weeks = [.. times.Select(t => new CandidateWeek(t.Week, 1, [.. t.Slots.Select(Code)]))],
            Wishes = [.. Subjects.Where((_, s) => (wishes & (1 << s)) != 0).Select((s, i) => new CandidateWish(s, i + 1))],
        };

    /// <summary>Children of four families; the others have no siblings.</summary>
    private static Candidate InFamily(Candidate pupil, int family) =>
        family >= Families.Length ? pupil : pupil with { SiblingGroup = Id(7, family), SiblingsRule = Families[family] };

    private static Offer Teacher(Guid id, int levels, int subjects, (string Week, int[] Slots)[] times, int perWeek, int groupMax) =>
        Some.TheOffer() with
        {
            Id = id,
            Terms = new OfferTerms(
                [
                    .. Subjects
                        .Where((_, s) => (subjects & (1 << s)) != 0)
                        .Select(s => new Api.Scheduling.Teaching(s, [.. Levels.Where((_, l) => (levels & (1 << l)) != 0)])),
                ],
                times.ToDictionary(
                    t => t.Week,
                    IReadOnlyList<OfferedSlot> (t) => [.. t.Slots.Select(s => new OfferedSlot(Code(s), "possible"))]
                ),
                new Limits(perWeek, groupMax)
            ),
        };

    private static string Code(int slot) => Grid.Code(ThePlan(true, 1, 1, false), slot);
}
