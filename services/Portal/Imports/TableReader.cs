namespace Stages.Portal.Imports;

/// <summary>
/// Reads lists beside the requests that brought them: two at a time, so that processors are left for everybody else, and none for
/// longer than a person would wait. Who leaves takes the work along.
/// </summary>
public sealed class TableReader(TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private readonly SemaphoreSlim places = new(2, 2);

    /// <exception cref="UnreadableFile">With the reason in the person's language.</exception>
    public async Task<Table> Read(byte[] file, CancellationToken cancel)
    {
        using var late = clock.CreateCancellationTokenSource(Longest);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            await places.WaitAsync(either.Token);
            try
            {
                return await Task.Run(() => Table.Read(file, either.Token), either.Token);
            }
            finally
            {
                places.Release();
            }
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new UnreadableFile(
                Say.In(
                    "Ce fichier demande trop de travail : gardez la seule liste, ou partagez-la.",
                    "This file takes too much work: keep the list alone, or split it."
                ),
                e
            );
        }
    }
}
