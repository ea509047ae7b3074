using Medallion.Threading.Postgres;

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

    /// <summary>
    /// Does the work unless another copy is at it for longer than <paramref name="patience"/>; returns whether it did. Held by a
    /// connection, not by a transaction: it ends with the work or with the process, however that ends.
    /// </summary>
    public static async Task<bool> Alone(
        NpgsqlDataSource database,
        string work,
        Guid about,
        Func<Task> task,
        CancellationToken cancel,
        TimeSpan patience = default
    )
    {
        var key = new PostgresAdvisoryLockKey(LockKey.Of(work, about).Value);
        var alone = new PostgresDistributedLock(key, database, options => options.UseMultiplexing(false));
        await using var held = await alone.TryAcquireAsync(patience, cancel);
        if (held is null)
            return false;
        await task();
        return true;
    }
}
