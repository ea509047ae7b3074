using JasperFx.Events;
using Stages.Contracts.Scheduling;

namespace Stages.Classrooms.Rooms;

// A virtual room stands reserved for each published stage and has the stage's id. It follows the timetable that Scheduling
// publishes; what happens inside a module's class is told by ClassSession.

/// <summary>A stage was published: its room stands from now on.</summary>
public sealed record RoomReserved(Guid StageId, Guid CampaignId, StageContent Stage);

/// <summary>The stage has other modules, another teacher or another group.</summary>
public sealed record RoomChanged(Guid StageId, Guid CampaignId, StageContent Stage);

/// <summary>The stage does not take place; nobody can join its modules any more.</summary>
public sealed record RoomReleased(Guid StageId, Guid CampaignId, long Version);

/// <summary>Its teacher was erased at their own request: nothing says any more who it was.</summary>
public sealed record RoomTeacherForgotten(DateTimeOffset At);

public sealed record RoomModule(Guid ModuleId, DateTimeOffset StartsAt, DateTimeOffset EndsAt);

public sealed record RoomPupil(Guid EnrolmentId, string? SchoolUai);

/// <param name="Version">Of the stage, as Scheduling counts it: what is older than the known one is ignored.</param>
public sealed record StageContent(
    long Version,
    string Subject,
    string[] Levels,
    string TimeZone,
    Guid? TeacherId,
    string TeacherFirstName,
    RoomModule[] Modules,
    RoomPupil[] Pupils
)
{
    public StageContent WithoutTeacher() => this with { TeacherId = null, TeacherFirstName = "" };

    // A pupil with two wishes in the stage is one pupil in class.
    public static StageContent Of(StageChanged m) =>
        new(
            m.Version,
            m.Subject,
            [.. m.Levels],
            m.TimeZone,
            m.TeacherId,
            m.TeacherFirstName,
            [.. m.Modules.OrderBy(x => x.StartsAt).Select(x => new RoomModule(x.ModuleId, x.StartsAt, x.EndsAt))],
            [.. m.Pupils.DistinctBy(p => p.EnrolmentId).Select(p => new RoomPupil(p.EnrolmentId, p.SchoolUai))]
        );
}

/// <summary>The room of one stage: who belongs in it, and when.</summary>
/// <param name="IsRehearsal">Of no stage: a teacher tries the class out in it.</param>
public sealed record Room(Guid Id, Guid CampaignId, bool Released, StageContent Stage, bool IsRehearsal = false)
{
    public RoomModule? Module(Guid moduleId) => Array.Find(Stage.Modules, m => m.ModuleId == moduleId);

    public static Room Create(RoomReserved e) => new(e.StageId, e.CampaignId, false, e.Stage);

    public static Room Create(RoomReleased e) =>
        new(e.StageId, e.CampaignId, true, new StageContent(e.Version, "", [], HomeZone.Id, null, "", [], []));

    public static Room Apply(RoomChanged e, Room s) => s with { Released = false, Stage = e.Stage };

    public static Room Apply(RoomTeacherForgotten e, Room s) => s with { Stage = s.Stage.WithoutTeacher() };

    public static Room Apply(RoomReleased e, Room s) => s with { Released = true, Stage = s.Stage with { Version = e.Version } };
}
