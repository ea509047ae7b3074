using Shouldly;
using Stages.Classrooms.Rooms;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

public sealed class FollowTimetableTests
{
    [Fact]
    public void a_published_stage_has_a_room_reserved() =>
        FollowTimetable
            .Reserve(null, StageId, CampaignId, Stage(1))
            .Events.Single()
            .ShouldBeOfType<RoomReserved>()
            .StageId.ShouldBe(StageId);

    [Fact]
    public void an_older_message_that_comes_late_changes_nothing()
    {
        var changed = Room.Apply(new RoomChanged(StageId, CampaignId, Stage(3)), TheRoom);
        FollowTimetable.Reserve(changed, StageId, CampaignId, Stage(2)).Events.ShouldBeEmpty();
        FollowTimetable.Release(changed, StageId, CampaignId, 2).Events.ShouldBeEmpty();
    }

    [Fact]
    public void a_cancellation_that_overtakes_the_publication_stands()
    {
        var released = Room.Create(new RoomReleased(StageId, CampaignId, 2));
        FollowTimetable.Reserve(released, StageId, CampaignId, Stage(1)).Events.ShouldBeEmpty();
        released.Released.ShouldBeTrue();
    }
}
