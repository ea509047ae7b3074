using Orleans.Runtime;
using Stages.Classrooms.Live;

namespace Stages.Classrooms.Classes;

/// <summary>
/// What was answered less than a second before a copy was killed is in no row, but the others have shown it to their people: who holds the
/// class next asks them first.
/// </summary>
public sealed partial class ClassGrain
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private async Task Recall(CancellationToken cancel)
    {
        var asked = (session?.Copies ?? []).Select(AddressOf).OfType<SiloAddress>().Select(Of);
        var known = (await Task.WhenAll(asked)).OfType<LastSeen>().ToList();
        foreach (var one in known)
            Take(one);
        if (known.MaxBy(one => one.DeskRevision)?.Desk is { } latest)
            desk = WithFacts(latest, desk);
        if (known.Count > 0)
            Changed(chatToo: true, boardToo: true);

        async Task<LastSeen?> Of(SiloAddress copy)
        {
            try
            {
                return await delivery.At(copy).Recall(Module).WaitAsync(Moment, clock, cancel);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // It has died as well.
                logger.LogInformation(
                    "Class {Module} goes on without what {Copy} has seen of it: {Reason}",
                    Module,
                    copy,
                    e.GetType().Name
                );
                return null;
            }
        }
    }

    private void Take(LastSeen seen)
    {
        chat.AddRange(seen.Lines.Where(line => !chat.Exists(c => c.Id == line.Id)));
        chat.Sort((a, b) => a.At.CompareTo(b.At));
        seen.PutOn(board);
        points = board.Values.Sum(s => s.Points.Length);
    }
}
