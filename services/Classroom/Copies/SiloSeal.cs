using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;
using Orleans.Hosting;

namespace Stages.Classrooms.Copies;

/// <summary>
/// What copies say to one another in a cluster, sealed and signed by both sides: with the service's own certificate
/// (<see cref="InsideCertificate"/>), and with nobody who has not one of this service, whatever authority signed it.
/// </summary>
public static class SiloSeal
{
    /// <summary>In the certificate of each copy, and of nobody else.</summary>
    private const string Name = "classroom";

    public static void AddTo(ISiloBuilder silo, IConfiguration configuration)
    {
        if (configuration[InsideCertificate.Setting] is not { Length: > 0 } folder)
            return;
        var own = new Lazy<InsideCertificate>(() => InsideCertificate.In(folder));
        silo.UseTls(tls =>
        {
            tls.LocalServerCertificateSelector = (_, _) => own.Value.Current;
            tls.LocalClientCertificateSelector = (_, _, _, _, _) => own.Value.Current;
            tls.OnAuthenticateAsClient = (_, asked) => asked.TargetHost = Name;
            tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
            tls.RemoteCertificateValidation = (shown, _, errors) => IsOurs(shown, errors);
            tls.CheckCertificateRevocation = false;
        });
    }

    public static bool IsOurs(X509Certificate2? shown, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None && shown?.MatchesHostname(Name) == true;
}
