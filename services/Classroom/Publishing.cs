using JasperFx.Events;
using Contract = Stages.Contracts.Classroom;

namespace Stages.Classrooms;

/// <summary>What our events mean to other services.</summary>
public static class Publishing
{
    public static async ValueTask<IReadOnlyList<object>> ToContracts(IEvent e, IQuerySession session, CancellationToken cancel) =>
        e.Data switch
        {
            RoomReserved m => [new Contract.RoomReserved(m.StageId, m.CampaignId, m.StageId)],
            AttendanceMeasured m
                when await Class(e, session, cancel) is { } c && Array.TrueForAll(c.Corrections, x => x.EnrolmentId != m.EnrolmentId) =>
            [
                new Contract.AttendanceRecorded(e.StreamId, c.StageId, c.CampaignId, m.EnrolmentId, e.Version, m.Minutes, "classroom"),
            ],
            AttendanceCorrected m when await Class(e, session, cancel) is { } c =>
            [
                new Contract.AttendanceRecorded(e.StreamId, c.StageId, c.CampaignId, m.EnrolmentId, e.Version, m.Minutes, "teacher"),
            ],
            PupilFoundMissing m when await Class(e, session, cancel) is { } c =>
            [
                new Contract.PupilMissing(e.StreamId, c.StageId, c.CampaignId, m.EnrolmentId, m.At),
            ],
            Reports.PersonReported m => [new Contract.PersonReported(m.ReportId, m.ModuleId, m.StageId, m.CampaignId, m.At)],
            Reports.CheckFailed m => [new Contract.CheckFailed(m.CampaignId, m.Schools, m.ByRole, m.At)],
            TeacherFoundMissing m when await Class(e, session, cancel) is { } c =>
            [
                new Contract.TeacherMissing(e.StreamId, c.StageId, c.CampaignId, m.At),
            ],
            _ => [],
        };

    private static Task<ClassSession?> Class(IEvent e, IQuerySession session, CancellationToken cancel) =>
        session.LoadAsync<ClassSession>(e.StreamId, cancel);
}
