using Orleans.Runtime;

namespace Stages.Classrooms.Classes;

/// <summary>
/// What the class says reaches each copy in the order in which it was said, and once more when the answer was lost. Orleans itself keeps no
/// order between two calls: a stroke could come after the word that it was rubbed out. So the next is said when the one before has been
/// heard, together with all that was said meanwhile; and no copy waits for another.
/// </summary>
public sealed partial class ClassGrain
{
    private static readonly TimeSpan SayAgain = TimeSpan.FromMilliseconds(200);

    /// <summary>Later ones are larger: nobody listens to a holder that was frozen, was taken for dead, and goes on for a moment.</summary>
    private long holder;

    private readonly Dictionary<SiloAddress, List<ClassNews>> untold = [];
    private readonly Dictionary<SiloAddress, Task> telling = [];

    private void TellTo(SiloAddress copy, ClassNews news)
    {
        if (untold.TryGetValue(copy, out var waiting))
        {
            waiting.Add(news);
            return;
        }
        untold[copy] = [news];
        telling[copy] = TellAll(copy, untold[copy]);
    }

    private async Task TellAll(SiloAddress copy, List<ClassNews> waiting)
    {
        using var pause = new PeriodicTimer(SayAgain, clock);
        while (waiting.Count > 0)
        {
            try
            {
                var some = waiting.ToList();
                await delivery.At(copy).Tell(Module, holder, some);
                waiting.RemoveRange(0, some.Count);
            }
            catch (Exception e)
            {
                if (silos.IsDeadSilo(copy))
                    break;
                logger.LogDebug("Class {Module} says it again to {Copy}: {Reason}", Module, copy, e.GetType().Name);
                await pause.WaitForNextTickAsync();
            }
        }
        untold.Remove(copy);
    }
}
