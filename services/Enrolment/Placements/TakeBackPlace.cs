namespace Stages.Enrolments.Placements;

/// <summary>The pupil is no longer in the stage, or the stage does not take place. What was declined stays declined.</summary>
public static class TakeBackPlace
{
    /// <param name="why">One of <see cref="PlaceEnd"/>.</param>
    public static Decision Decide(
        Enrolment? enrolment,
        Guid stageId,
        string subject,
        string? reason,
        DateTimeOffset now,
        string? why = null
    ) =>
        enrolment?.Places.FirstOrDefault(p => p.StageId == stageId && p.Subject == subject)
            is { Status: PlaceStatus.Offered or PlaceStatus.Confirmed }
            ? Decision.Of(new PlaceTakenBack(stageId, subject, reason, now, why))
            : Decision.Nothing;
}
