using System.Collections.Concurrent;

namespace Stages.Portal.SignIns;

/// <summary>
/// Opens each session cookie once a minute, not at each request: unsealing costs more than looking up. What is remembered is what
/// the seal said.
/// </summary>
public sealed class RememberedSessions(ISecureDataFormat<AuthenticationTicket> sealing, TimeProvider clock)
    : ISecureDataFormat<AuthenticationTicket>
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private const int Most = 50_000;

    private readonly ConcurrentDictionary<(string Cookie, string? Purpose), (AuthenticationTicket Ticket, DateTimeOffset At)> opened =
        new();

    public string Protect(AuthenticationTicket data) => sealing.Protect(data);

    public string Protect(AuthenticationTicket data, string? purpose) => sealing.Protect(data, purpose);

    public AuthenticationTicket? Unprotect(string? protectedText) => Unprotect(protectedText, null);

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose)
    {
        if (protectedText is null)
            return null;
        var now = clock.GetUtcNow();
        // A copy of the properties: the handler writes into them when it renews a session.
        if (opened.TryGetValue((protectedText, purpose), out var known) && now - known.At < Fresh)
            return known.Ticket.Clone();
        if (sealing.Unprotect(protectedText, purpose) is not { } ticket)
            return null;
        if (opened.Count >= Most)
            opened.Clear();
        opened[(protectedText, purpose)] = (ticket.Clone(), now);
        return ticket;
    }
}
