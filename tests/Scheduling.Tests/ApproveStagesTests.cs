using Stages.Scheduling.Timetables;

namespace Stages.Scheduling.Tests;

/// <summary>Many stages approved at once.</summary>
public sealed class ApproveStagesTests
{
    private static readonly DateTimeOffset Now = Some.Now.AddDays(1);
    private static readonly Stage First = Some.TheStage() with { Version = 1 };
    private static readonly Stage Second = First with { Id = Some.NewId(), Version = 4 };

    [Fact]
    public void each_stage_is_approved_as_it_was_judged()
    {
        var (decision, approved) = Unmoved([First, Second], [Second, First]);
        approved.ShouldBe(2);
        decision.ShouldBe(Decision.Nothing.And(First.Id, new StageApproved(Some.By, Now)).And(Second.Id, new StageApproved(Some.By, Now)));
    }

    [Fact]
    public void a_stage_that_somebody_moved_meanwhile_or_that_is_gone_is_not_approved_unseen()
    {
        var (decision, approved) = Unmoved([First, Second], [First with { Version = 2 }]);
        approved.ShouldBe(0);
        decision.ShouldBe(Decision.Nothing);
    }

    private static (Decision What, int Approved) Unmoved(Stage[] judged, Stage[] present)
    {
        var decision = ApproveStagesEndpoint.Unmoved(judged, present, Some.By, Now);
        return (decision.What, decision.Result);
    }
}
