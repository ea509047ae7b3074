using Hangfire;
using Stages.Classrooms.Attendance;
using Stages.Classrooms.Documents;
using Stages.Classrooms.Elsewhere;
using Stages.Classrooms.Rehearsals;

namespace Stages.Classrooms;

/// <summary>
/// What is looked for again and again; every copy registers the same, and Hangfire has one of them do it. After the start and not
/// during it: people who are cut off wait for a door, not for tomorrow's clean-up.
/// </summary>
public sealed class RecurringWork(
    IServiceProvider services,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<RecurringWork> logger
) : BackgroundService
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        using var retry = new PeriodicTimer(RetryEvery, clock);
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            while (!Register())
                await retry.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // Stopped; the next copy to start registers them.
        }
    }

    private bool Register()
    {
        try
        {
            var jobs = services.GetRequiredService<IRecurringJobManager>();
            jobs.AddOrUpdate<WatchClasses>("watch-classes", job => job.Run(CancellationToken.None), WatchClasses.Every);
            jobs.AddOrUpdate<Placements>("place-classes", job => job.PlaceAhead(CancellationToken.None), Placements.Every);
            // What it once was; a schedule that is stored outlives its code.
            jobs.RemoveIfExists("forget-content");
            jobs.AddOrUpdate<ForgetPages>("forget-pages", job => job.Run(CancellationToken.None), ForgetPages.Every);
            jobs.AddOrUpdate<ForgetRecordings>("forget-recordings", job => job.Run(CancellationToken.None), ForgetRecordings.Every);
            jobs.AddOrUpdate<ForgetRehearsals>("forget-rehearsals", job => job.Run(CancellationToken.None), ForgetRehearsals.Every);
            jobs.AddOrUpdate<Meetings>("poll-meetings", job => job.Poll(CancellationToken.None), Meetings.Every);
            return true;
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException or InvalidOperationException)
        {
            logger.LogWarning(e, "Recurring work is registered when the database answers");
            return false;
        }
    }
}
