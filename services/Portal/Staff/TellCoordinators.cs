namespace Stages.Portal.Staff;

/// <summary>
/// Says every minute to Notification who coordinates what, whole: what concerns a territory is written to those who hold it now. Each
/// copy says it; an older list does not replace a newer one.
/// </summary>
public sealed class TellCoordinators(
    StaffDirectory staff,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<TellCoordinators> logger
) : RegularWork("Saying who coordinates what", TimeSpan.FromMinutes(1), clock, logger)
{
    private readonly TimeProvider clock = clock;

    public override async Task Run(CancellationToken cancel)
    {
        // Before it is read: what changes meanwhile is said by the next list.
        var now = clock.GetUtcNow();
        var people = (await staff.All(cancel))
            .Where(m => m.Role == Roles.Coordinator)
            .Select(m => new CoordinatorAddress(m.Email, m.Territory));
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<NotificationClient>().SayCoordinators(new(now, [.. people]), cancel);
    }
}
