using Marten;
using MassTransit;
using Stages.Contracts.Scheduling;
using Stages.ServiceDefaults;

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

    internal static async Task Write(IDocumentSession session, Guid stageId, Func<Room?, Decision> decide)
    {
        var stream = await session.Events.FetchForWriting<Room>(stageId);
        stream.AppendMany(decide(stream.Aggregate).Events);
    }
}

public sealed class StagePublishedConsumer(Inbox inbox) : IConsumer<StagePublished>
{
    public Task Consume(ConsumeContext<StagePublished> context) =>
        inbox.Once(context, session => StageChangedConsumer.Take(session, context.Message.AsChanged()));
}

public sealed class StageChangedConsumer(Inbox inbox) : IConsumer<StageChanged>
{
    public Task Consume(ConsumeContext<StageChanged> context) => inbox.Once(context, session => Take(session, context.Message));

    internal static Task Take(IDocumentSession session, StageChanged m) =>
        FollowTimetable.Write(session, m.StageId, room => FollowTimetable.Reserve(room, m.StageId, m.CampaignId, StageContent.Of(m)));
}

public sealed class StageCancelledConsumer(Inbox inbox) : IConsumer<StageCancelled>
{
    public Task Consume(ConsumeContext<StageCancelled> context) =>
        inbox.Once(
            context,
            session =>
            {
                var m = context.Message;
                return FollowTimetable.Write(session, m.StageId, room => FollowTimetable.Release(room, m.StageId, m.CampaignId, m.Version));
            }
        );
}
