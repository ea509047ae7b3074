using Marten.Events.Projections;

namespace Stages.Classrooms.Rooms;

/// <summary>Where a module is held and when; what every request and job looks up first.</summary>
/// <param name="Expected">Pupils and their teacher.</param>
/// <param name="IsRehearsal">
/// Nobody is expected, and nothing of it kept. Modules of before do not say it: no query asks for its absence.
/// </param>
public sealed record ClassModule(
    Guid Id,
    Guid StageId,
    Guid CampaignId,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    int Expected,
    bool Cancelled,
    bool IsRehearsal = false
);

/// <summary>
/// One row for each module of each room, in step with the room. A module that left the timetable stays as cancelled: its link
/// must answer.
/// </summary>
public sealed partial class ModuleCalendar : EventProjection
{
    public ModuleCalendar() => Name = "module_calendar";

    public void Project(RoomReserved e, IDocumentOperations ops) => Store(ops, e.StageId, e.CampaignId, e.Stage);

    public async Task Project(RoomChanged e, IDocumentOperations ops)
    {
        foreach (var before in await ops.Query<ClassModule>().Where(m => m.StageId == e.StageId).ToListAsync())
        {
            if (e.Stage.Modules.All(now => now.ModuleId != before.Id))
                ops.Store(before with { Cancelled = true });
        }
        Store(ops, e.StageId, e.CampaignId, e.Stage);
    }

    public async Task Project(RoomReleased e, IDocumentOperations ops)
    {
        foreach (var module in await ops.Query<ClassModule>().Where(m => m.StageId == e.StageId).ToListAsync())
            ops.Store(module with { Cancelled = true });
    }

    private static void Store(IDocumentOperations ops, Guid stageId, Guid campaignId, StageContent stage)
    {
        foreach (var m in stage.Modules)
            ops.Store(new ClassModule(m.ModuleId, stageId, campaignId, m.StartsAt, m.EndsAt, stage.Pupils.Length + 1, false));
    }
}
