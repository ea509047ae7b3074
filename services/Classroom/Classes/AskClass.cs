using Orleans;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;

namespace Stages.Classrooms.Classes;

/// <summary>
/// The way to a class, wherever it is held. When that copy has just died, or hands the class over, it is asked again until another one
/// holds it: whoever clicked does not notice. All that is asked may be asked twice.
/// </summary>
public sealed class AskClass(IGrainFactory grains, TimeProvider clock)
{
    /// <summary>Longer than the others need to find out that a copy has died.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>Of what no person asks: jobs, other services.</summary>
    private static readonly Actor Nobody = new(Guid.Empty, "");

    public Task<Answered> Note(Guid module, Actor by, FactAsk ask, CancellationToken cancel = default) =>
        Ask(module, c => c.Note(by, ask, null), cancel);

    public Task<Answered> Note(Guid module, FactAsk ask, long? ifMatch = null, CancellationToken cancel = default) =>
        Ask(module, c => c.Note(Nobody, ask, ifMatch), cancel);

    public Task<Answered> Show(Guid module, Actor by, MomentAsk ask, CancellationToken cancel = default) =>
        Ask(module, c => c.Show(by, ask), cancel);

    public Task<Answered> Show(Guid module, MomentAsk ask) => Show(module, Nobody, ask);

    public Task<Arrived> Arrive(Guid module, Guid participant, Guid connection, Guid copy, CancellationToken cancel) =>
        Ask(module, c => c.Arrive(participant, connection, copy), cancel);

    public Task<SheetRead> Read(Guid module, Actor by, string sheet, CancellationToken cancel) =>
        Ask(module, c => c.Read(by, sheet), cancel);

    public Task<ClassState> Held(Guid module, CancellationToken cancel = default) => Ask(module, c => c.Held(), cancel);

    /// <summary>Of a class that nobody holds there is nothing to tell: whoever holds it next reads it then.</summary>
    public async Task Look(Guid module)
    {
        if (await IsHeld(module))
            await Ask(module, c => Done(c.Look()), CancellationToken.None);
    }

    public Task Forget(Guid module, Guid participant) => Ask(module, c => Done(c.Forget(participant)), CancellationToken.None);

    /// <summary>Asks where it would be found, and so has nobody hold it for the question. When in doubt it is held.</summary>
    private async Task<bool> IsHeld(Guid module)
    {
        try
        {
            var where = grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grains.GetGrain<IClassGrain>(module));
            return await where.AsTask() is not null;
        }
        catch (Exception e) when (IsBetweenCopies(e))
        {
            return true;
        }
    }

    private async Task<T> Ask<T>(Guid module, Func<IClassGrain, Task<T>> ask, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        using var pause = new PeriodicTimer(Pause, clock);
        while (true)
        {
            try
            {
                return await ask(grains.GetGrain<IClassGrain>(module)).WaitAsync(cancel);
            }
            catch (Exception e) when (IsBetweenCopies(e))
            {
                if (clock.GetElapsedTime(began) > Patience)
                    throw new TimeoutException("No copy answers for this class.", e);
                await pause.WaitForNextTickAsync(cancel);
            }
        }
    }

    private static async Task<bool> Done(Task work)
    {
        await work;
        return true;
    }

    /// <summary>Nothing is wrong with what was asked: nobody was there to answer.</summary>
    private static bool IsBetweenCopies(Exception e) =>
        e is SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException
        || (
            e is TimeoutException
            && e.Source?.StartsWith("Orleans", StringComparison.Ordinal) == true
            && !e.Message.StartsWith(ClassGrain.LogIsAway, StringComparison.Ordinal)
        );
}
