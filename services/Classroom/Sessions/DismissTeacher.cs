namespace Stages.Classrooms.Sessions;

/// <summary>Who is no longer a stage's teacher is not in its classes either, from this moment on, wherever they are connected.</summary>
public static class DismissTeacher
{
    /// <param name="sessions">The classes of the stage, as far as anybody came to them.</param>
    public static Decision Decide(Guid? before, Guid? after, IEnumerable<ClassSession> sessions, DateTimeOffset now) =>
        before is not { } teacher || before == after
            ? Decision.Nothing
            : Decision.All(
                sessions
                    .Where(s =>
                        s.Seats.Any(x => x.IsOfTeacher(teacher) && !x.Removed)
                        || s.Tickets.Any(t => t.Role == ParticipantRole.Teacher && t.PersonId == teacher)
                    )
                    .Select(s => Decision.Of(new TeacherDismissed(teacher, now)).At(s.Id))
            );
}
