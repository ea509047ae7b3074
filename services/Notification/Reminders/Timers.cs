using Hangfire;

namespace Stages.Notifications.Reminders;

/// <summary>What this service does by the clock. Every copy says the same; Hangfire runs each once.</summary>
public sealed class Timers(IRecurringJobManager jobs) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        jobs.AddOrUpdate<RemindPeople>("remind-people", job => job.Run(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<RemindOfAnswers>("remind-of-answers", job => job.Run(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<Log.WatchVolume>("watch-volume", job => job.Run(CancellationToken.None), Cron.Hourly());
        jobs.AddOrUpdate<Log.TellUnreached>("tell-unreached", job => job.Run(CancellationToken.None), Cron.Daily(5));
        // What it once was; a schedule that is stored outlives its code.
        jobs.RemoveIfExists("forget-old-deliveries");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
