using Stages.Scheduling.Timetables;

namespace Stages.Scheduling.Tests;

/// <summary>When a family is told how its waiting wishes stand.</summary>
public sealed class TellWaitingTests
{
    private static readonly DateTimeOffset Now = Some.Now.AddDays(1);
    private static readonly Guid Enrolment = Some.Pupil(1);
    private static readonly WaitingWish French = new("FR", 2, "groups-full", "Complet.", "Full.", [], []);
    private static readonly WaitingWish[] NobodyWaits = [];

    [Fact]
    public void the_first_explanation_is_news()
    {
        WaitingWish[] wishes = [French];
        Tell(null, wishes).ShouldBe(Told(news: true, wishes));
    }

    [Fact]
    public void what_stands_as_it_stood_is_not_said_again()
    {
        Tell(Known(French), French with { }).ShouldBe(Decision.Nothing);
        Tell(null).ShouldBe(Decision.Nothing, "nobody waits, and nobody was told of waiting");
        Tell(Known()).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void another_position_is_shown_and_not_sent()
    {
        WaitingWish[] nearer = [French with { Position = 1, WouldBePlacedIfFr = ["une place de plus"] }];
        Tell(Known(French), nearer).ShouldBe(Told(news: false, nearer));
    }

    [Fact]
    public void another_reason_another_wish_and_none_any_more_are_news()
    {
        WaitingWish[] tooFew = [French with { Reason = "too-few-pupils" }];
        Tell(Known(French), tooFew).ShouldBe(Told(news: true, tooFew));
        WaitingWish[] two = [French, French with { Subject = "MATHS" }];
        Tell(Known(French), two).ShouldBe(Told(news: true, two));
        Tell(Known(French), NobodyWaits).ShouldBe(Told(news: true, NobodyWaits));
    }

    private static Decision Tell(Waiting? before, params WaitingWish[] wishes)
    {
        var decision = TellWaiting.Decide(Some.CampaignId, Enrolment, before, wishes, Now);
        TellWaiting.IsTold(before, wishes).ShouldBe(decision.ChangesNothing);
        return decision;
    }

    /// <summary>The very list that was told: events compare it by reference.</summary>
    private static Decision Told(bool news, WaitingWish[] wishes) =>
        Decision.Nothing.And(TimetableIds.Waiting(Enrolment), new WishesLeftWaiting(Enrolment, Some.CampaignId, wishes, news, Now));

    private static Waiting Known(params WaitingWish[] wishes) =>
        Waiting.Create(new WishesLeftWaiting(Enrolment, Some.CampaignId, wishes, true, Some.Now));
}
