namespace Stages.Enrolments.People;

/// <summary>A person is forgotten, and an enrolment only with the last of its guardians.</summary>
public static class Forgetting
{
    public static Decision Person(Enrolment? state, Guid person, DateTimeOffset now)
    {
        if (state is null || state.Status == Enrolment.Erased || !state.FamilyIds.Contains(person))
            return Decision.Nothing;
        if (Family.Without(person, state.Content) is not { } left)
            return Whole(state, now);
        var submitter = state.Submitter == person ? null : state.Submitter;
        return Decision
            .Of(new GuardianForgotten(left, submitter, now, state.Joined is { } joined ? [.. joined.Where(a => a != person)] : null))
            .AndStore(new MaskingOwed(state.Id, state.Version, now, Masking.OfThePupil));
    }

    /// <summary>A teacher: the pupil's places stay, with nobody.</summary>
    public static Decision Teacher(Enrolment? state, Guid teacher, DateTimeOffset now) =>
        state?.Places.Any(p => p.TeacherId == teacher) == true ? Decision.Of(new PlaceTeacherForgotten(teacher, now)) : Decision.Nothing;

    /// <param name="by">The coordinator who does it for the family; nobody when it does so itself.</param>
    public static Decision Whole(Enrolment state, DateTimeOffset now, Author? by = null, string? askedBy = null) =>
        state.Status == Enrolment.Erased
            ? Decision.Nothing
            : Decision.Of(new EnrolmentErased(now, by, askedBy)).AndStore(new MaskingOwed(state.Id, long.MaxValue, now));
}
