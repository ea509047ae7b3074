namespace Stages.Notifications.Deliveries;

/// <summary>Section <c>Smtp</c> of the configuration.</summary>
public sealed record MailSettings
{
    public string Host { get; init; } = "localhost";

    public int Port { get; init; } = 25;

    /// <summary><c>none</c>, <c>starttls</c>, <c>tls</c>, or <c>auto</c> (whatever the port and the server suggest).</summary>
    public string Security { get; init; } = "auto";

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
