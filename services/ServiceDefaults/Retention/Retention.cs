using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Stages.ServiceDefaults;

/// <summary>Applies the rules of this service, each until nothing is left that is older than it allows.</summary>
public sealed class Retention(IEnumerable<RetentionRule> rules, IServiceProvider services, TimeProvider clock, ILogger<Retention> logger)
{
    /// <summary>A rule that always finds something would never end.</summary>
    private const int MostRounds = 10_000;

    public IReadOnlyList<RetentionRule> Rules { get; } = [.. rules];

    public int DaysOf(string name) => Rules.Single(r => r.Name == name).Days;

    /// <summary>One rule that fails does not keep the others from being applied.</summary>
    public async Task Apply(CancellationToken cancel)
    {
        foreach (var rule in Rules)
        {
            try
            {
                await Apply(rule, cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                logger.LogError(e, "Retention rule {Rule} could not be applied; it is tried again", rule.Name);
            }
        }
    }

    private async Task Apply(RetentionRule rule, CancellationToken cancel)
    {
        var before = clock.GetUtcNow().AddDays(-rule.Days);
        var gone = 0;
        for (var round = 0; round < MostRounds && await rule.Forget(services, before, cancel) is > 0 and var some; round++)
            gone += some;
        if (gone > 0)
            logger.LogInformation("Retention rule {Rule} ended {Count}, kept for {Days} days", rule.Name, gone, rule.Days);
    }

    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/internal/retention",
                (Retention retention) => Results.Ok(retention.Rules.Select(r => new RetentionLine(r.Name, r.Days, Say.In(r.What))))
            )
            .For(Roles.Service)
            .ExcludeFromDescription();
}

/// <summary>In one copy of the service at a time: what was kept long enough goes, and what an erasure left undone is done.</summary>
internal sealed class RetentionJob(
    Retention retention,
    LogMasking masking,
    ForgetId forget,
    NpgsqlDataSource database,
    IDocumentStore store,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<RetentionJob> logger
) : RegularWork("Retention", configuration.GetValue("Retention:Every", Usual), clock, logger)
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(10);

    /// <summary>It is nobody's business how long this takes.</summary>
    public override Task Run(CancellationToken cancel) =>
        Alone.Do(database, LockKey.Of("retention", store.Options.DatabaseSchemaName), () => Do(cancel), cancel);

    private async Task Do(CancellationToken cancel)
    {
        await Try(masking.SettleAll, cancel);
        await Try(forget.SettleAll, cancel);
        await retention.Apply(cancel);
    }

    /// <summary>What cannot be done yet, such as an erasure while the broker is away, keeps nothing else from ending.</summary>
    private async Task Try(Func<CancellationToken, Task> settle, CancellationToken cancel)
    {
        try
        {
            await settle(cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            logger.LogError(e, "What was left of erasures could not be done; it is tried again");
        }
    }
}
