namespace Stages.Portal.Accounts;

/// <summary>
/// Tells Notification with which address somebody signed in: it is confirmed by that. When Notification is away nobody waits for it: the
/// next sign-in says it again, and so does an enrolment that the person sends.
/// </summary>
public sealed class ProvenAddresses(NotificationClient notification, ILogger<ProvenAddresses> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task Tell(BrowserSession session)
    {
        if (session is { Email: null, Phone: null })
            return;
        using var limit = new CancellationTokenSource(Patience);
        var answer = await notification.AddressProven(session.Phone is null ? session.Email : null, session.Phone, limit.Token);
        if (answer.Problem is { } problem)
            logger.LogWarning("That an address was proven by a sign-in could not be told: {Status}", problem.Status);
    }
}
