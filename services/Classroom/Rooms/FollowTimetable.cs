using MassTransit;
using Stages.Contracts.Scheduling;

namespace Stages.Classrooms.Rooms;

/// <summary>Messages of one stage may overtake one another; each carries the whole stage, and only a newer version counts.</summary>
public static class FollowTimetable
{
    /// <param name="forgotten">What ended before is forgotten here, and does not come back because somebody left it.</param>
    public static Decision Reserve(Room? room, Guid stageId, Guid campaignId, StageContent stage, DateTimeOffset forgotten) =>
        room is null && stage.Modules is [.., var last] && last.EndsAt < forgotten ? Decision.Nothing
        : room is null ? Decision.Of(new RoomReserved(stageId, campaignId, stage))
        : stage.Version <= room.Stage.Version ? Decision.Nothing
        : Decision.Of(new RoomChanged(stageId, campaignId, stage));

    public static Decision Release(Room? room, Guid stageId, Guid campaignId, long version) =>
        room is not null && (version < room.Stage.Version || room.Released)
            ? Decision.Nothing
            : Decision.Of(new RoomReleased(stageId, campaignId, version));
}

/// <summary>The room of a stage as the timetable now has it, without a teacher who was erased meanwhile.</summary>
public sealed class ReserveRoom(Retention retention, TimeProvider clock)
{
    public async ValueTask<Decision> Decide(Reading reading, StageChanged m, ConsumeContext context)
    {
        var now = clock.GetUtcNow();
        if (await Forgotten.Is(reading, m.TeacherId, now - RawMessage.Age(context, now)))
            m = m with { TeacherId = null, TeacherFirstName = "" };
        var (room, stage) = (await reading.Stream<Room>(m.StageId), StageContent.Of(m));
        var reserved = FollowTimetable.Reserve(
            room,
            m.StageId,
            m.CampaignId,
            stage,
            now.AddDays(-retention.DaysOf(ForgetContent.Records.Name))
        );
        if (reserved.ChangesNothing || room?.Stage.TeacherId == stage.TeacherId)
            return reserved.At(m.StageId);
        var sessions = await reading.Streams<ClassSession>((room?.Stage.Modules ?? []).Select(x => x.ModuleId));
        return reserved.At(m.StageId).And(DismissTeacher.Decide(room?.Stage.TeacherId, stage.TeacherId, sessions, now));
    }
}

public sealed class StagePublishedConsumer(Journal journal, ReserveRoom rooms) : IConsumer<StagePublished>
{
    public Task Consume(ConsumeContext<StagePublished> context) =>
        journal.Consume(context, (reading, m) => rooms.Decide(reading, m.AsChanged(), context));
}

public sealed class StageChangedConsumer(Journal journal, ReserveRoom rooms, Classes.AskClass classes, Elsewhere.Meetings meetings)
    : IConsumer<StageChanged>
{
    public async Task Consume(ConsumeContext<StageChanged> context)
    {
        await journal.Consume(context, (reading, m) => rooms.Decide(reading, m, context));
        var modules = context.Message.Modules.Select(m => m.ModuleId).ToList();
        // Said again with a message that comes again, so that no copy misses it.
        foreach (var module in modules)
            await classes.Look(module);
        await meetings.PutOut(modules, context.CancellationToken);
    }
}

public sealed class StageCancelledConsumer(Journal journal, Classes.AskClass classes, IDocumentStore store) : IConsumer<StageCancelled>
{
    public async Task Consume(ConsumeContext<StageCancelled> context)
    {
        await journal.Consume(
            context,
            async (reading, m) =>
                FollowTimetable.Release(await reading.Stream<Room>(m.StageId), m.StageId, m.CampaignId, m.Version).At(m.StageId)
        );
        await using var query = store.QuerySession();
        var room = await query.LoadAsync<Room>(context.Message.StageId, context.CancellationToken);
        foreach (var module in room?.Stage.Modules ?? [])
            await classes.Look(module.ModuleId);
    }
}
