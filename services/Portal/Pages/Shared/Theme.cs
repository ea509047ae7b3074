namespace Stages.Portal.Pages.Shared;

/// <summary>
/// Neutral by default. A deployer that is an administration of the State may turn on its design system with <c>Portal:Theme=dsfr</c>:
/// its licence allows it to nobody else. Its files are not ours: such a deployer puts the package's <c>dist</c> under <c>wwwroot/dsfr</c>.
/// </summary>
public sealed class Theme(IConfiguration configuration)
{
    public bool IsDsfr { get; } = string.Equals(configuration["Portal:Theme"], "dsfr", StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<string> StyleSheets => IsDsfr ? ["/dsfr/dsfr.min.css", "/dsfr-bridge.css"] : [];

    /// <summary>The organisation that runs this service, as the header shows it.</summary>
    public string Organisation { get; } = configuration["Portal:Organisation"] ?? "Académie de Montpellier";
}
