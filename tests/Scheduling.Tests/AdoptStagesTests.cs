using Stages.Pairing;
using Stages.Scheduling.Candidates;
using Stages.Scheduling.Runs;
using Stages.Scheduling.Timetables;
using Offer = Stages.Scheduling.Offers.Offer;

namespace Stages.Scheduling.Tests;

/// <summary>How a proposal becomes stages: which are new, which move, which stay, which are gone.</summary>
public sealed class AdoptStagesTests
{
    private static readonly Adopting Adopting = new(Some.NewId(), Some.By, Some.Now.AddDays(1));
    private static readonly Offer Offer = Some.TheOffer();
    private static readonly Candidate[] Pupils = [.. Enumerable.Range(1, 4).Select(i => Some.Candidate(Some.Pupil(i)))];
    private static readonly Stage Draft = Some.TheStage();

    [Fact]
    public void a_stage_that_was_not_there_is_drafted_with_ids_that_follow_from_the_adoption()
    {
        var started = Adopt(Proposed([8, 0, 4], 1, 2, 3)).Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.Start>();

        (started.State, started.Stream).ShouldBe((typeof(Stage), Some.StageId));
        var drafted = started.Events.ShouldHaveSingleItem().ShouldBeOfType<StageDrafted>();
        (drafted.CampaignId, drafted.RunId, drafted.OfferId).ShouldBe((Some.CampaignId, Adopting.RunId, Some.OfferId));
        (drafted.Subject, drafted.Week).ShouldBe(("FR", "A"));
        drafted.Modules.ShouldBe([
            new Module(Adopting.ModuleId(7, 0), 0, 0),
            new Module(Adopting.ModuleId(7, 1), 4, 0),
            new Module(Adopting.ModuleId(7, 2), 8, 0),
        ]);
        drafted.Seats.ShouldBe([.. new[] { 1, 2, 3 }.Select(SeatOf)]);
    }

    [Fact]
    public void nothing_is_drafted_without_a_teacher_or_without_pupils()
    {
        var stage = Proposed([0, 4, 8], 1, 2, 3);
        Adopt(stage, offers: []).ShouldBe(Decision.Nothing);
        Adopt(stage, offers: [Offer with { Withdrawn = true }]).ShouldBe(Decision.Nothing);
        Adopt(stage, pupils: [.. Pupils.Select(p => p with { Withdrawn = true })]).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void who_withdrew_changed_the_wish_or_was_placed_otherwise_is_left_out()
    {
        Candidate[] pupils =
        [
            Pupils[0],
            Pupils[1] with
            {
                Withdrawn = true,
            },
            Some.Candidate(Some.Pupil(3), subjects: ["MATHS"]),
            Pupils[3],
        ];
        var elsewhere = new[] { (Wish: (Some.Pupil(4), "FR"), Stage: Some.NewId()) };
        var decision = Adopt(Proposed([0, 4, 8], 1, 2, 3, 4, 5), pupils: pupils, held: elsewhere);
        decision
            .Effects.OfType<Effect.Start>()
            .ShouldHaveSingleItem()
            .Events.OfType<StageDrafted>()
            .ShouldHaveSingleItem()
            .Seats.ShouldBe([SeatOf(1)]);
    }

    [Fact]
    public void a_draft_moves_and_keeps_its_modules_where_it_can()
    {
        var moved = Adopt(Proposed([1, 5, 9, 13], 1, 2, 3, 4), Draft).Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.Append>();

        moved.Stream.ShouldBe(Draft.Id);
        var content = moved.Events.ShouldHaveSingleItem().ShouldBeOfType<StageMoved>();
        content.Modules.Select(m => m.Slot).ShouldBe([1, 5, 9, 13]);
        content.Modules.Take(3).Select(m => m.Id).ShouldBe(Draft.Modules.Select(m => m.Id));
        content.Modules[3].Id.ShouldBe(TimetableIds.Derived(Adopting.At, $"{Draft.Id}/{Adopting.RunId}/3"));
        content.Seats.ShouldBe([.. new[] { 1, 2, 3, 4 }.Select(SeatOf)]);
    }

    [Fact]
    public void nothing_is_said_of_a_stage_that_stays_as_it_was_or_may_not_move()
    {
        var moved = Proposed([1, 5, 9], 1, 2, 3);
        Adopt(Proposed([8, 4, 0], 3, 1, 2), Draft).ShouldBe(Decision.Nothing);
        Adopt(moved with { Pinned = true }, Draft).ShouldBe(Decision.Nothing);
        Adopt(moved, Draft.Apply(new StagePinned(Some.By, Some.Now))).ShouldBe(Decision.Nothing);
        Adopt(moved, Some.TheStage(StageStatus.Approved)).ShouldBe(Decision.Nothing);
        Adopt(moved, Some.TheStage(StageStatus.Published)).ShouldBe(Decision.Nothing);
        Adopt(moved, Draft).ChangesNothing.ShouldBeFalse();
    }

    [Theory]
    [InlineData(StageStatus.Draft, Keep.All, true)]
    [InlineData(StageStatus.Approved, Keep.None, true)]
    [InlineData(StageStatus.Approved, Keep.Approved, false)]
    [InlineData(StageStatus.Published, Keep.None, false)]
    [InlineData(StageStatus.Cancelled, Keep.None, false)]
    public void what_the_proposal_does_not_keep_is_replaced(StageStatus status, Keep keep, bool gone) =>
        AdoptStages
            .Replace([Some.TheStage(status)], keep, Adopting)
            .ShouldBe(
                gone ? Decision.Nothing.And(Some.StageId, new StageReplaced(Adopting.RunId, Some.By, Adopting.At)) : Decision.Nothing
            );

    [Fact]
    public void a_pinned_draft_is_not_replaced() =>
        AdoptStages.Replace([Draft.Apply(new StagePinned(Some.By, Some.Now))], Keep.None, Adopting).ShouldBe(Decision.Nothing);

    private static Decision Adopt(
        ProposedStage proposed,
        Stage? present = null,
        Offer[]? offers = null,
        Candidate[]? pupils = null,
        ((Guid, string) Wish, Guid Stage)[]? held = null
    ) =>
        AdoptStages.Draft(
            Some.CampaignId,
            Adopting,
            [new AdoptStages.Numbered(7, Some.StageId, proposed)],
            present is null ? [] : [present],
            pupils ?? Pupils,
            offers ?? [Offer],
            (held ?? []).ToLookup(h => h.Wish, h => h.Stage)
        );

    private static ProposedStage Proposed(int[] modules, params int[] pupils) =>
        new(Some.OfferId.ToString(), "FR", ["6e"], "A", modules, [.. pupils.Select(i => Instances.WishId(Some.Pupil(i), "FR"))]);

    private static Seat SeatOf(int pupil) => new(Some.Pupil(pupil), "6e", Some.School);
}
