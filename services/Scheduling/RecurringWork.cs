namespace Stages.Scheduling;

/// <summary>What is looked for again and again; every copy of the service registers the same, and Hangfire has one of them do it.</summary>
public sealed class RecurringWork(IRecurringJobManager jobs) : IHostedService
{
    private const string EveryTenSeconds = "*/10 * * * * *";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        jobs.AddOrUpdate<ResumePairings>("resume-pairings", job => job.Run(CancellationToken.None), EveryTenSeconds);
        jobs.AddOrUpdate<ResumeAdoptions>("resume-adoptions", job => job.Run(CancellationToken.None), EveryTenSeconds);
        jobs.AddOrUpdate<AcceptTrusted>("accept-trusted", job => job.Run(CancellationToken.None), EveryTenSeconds);
        jobs.AddOrUpdate<RemindOfWaiting>("remind-of-waiting", job => job.Run(CancellationToken.None), RemindOfWaiting.Daily);
        jobs.AddOrUpdate<CloseOver>("close-over", job => job.Run(CancellationToken.None), CloseOver.Daily);
        jobs.AddOrUpdate<FollowTimetables>("follow-timetables", job => job.Run(CancellationToken.None), EveryTenSeconds);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
