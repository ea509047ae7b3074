using System.Diagnostics.Metrics;
using JasperFx;
using Polly;
using Polly.Retry;

namespace Stages.ServiceDefaults;

/// <summary>What happens when two decide at once on the same thing.</summary>
internal static class Races
{
    private const int Attempts = 12;

    private static readonly Counter<long> Lost = new Meter("Stages.Events").CreateCounter<long>(
        "stages.races.lost",
        description: "Decisions made anew because somebody else was faster"
    );

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    /// <summary>True for a lost race, which another attempt may win.</summary>
    public static bool IsRace(Exception e) =>
        e switch
        {
            JasperFx.Events.ExistingStreamIdCollisionException
            or Marten.Exceptions.ExistingStreamIdCollisionException
            or DocumentAlreadyExistsException
            or ConcurrencyException => true,
            Npgsql.PostgresException p => p.SqlState is "23505" or "40001" or "40P01" or "55P03" || IsOfForgotten(p),
            AggregateException many => many.InnerExceptions.Any(IsRace),
            _ => e.InnerException is not null && IsRace(e.InnerException),
        };

    /// <summary>The stream that was appended to is forgotten in the same moment: it is decided again, on one that is not there.</summary>
    private static bool IsOfForgotten(Npgsql.PostgresException e) => e is { SqlState: "23503", ConstraintName: "fkey_mt_events_stream_id" };

    /// <summary>Tries again what lost a race, a little later each time and never two at the same moment.</summary>
    public static ResiliencePipeline Again(ILogger logger) =>
        new ResiliencePipelineBuilder()
            .AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = new PredicateBuilder().Handle<Exception>(IsRace),
                    MaxRetryAttempts = Attempts,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = First,
                    MaxDelay = Longest,
                    OnRetry = lost =>
                    {
                        Lost.Add(1);
                        logger.LogDebug(lost.Outcome.Exception, "Somebody else was faster; attempt {Attempt}", lost.AttemptNumber + 2);
                        return ValueTask.CompletedTask;
                    },
                }
            )
            .Build();
}

/// <summary>
/// Those who would wait for the same lock wait here, without a connection: two hundred requests for one stream hold one of a copy's
/// thirty connections, and the others serve everybody else.
/// </summary>
internal sealed class Turns
{
    /// <summary>Different keys may share a turn: they then wait for each other needlessly, and rarely.</summary>
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, 1024).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<IDisposable> Take(LockKey key, CancellationToken cancel)
    {
        var turn = turns[(int)((ulong)key.Value % (ulong)turns.Length)];
        await turn.WaitAsync(cancel);
        return new Taken(turn);
    }

    private sealed class Taken(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
