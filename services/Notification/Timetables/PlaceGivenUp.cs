using Stages.Contracts.Enrolment;

namespace Stages.Notifications.Timetables;

/// <summary>A family gives a place up, or withdraws with all of them: it is told by the stage that the pupil leaves.</summary>
public static class PlaceGivenUp
{
    public static async Task<bool> IsToldByItsStage(Reading reading, EnrolmentAcknowledged m) =>
        m.What is "declined" or "withdrawn"
        && (await reading.Documents.Query<KnownStage>().Where(s => s.Attending.Contains(m.EnrolmentId)).ToListAsync(reading.Cancel)).Any(
            stage => Tells(stage, m)
        );

    /// <summary>Whether the stage still has to say that the pupil is out of it, or has just done so.</summary>
    public static bool Tells(KnownStage stage, EnrolmentAcknowledged m) =>
        !stage.Cancelled
        && !stage.IsLongOver(m.At)
        && (m.What == "withdrawn" || m.Wishes.Any(w => w.Subject == stage.Subject))
        && (stage.Enrolments.Contains(m.EnrolmentId) || (stage.Left.Contains(m.EnrolmentId) && stage.ChangedAt >= m.At));
}
