using Medallion.Threading.Postgres;

namespace Stages.ServiceDefaults;

/// <summary>Work that one process at a time does, across all copies of a service.</summary>
public static class Alone
{
    /// <summary>
    /// Does the work unless another copy is at it for longer than <paramref name="patience"/>; returns whether it did. Held by a
    /// connection, not by a transaction: it ends with the work or with the process, however that ends.
    /// </summary>
    public static async Task<bool> Do(
        NpgsqlDataSource database,
        LockKey key,
        Func<Task> work,
        CancellationToken cancel,
        TimeSpan patience = default
    )
    {
        var alone = new PostgresDistributedLock(
            new PostgresAdvisoryLockKey(key.Value),
            database,
            options => options.UseMultiplexing(false)
        );
        await using var held = await alone.TryAcquireAsync(patience, cancel);
        if (held is null)
            return false;
        await work();
        return true;
    }
}
