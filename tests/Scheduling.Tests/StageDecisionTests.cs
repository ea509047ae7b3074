using Stages.Scheduling.Timetables;

namespace Stages.Scheduling.Tests;

/// <summary>What is done to a stage as a whole: pinned, given up, left by its teacher.</summary>
public sealed class StageDecisionTests
{
    private static readonly DateTimeOffset Now = Some.Now.AddDays(1);
    private static readonly Stage Draft = Some.TheStage();
    private static readonly Stage Over = Some.TheStage(StageStatus.Cancelled);

    [Fact]
    public void a_stage_is_pinned_once_and_loosened_once()
    {
        PinStage.Decide(Draft, pinned: true, Some.By, Now).Events.ShouldBe([new StagePinned(Some.By, Now)]);
        var pinned = Draft.Apply(new StagePinned(Some.By, Now));
        PinStage.Decide(pinned, pinned: true, Some.By, Now).ShouldBe(Decision.Nothing);
        PinStage.Decide(pinned, pinned: false, Some.By, Now).Events.ShouldBe([new StageUnpinned(Some.By, Now)]);
        PinStage.Decide(Draft, pinned: false, Some.By, Now).ShouldBe(Decision.Nothing);
        PinStage.Decide(Over, pinned: true, Some.By, Now).Refusal.ShouldBe(new StageIs("rejected"));
    }

    [Theory]
    [InlineData(StageStatus.Draft)]
    [InlineData(StageStatus.Approved)]
    [InlineData(StageStatus.Published)]
    public void a_stage_is_given_up_with_its_reason(StageStatus status) =>
        RejectStageEndpoint
            .Decide(Some.TheStage(status), new RejectStage(" trop peu d’élèves "), Some.By, Now)
            .Events.ShouldBe([new StageRejected("trop peu d’élèves", Some.By, Now)]);

    [Fact]
    public void what_was_given_up_is_not_given_up_again() =>
        RejectStageEndpoint.Decide(Over, new RejectStage("encore"), Some.By, Now).Refusal.ShouldBe(new StageIs("rejected"));
}
