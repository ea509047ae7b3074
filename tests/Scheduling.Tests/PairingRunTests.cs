using Stages.Pairing;
using Stages.Scheduling.Runs;
using Stages.Scheduling.Timetables;

namespace Stages.Scheduling.Tests;

/// <summary>The life of a run, and the translation between a campaign and the engine's problem.</summary>
public sealed class PairingRunTests
{
    private static readonly PairingRun Queued = PairingRun.Create(
        new PairingRequested(Some.NewId(), Some.CampaignId, 7, 10, Keep.None, Some.By, Some.Now)
    );
    private static readonly Proposal Empty = new(7, 0.5, new Score(10, 10, 0, 0, 1, 1), [], []);
    private static readonly RunProposal File = new(Queued.Id, []);

    [Fact]
    public void a_result_counts_only_while_the_run_is_open()
    {
        var proposed = ProposeTimetable.Decide(Queued, Empty, File, Some.Now);
        proposed.Events.ShouldHaveSingleItem().ShouldBeOfType<TimetableProposed>();
        proposed.Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.Store<RunProposal>>().Documents.ShouldBe([File]);
        var cancelled = Queued.Apply(new PairingCancelled(Some.By, Some.Now));
        ProposeTimetable.Decide(cancelled, Empty, File, Some.Now).ChangesNothing.ShouldBeTrue();
        ProposeTimetable.Decide(Done(), Empty, File, Some.Now).ChangesNothing.ShouldBeTrue();
    }

