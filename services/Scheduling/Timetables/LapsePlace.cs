namespace Stages.Scheduling.Timetables;

/// <summary>A place whose deadline passed without an answer is free again.</summary>
public static class LapsePlace
{
    public static Decision Decide(Stage stage, DateTimeOffset now) =>
        stage.Status == StageStatus.Published
            ? Decision.Of(
                stage.Seats.Where(s => s.AnswerBefore <= now).Select(s => new PupilLeft(s.EnrolmentId, "lapsed", Actor.System, now))
            )
            : Decision.Nothing;
}
