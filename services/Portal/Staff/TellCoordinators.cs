using Stages.Portal.Accounts.Letters;

namespace Stages.Portal.Staff;

/// <summary>
/// Says again and again, every minute unless told otherwise, to Notification who coordinates what, whole: what concerns a territory is
/// written to those who hold it now. Each copy says it; an older list does not replace a newer one.
/// </summary>
public sealed class TellCoordinators(
    StaffDirectory staff,
    AccountHolders holders,
    IServiceScopeFactory scopes,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<TellCoordinators> logger
) : RegularWork("Saying who coordinates what", configuration.GetValue("Portal:CoordinatorsEvery", Usual), clock, logger)
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(1);

    private readonly TimeProvider clock = clock;

    public override async Task Run(CancellationToken cancel)
    {
        // Before it is read: what changes meanwhile is said by the next list.
        var now = clock.GetUtcNow();
        var coordinators = (await staff.All(cancel)).Where(m => m.Role == Roles.Coordinator).ToList();
        var languages = await holders.LanguagesOf(coordinators.Select(m => PersonId.FromEmail(m.Email)), cancel);
        var people = coordinators.Select(m => new CoordinatorAddress(
            m.Email,
            m.Territory,
            languages.GetValueOrDefault(PersonId.FromEmail(m.Email))
        ));
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<NotificationClient>().SayCoordinators(new(now, [.. people]), cancel);
    }
}