    [Fact]
    public void a_run_is_claimed_by_one_worker_and_by_another_only_after_a_silence()
    {
        var (mine, other) = (Some.NewId(), Some.NewId());
        var beat = new RunProgress(Queued.Id, other, Some.Now, 0.5, null, 1);
        var first = ClaimRun.Decide(Queued, null, mine, Some.Now);
        first.Result.ShouldBeTrue();
        first.What.ShouldBe(Decision.Of(new PairingStarted(1, Some.Now)).AndStore(new RunProgress(Queued.Id, mine, Some.Now, 0, null, 0)));
        ClaimRun.Decide(Queued, beat, mine, Some.Now.AddSeconds(1)).ShouldBe(Decision.Nothing);
        ClaimRun.Decide(Queued, beat, mine, Some.Now + SolvePairing.Silence).Result.ShouldBeTrue();
        ClaimRun.Decide(Done(), null, mine, Some.Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void who_lost_a_run_is_told_to_stop()
    {
        var beat = new RunProgress(Queued.Id, Some.NewId(), Some.Now, 0.5, null, 1);
        TellProgress.Decide(Queued, null, beat).ShouldBe(Decision.Nothing.AndStore(beat).Giving(true));
        TellProgress.Decide(Queued, beat with { Worker = Some.NewId() }, beat).ShouldBe(Decision.Nothing);
        TellProgress.Decide(Done(), beat, beat).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void an_open_run_is_cancelled_once_and_an_ended_one_never()
    {
        CancelPairing.Decide(Queued, Some.By, Some.Now).Events.ShouldBe([new PairingCancelled(Some.By, Some.Now)]);
        CancelPairing.Decide(Queued.Apply(new PairingCancelled(Some.By, Some.Now)), Some.By, Some.Now).Events.ShouldBeEmpty();
        CancelPairing.Decide(Done(), Some.By, Some.Now).Refusal.ShouldBe(new RunHasEnded(RunStatus.Done));
        CancelPairing.Decide(null, Some.By, Some.Now).Refusal.ShouldBe(new NotFound());
    }

    [Fact]
    public void only_one_proposal_is_adopted_at_a_time_and_the_same_one_only_once()
    {
        var campaign = Campaigns.Campaign.Create(new Campaigns.CampaignOpened(Some.CampaignId, Some.Plan(), Some.By, Some.Now));
        var run = Done();
        AdoptProposal.Decide(null, Queued, campaign, Some.By, Some.Now).Refusal.ShouldBe(new RunNotDone());
        var started = AdoptProposal
            .Decide(null, run, campaign, Some.By, Some.Now)
            .Events.ShouldHaveSingleItem()
            .ShouldBeOfType<AdoptionStarted>();
        var adopting = Timetable.Create(started);
        AdoptProposal.Decide(adopting, run, campaign, Some.By, Some.Now).ShouldBe(Decision.Nothing);
        AdoptProposal
            .Decide(adopting, run with { Id = Some.NewId() }, campaign, Some.By, Some.Now)
            .Refusal.ShouldBe(new AdoptionUnderWay());
        AdoptProposal
            .Decide(adopting.Apply(new TimetableAdopted(run.Id, Some.By, Some.Now)), run, campaign, Some.By, Some.Now)
            .ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void a_campaign_becomes_the_problem_that_the_engine_reads()
    {
        var plan = Some.Plan() with { ClosedDates = [new(2021, 4, 16)] };
        var instance = Instances.Of(plan, [Some.Candidate(Some.Pupil(1), subjects: ["FR", "MATHS"])], [Some.TheOffer()], [], Keep.None);
        var pupil = instance.Problem.Pupils.ShouldHaveSingleItem();
        pupil.Slots["A"].ShouldBe([0, 4, 8, 12]);
        pupil.Weeks["A"].ShouldBe(2);
        pupil.Wishes.Select(w => Instances.WishOf(w.Id)).ShouldBe([(Some.Pupil(1), "FR"), (Some.Pupil(1), "MATHS")]);
        instance.Problem.Offers.ShouldHaveSingleItem().Preferred!["A"].ShouldBe([0, 4, 8, 12]);
        instance.Problem.Rules.Closed!.ShouldBe([
            new ClosedSlot("A", 16),
            new ClosedSlot("A", 17),
            new ClosedSlot("A", 18),
            new ClosedSlot("A", 19),
        ]);
        instance.Previous.ShouldBeNull();
    }

    [Theory]
    [InlineData(StageStatus.Draft, Keep.None, 0, 0)]
    [InlineData(StageStatus.Draft, Keep.Approved, 0, 0)]
    [InlineData(StageStatus.Draft, Keep.All, 1, 0)]
    [InlineData(StageStatus.Approved, Keep.None, 0, 0)]
    [InlineData(StageStatus.Approved, Keep.Approved, 1, 1)]
    [InlineData(StageStatus.Published, Keep.None, 1, 1)]
    [InlineData(StageStatus.Cancelled, Keep.All, 0, 0)]
    public void what_a_run_keeps(StageStatus status, Keep keep, int previous, int pinned)
    {
        var instance = Instances.Of(
            Some.Plan(),
            Enumerable.Range(1, 4).Select(i => Some.Candidate(Some.Pupil(i))),
            [Some.TheOffer()],
            [Some.TheStage(status)],
            keep
        );
        (instance.Previous?.Stages.Count ?? 0).ShouldBe(previous);
        (instance.Previous?.Stages.Count(s => s.Pinned) ?? 0).ShouldBe(pinned);
    }

    [Fact]
    public void a_kept_stage_stays_possible_when_its_people_changed_their_minds()
    {
        var stage = Some.TheStage(StageStatus.Published);
        var offer = Some.TheOffer() with
        {
            Terms = Some.TheOffer().Terms with { Slots = new Dictionary<string, IReadOnlyList<Api.Scheduling.OfferedSlot>>() },
        };
        var instance = Instances.Of(
            Some.Plan(),
            Enumerable.Range(1, 3).Select(i => Some.Candidate(Some.Pupil(i), slots: ["FRI-09:00"])),
            [offer],
            [stage],
            Keep.None
        );
        instance.Problem.Offers[0].Slots["A"].ShouldBe([0, 4, 8]);
        instance.Problem.Pupils.ShouldAllBe(p => p.Slots["A"].SequenceEqual(new[] { 0, 4, 8, 16 }));
        var proposal = PairingEngine.Solve(instance.Problem, instance.Previous, 1, Budget.Steps(100));
        proposal.Stages.ShouldHaveSingleItem().Wishes.Count.ShouldBe(3);
        AdoptStages.Match(proposal.Stages, instance.Known).ShouldBe(new Dictionary<int, Guid> { [0] = stage.Id });
    }

    [Fact]
    public void a_published_stage_without_its_teacher_is_no_part_of_the_problem_and_its_pupils_are_busy()
    {
        var stage = Some.TheStage(StageStatus.Published).Apply(new TeacherLeft(Some.By, Some.Now));
        var instance = Instances.Of(
            Some.Plan(),
            Enumerable.Range(1, 3).Select(i => Some.Candidate(Some.Pupil(i), subjects: ["FR", "MATHS"])),
            [Some.TheOffer() with { Withdrawn = true }],
            [stage],
            Keep.All
        );
        instance.Problem.Offers.ShouldBeEmpty();
        instance.Problem.Pupils.ShouldAllBe(p => p.Wishes.Count == 1 && p.Slots["A"].SequenceEqual(new[] { 12 }));
    }

    [Fact]
    public async Task files_come_back_as_they_went()
    {
        var problem = Instances.Of(Some.Plan(), [Some.Candidate(Some.Pupil(1))], [Some.TheOffer()], [], Keep.None).Problem;
        var again = await RunFiles.Problem(
            await RunFiles.Pack(problem, TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken
        );
        again.Pupils[0].Wishes.ShouldBe(problem.Pupils[0].Wishes);
        again.Offers[0].Slots["A"].ShouldBe(problem.Offers[0].Slots["A"]);
    }

    private static PairingRun Done() => Queued.Apply(new TimetableProposed(new RunScore(1, 1, 10, 10, 0, 0), 1, 0, 1, Some.Now));
}
