namespace Stages.Notifications.Deliveries;

/// <summary>Section <c>Smtp</c> of the configuration.</summary>
public sealed record MailSettings
{
    private static readonly string[] Securities = ["none", "starttls", "tls", "auto"];

    /// <summary>As configured; a security that there is not ends the start, rather than being taken for another.</summary>
    /// <param name="configuration">Of the service.</param>
    /// <param name="local">A run on one's own machine.</param>
    public static MailSettings Of(IConfiguration configuration, bool local)
    {
        var settings = configuration.GetSection("Smtp").Get<MailSettings>() ?? new MailSettings();
        var security =
            settings.Security.Length > 0 ? settings.Security.ToLowerInvariant()
            : local ? "auto"
            : "starttls";
        return Securities.Contains(security, StringComparer.Ordinal)
            ? settings with
            {
                Security = security,
            }
            : throw new InvalidOperationException($"Smtp:Security is one of {string.Join(", ", Securities)}, not {security}.");
    }

    public string Host { get; init; } = "localhost";

    public int Port { get; init; } = 25;

    /// <summary>
    /// <c>starttls</c> unless told otherwise, <c>tls</c> (from the first byte), <c>none</c>, or <c>auto</c>: whatever the port and the
    /// server suggest, which somebody in between can take away. A local run's mailbox has no certificate: there it is <c>auto</c>.
    /// </summary>
    public string Security { get; init; } = "";

    public string? User { get; init; }

    public string? Password { get; init; }

    public string From { get; init; } = "ne-pas-repondre@stages-de-reussite.example";

    public string FromName { get; init; } = "Stages de réussite";

    /// <summary>Connections that one copy of the service keeps to the server.</summary>
    public int Connections { get; init; } = 20;

    /// <summary>Longest time that one mail may take, in seconds.</summary>
    public int TimeoutSeconds { get; init; } = 20;

    public TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    /// <summary>How long a claimed delivery is nobody else's: longer than a mail can take, short enough to wait for after a kill.</summary>
    public TimeSpan Lease => 2 * Timeout + TimeSpan.FromSeconds(5);

    public string Domain => From[(From.LastIndexOf('@') + 1)..];
}
