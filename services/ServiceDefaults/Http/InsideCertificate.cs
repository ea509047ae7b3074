using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace Stages.ServiceDefaults;

/// <summary>
/// The certificate with which a service is reached inside a cluster (<c>Inside:Certificate</c>, a folder with <c>tls.crt</c> and
/// <c>tls.key</c>). Who comes is shown the one that lies there now, so that it is renewed while classes are held: Kestrel's own reload
/// closes the door and every connection for it.
/// </summary>
public sealed class InsideCertificate
{
    public const string Setting = "Inside:Certificate";

    private readonly string file;
    private readonly string keyFile;
    private readonly ILogger<InsideCertificate> logger;
    private volatile Shown shown;

    private sealed record Shown(string Text, X509Certificate2 Certificate);

    /// <summary>For what is set up before there is a log; the service's own says what can't be read.</summary>
    public static InsideCertificate In(string folder) => new(folder, NullLogger<InsideCertificate>.Instance);

    public InsideCertificate(string folder, ILogger<InsideCertificate> logger)
    {
        (file, keyFile) = (Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"));
        this.logger = logger;
        // Without one there is no service: it says so when it starts.
        shown = Read(File.ReadAllText(file));
    }

    public X509Certificate2 Current
    {
        get
        {
            try
            {
                if (File.ReadAllText(file) is var text && !string.Equals(text, shown.Text, StringComparison.Ordinal))
                    shown = Read(text);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
            {
                // Half of it is there: the other half comes in a moment, and the one from before is good until then.
                logger.LogWarning("The certificate in {File} is not taken up: {Reason}", file, e.Message);
            }
            return shown.Certificate;
        }
    }

    private Shown Read(string text) => new(text, X509Certificate2.CreateFromPem(text, File.ReadAllText(keyFile)));

    public static void AddTo(IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } folder)
            return;
        services.AddSingleton(s => new InsideCertificate(folder, s.GetRequiredService<ILogger<InsideCertificate>>()));
        services
            .AddOptions<KestrelServerOptions>()
            .Configure<InsideCertificate>(
                (kestrel, certificate) =>
                    kestrel.ConfigureHttpsDefaults(https => https.ServerCertificateSelector = (_, _) => certificate.Current)
            );
    }
}
