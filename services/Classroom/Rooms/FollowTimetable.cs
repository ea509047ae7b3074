using MassTransit;
using Stages.Contracts.Scheduling;

namespace Stages.Classrooms.Rooms;

/// <summary>Messages of one stage may overtake one another; each carries the whole stage, and only a newer version counts.</summary>
public static class FollowTimetable
{
    public static Decision Reserve(Room? room, Guid stageId, Guid campaignId, StageContent stage) =>
        room is null ? Decision.Of(new RoomReserved(stageId, campaignId, stage))
        : stage.Version <= room.Stage.Version ? Decision.Nothing
        : Decision.Of(new RoomChanged(stageId, campaignId, stage));

    public static Decision Release(Room? room, Guid stageId, Guid campaignId, long version) =>
        room is not null && (version < room.Stage.Version || room.Released)
            ? Decision.Nothing
            : Decision.Of(new RoomReleased(stageId, campaignId, version));
}

public sealed class StagePublishedConsumer(Journal journal) : IConsumer<StagePublished>
{
    public Task Consume(ConsumeContext<StagePublished> context) =>
        journal.Consume(context, (reading, m) => StageChangedConsumer.Reserve(reading, m.AsChanged()));
}

public sealed class StageChangedConsumer(Journal journal) : IConsumer<StageChanged>
{
    public Task Consume(ConsumeContext<StageChanged> context) => journal.Consume(context, Reserve);

    internal static async ValueTask<Decision> Reserve(Reading reading, StageChanged m) =>
        FollowTimetable.Reserve(await reading.Stream<Room>(m.StageId), m.StageId, m.CampaignId, StageContent.Of(m)).At(m.StageId);
}

public sealed class StageCancelledConsumer(Journal journal) : IConsumer<StageCancelled>
{
    public Task Consume(ConsumeContext<StageCancelled> context) =>
        journal.Consume(
            context,
            async (reading, m) =>
                FollowTimetable.Release(await reading.Stream<Room>(m.StageId), m.StageId, m.CampaignId, m.Version).At(m.StageId)
        );
}
