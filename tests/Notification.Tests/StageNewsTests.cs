using Stages.Contracts.Scheduling;
using Stages.Notifications.Timetables;

namespace Stages.Notifications.Tests;

/// <summary>Who is told what, and how the numbers of calendar entries grow. Pure.</summary>
public sealed class StageNewsTests
{
    private static readonly DateOnly Monday = new(2021, 4, 12);
    private static readonly (Guid Anna, Guid Bob, Guid Cleo) Pupil = (Some.Id(), Some.Id(), Some.Id());
    private static readonly StagePublished Told = Some.Published(
        Some.Id(),
        Some.Id(),
        Some.Id(),
        Some.Modules(Monday),
        Pupil.Anna,
        Pupil.Bob
    );

    private static KnownStage Then(KnownStage? before, StageChanged change) => KnownStage.After(before, change, Samples.At);

    private static readonly KnownStage Published = Then(null, Some.Changed(Told, 1));

    [Fact]
    public void a_publication_is_new_to_everybody()
    {
        var news = StageNews.Of(null, Published);
        news.Placed.ShouldBe([Pupil.Anna, Pupil.Bob]);
        news.NewTeacher.ShouldBe(Told.OfferId);
        news.Stayed.ShouldBeEmpty();
    }

    [Fact]
    public void only_those_who_come_and_go_are_told_when_the_group_changes_and_the_teacher()
    {
        var news = StageNews.Of(Published, Then(Published, Some.Changed(Told, 2, enrolments: [Pupil.Bob, Pupil.Cleo])));
        news.Placed.ShouldBe([Pupil.Cleo]);
        news.Left.ShouldBe([Pupil.Anna]);
        news.Stayed.ShouldBeEmpty();
        news.TellsTeacher.ShouldBeTrue();
    }

    [Fact]
    public void whose_enrolment_ended_in_another_one_of_the_child_is_not_told_that_it_left()
    {
        var news = StageNews.Of(Published, Then(Published, Some.Changed(Told, 2, enrolments: [Pupil.Cleo])));
        news.Because(new Dictionary<Guid, string> { [Pupil.Anna] = "merged", [Pupil.Bob] = "withdrawn" }).Left.ShouldBe([Pupil.Bob]);
    }

    [Fact]
    public void everybody_is_told_when_a_module_moves()
    {
        var moved = Some.Changed(Told, 2, [Told.Modules[0] with { Date = Monday.AddDays(4), Sequence = 1 }, .. Told.Modules.Skip(1)]);
        var news = StageNews.Of(Published, Then(Published, moved));
        news.Stayed.ShouldBe([Pupil.Anna, Pupil.Bob]);
        news.TellsTeacher.ShouldBeTrue();
        news.NewTeacher.ShouldBeNull();
    }

    [Fact]
    public void another_teacher_is_new_and_the_former_is_told_once()
    {
        var other = Some.Id();
        var news = StageNews.Of(Published, Then(Published, Some.Changed(Told, 2, offer: other, teacher: "Karim")));
        (news.NewTeacher, news.FormerTeacher).ShouldBe((other, Told.OfferId));
        news.Stayed.Count.ShouldBe(2);
        news.TellsTeacher.ShouldBeFalse();
    }

    [Fact]
    public void nothing_that_concerns_people_is_no_news()
    {
        var news = StageNews.Of(Published, Then(Published, Some.Changed(Told, 2)));
        (news.Placed.Count + news.Left.Count + news.Stayed.Count).ShouldBe(0);
        news.TellsTeacher.ShouldBeFalse();
    }

    [Fact]
    public void the_sequence_of_a_module_grows_whatever_becomes_of_it()
    {
        var id = Told.Modules[0].ModuleId;
        int Sequence(KnownStage stage) => stage.Modules.Single(m => m.ModuleId == id).Sequence;

        var moved = Then(
            Published,
            Some.Changed(Told, 2, [Told.Modules[0] with { Start = new(14, 0), End = new(16, 0), Sequence = 1 }, .. Told.Modules.Skip(1)])
        );
        Sequence(moved).ShouldBe(1);
        var removed = Then(moved, Some.Changed(Told, 3, [.. Told.Modules.Skip(1)]));
        Sequence(removed).ShouldBe(2);
        removed.Modules.Single(m => m.ModuleId == id).Cancelled.ShouldBeTrue();
        // Back again under the number that it had: still one further than what calendars were told last.
        var back = Then(removed, Some.Changed(Told, 4));
        Sequence(back).ShouldBe(3);
        back.Modules.Single(m => m.ModuleId == id).Cancelled.ShouldBeFalse();
        var cancelled = back.CancelledBy(new StageCancelled(Told.StageId, Told.CampaignId, 5, "…"), Samples.At);
        cancelled.Modules.ShouldAllBe(m => m.Cancelled);
        Sequence(cancelled).ShouldBe(4);
        Sequence(Then(cancelled, Some.Changed(Told, 6))).ShouldBe(5);
    }

    [Fact]
    public void an_unchanged_module_keeps_its_sequence() =>
        Then(Published, Some.Changed(Told, 2)).Modules.ShouldAllBe(m => m.Sequence == 0);

    [Fact]
    public void reminders_are_planned_the_evening_before_and_an_hour_before_in_the_local_time_of_the_campaign()
    {
        var first = Reminders.Reminder.Of(Published).Where(r => r.ModuleId == Told.Modules[0].ModuleId).ToList();
        first.Single(r => r.When == "day").DueAt.ShouldBe(new DateTimeOffset(2021, 4, 11, 15, 30, 0, TimeSpan.Zero));
        first.Single(r => r.When == "hour").DueAt.ShouldBe(new DateTimeOffset(2021, 4, 12, 6, 0, 0, TimeSpan.Zero));
    }
}
