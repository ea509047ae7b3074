using Shouldly;
using Stages.Classrooms.Rooms;
using Stages.ServiceDefaults;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

public sealed class FollowTimetableTests
{
    [Fact]
    public void a_published_stage_has_a_room_reserved() =>
        FollowTimetable
            .Reserve(null, StageId, CampaignId, Stage(1), Start)
            .Events.Single()
            .ShouldBeOfType<RoomReserved>()
            .StageId.ShouldBe(StageId);

    [Fact]
    public void an_older_message_that_comes_late_changes_nothing()
    {
        var changed = Room.Apply(new RoomChanged(StageId, CampaignId, Stage(3)), TheRoom);
        FollowTimetable.Reserve(changed, StageId, CampaignId, Stage(2), Start).Events.ShouldBeEmpty();
        FollowTimetable.Release(changed, StageId, CampaignId, 2).Events.ShouldBeEmpty();
    }

    /// <summary>Enrolments end on the same day as their classes' records: each pupil who goes changes the stage once more.</summary>
    [Fact]
    public void a_change_of_a_stage_that_is_forgotten_does_not_bring_its_room_back()
    {
        var over = Stage(1).Modules.Max(m => m.EndsAt);
        FollowTimetable.Reserve(null, StageId, CampaignId, Stage(1), over.AddSeconds(1)).ShouldBe(Decision.Nothing);
        FollowTimetable.Reserve(null, StageId, CampaignId, Stage(1), over).Events.ShouldHaveSingleItem();
        FollowTimetable.Reserve(TheRoom, StageId, CampaignId, Stage(9), over.AddSeconds(1)).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void a_cancellation_that_overtakes_the_publication_stands()
    {
        var released = Room.Create(new RoomReleased(StageId, CampaignId, 2));
        FollowTimetable.Reserve(released, StageId, CampaignId, Stage(1), Start).Events.ShouldBeEmpty();
        released.Released.ShouldBeTrue();
    }
}
