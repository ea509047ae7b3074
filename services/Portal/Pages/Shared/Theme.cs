namespace Stages.Portal.Pages.Shared;

/// <summary>
/// Neutral by default. A deployer that is an administration of the State may turn on its design system with <c>Portal:Theme=dsfr</c>:
/// its licence allows it to nobody else. Its files are not ours: <c>Portal:DsfrFolder</c> says where the package's <c>dist</c> lies
/// (<c>infra/dsfr</c> fetches it).
/// </summary>
public sealed class Theme(IConfiguration configuration)
{
    public bool IsDsfr { get; } = string.Equals(configuration["Portal:Theme"], "dsfr", StringComparison.OrdinalIgnoreCase);

    public string? Folder { get; } = configuration["Portal:DsfrFolder"];

    public IReadOnlyList<string> StyleSheets => IsDsfr ? ["/dsfr/dsfr.min.css", "/dsfr-bridge.css"] : [];

    /// <summary>The organisation that runs this service, as the header shows it.</summary>
    public string Organisation { get; } = configuration["Portal:Organisation"] ?? "Académie de Montpellier";

    /// <summary>Lines of the State's block, such as <c>Académie|de Montpellier</c>.</summary>
    public IReadOnlyList<string> Block { get; } =
        (configuration["Portal:Block"] ?? "République|Française").Split('|', StringSplitOptions.TrimEntries);

    public void Serve(WebApplication app)
    {
        if (!IsDsfr)
            return;
        if (Folder is null || !File.Exists(Path.Combine(Folder, "dsfr.min.css")))
            throw new InvalidOperationException(
                "Portal:Theme is dsfr, but Portal:DsfrFolder has no dsfr.min.css: fetch the package with infra/dsfr."
            );
        app.UseStaticFiles(
            new StaticFileOptions
            {
                RequestPath = "/dsfr",
                FileProvider = new Microsoft.Extensions.FileProviders.PhysicalFileProvider(Path.GetFullPath(Folder)),
                OnPrepareResponse = c => c.Context.Response.Headers.CacheControl = "public, max-age=86400",
            }
        );
    }
}
