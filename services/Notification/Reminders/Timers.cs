using Hangfire;
using Stages.Notifications.Log;

namespace Stages.Notifications.Reminders;

/// <summary>What this service does by the clock. Every copy says the same; Hangfire runs each once.</summary>
public static class Timers
{
    public static void Set(IServiceProvider services)
    {
        var jobs = services.GetRequiredService<IRecurringJobManager>();
        jobs.AddOrUpdate<RemindPeople>("remind-people", job => job.Run(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<ForgetOldDeliveries>("forget-old-deliveries", job => job.Run(CancellationToken.None), Cron.Daily(3, 20));
    }
}
