namespace Stages.Scheduling.Timetables;

/// <summary>A family gives a place up, or asks for something else than what the place is for.</summary>
public static class LeaveStage
{
    /// <summary>The family declined.</summary>
    public static Decision Decline(Stage? stage, Guid enrolment, DateTimeOffset now) => Leave(stage, enrolment, "declined", now);

    /// <summary>The enrolment changed: the pupil leaves a stage that is no longer wished, or that no longer suits the level.</summary>
    public static Decision Follow(Stage stage, Candidate candidate, DateTimeOffset now) =>
        candidate.Withdrawn ? Leave(stage, candidate.Id, candidate.Merged ? "merged" : "withdrawn", now)
        : candidate.Wishes.Any(w => w.Subject == stage.Subject) && stage.Levels.Contains(candidate.Level) ? Decision.Nothing
        : Leave(stage, candidate.Id, "wish-changed", now);

    /// <summary>The family takes the place that was offered from the waiting list.</summary>
    public static Decision Confirm(Stage? stage, Guid enrolment, DateTimeOffset now) =>
        stage?.Seats.Any(s => s.EnrolmentId == enrolment && s.AnswerBefore is not null) == true
            ? Decision.Of(new SeatConfirmed(enrolment, Actor.System, now))
            : Decision.Nothing;

    private static Decision Leave(Stage? stage, Guid enrolment, string why, DateTimeOffset now) =>
        stage?.IsLive == true && stage.Holds(enrolment) ? Decision.Of(new PupilLeft(enrolment, why, Actor.System, now)) : Decision.Nothing;
}
