namespace Stages.Portal.Accounts.Letters;

/// <summary>
/// Takes letters about accounts to Notification, every few seconds and in each copy: a letter that two copies bring is one there.
/// </summary>
public sealed class AccountPost(
    IDocumentStore store,
    Journal journal,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<AccountPost> logger
) : RegularWork("Sending letters about accounts", TimeSpan.FromSeconds(3), clock, logger)
{
    private const int AtOnce = 100;

    public override async Task Run(CancellationToken cancel)
    {
        await using var session = store.QuerySession();
        var waiting = await session.Query<AccountLetter>().OrderBy(l => l.Id).Take(AtOnce).ToListAsync(cancel);
        if (waiting.Count == 0)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var notification = scope.ServiceProvider.GetRequiredService<NotificationClient>();
        foreach (var letter in waiting)
        {
            var problem = (await notification.SendAccountLetter(letter.Asked, cancel)).Problem;
            if (problem is { IsAway: true })
                return;
            if (problem is not null)
                logger.LogError("A letter about an account was not taken: {What}, {Status}", letter.Asked.What, problem.Status);
            // What is refused for its form is so again; all else may pass.
            if (problem is null or { Status: 400 })
                await journal.Decide(Decision.Nothing.AndDelete<AccountLetter>(letter.Id), cancel);
        }
    }
}
