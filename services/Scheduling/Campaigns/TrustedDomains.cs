namespace Stages.Scheduling.Campaigns;

/// <summary>
/// Domains of addresses that a campaign trusts: who proves an address there is a teacher of the académie. Exactly these, none below
/// them.
/// </summary>
public sealed class TrustedDomains(IConfiguration configuration)
{
    public const int Most = 30;

    /// <summary>What a new campaign trusts unless its form says otherwise: the setting of that name, domains parted by commas.</summary>
    public IReadOnlyList<string> OfInstallation { get; } =
        Of(
            (configuration["Scheduling:TrustedDomains"] ?? "").Split(
                ',',
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            )
        );

    /// <summary>As addresses have them, each once.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> domains) =>
        [.. domains.Select(Find).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Null for what is no domain of an address; with or without the @ that people write before it.</summary>
    public static string? Find(string? domain) => Texts.Find<EmailAddress>($"x@{domain?.Trim().TrimStart('@')}")?.Host;
}
