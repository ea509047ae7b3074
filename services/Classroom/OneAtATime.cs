namespace Stages.Classrooms;

internal static class OneAtATime
{
    /// <summary>When nobody else is at it.</summary>
    public static Task Do(this SemaphoreSlim gate, Func<Task> work, CancellationToken cancel = default) =>
        gate.Do(
            async () =>
            {
                await work();
                return true;
            },
            cancel
        );

    /// <summary>As above, and answers what the work gives.</summary>
    public static async Task<T> Do<T>(this SemaphoreSlim gate, Func<Task<T>> work, CancellationToken cancel = default)
    {
        await gate.WaitAsync(cancel);
        try
        {
            return await work();
        }
        finally
        {
            gate.Release();
        }
    }
}
