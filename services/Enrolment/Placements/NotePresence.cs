using Stages.Contracts.Classroom;

namespace Stages.Enrolments.Placements;

/// <summary>The family's page and the attestation say who was there without asking Classroom each time.</summary>
public static class NotePresence
{
    public static Decision Decide(Enrolment? enrolment, AttendanceRecorded m, DateTimeOffset now) =>
        enrolment is null
        || enrolment.Status == Enrolment.Erased
        || enrolment.Presences?.FirstOrDefault(p => p.ModuleId == m.ModuleId)?.Version >= m.Version
            ? Decision.Nothing
            : Decision.Of(new PresenceNoted(m.ModuleId, m.StageId, m.MinutesPresent, m.Source, m.Version, now));
}
