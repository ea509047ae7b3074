namespace Stages.Scheduling;

/// <summary>
/// One at a time, across all copies of the service, for what several streams decide together: whether a pupil or a teacher is free
/// is read from many stages, whose versions alone would not show that two moves contradict each other. Held until the
/// transaction ends; what is read after it is what the one before has committed.
/// </summary>
public static class Locks
{
    /// <summary>The timetable of a campaign: stages, seats and places on the waiting list.</summary>
    public static LockKey Timetable(Guid campaign) => LockKey.Of("timetable", campaign);

    /// <summary>A teacher's one offer in a campaign.</summary>
    public static LockKey OfferOf(Guid campaign, Guid person) => LockKey.Of($"offer of {person}", campaign);

    /// <summary>How somebody stands as a teacher, and all their offers with it. Taken before any timetable.</summary>
    public static LockKey Teacher(Guid person) => LockKey.Of("teacher", person);

    /// <summary>The mirror of one enrolment.</summary>
    public static LockKey Candidate(Guid enrolment) => LockKey.Of("candidate", enrolment);
}
