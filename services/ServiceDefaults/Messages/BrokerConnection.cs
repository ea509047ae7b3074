using System.Net.Security;
using System.Security.Authentication;
using MassTransit;
using RabbitMQ.Client;

namespace Stages.ServiceDefaults;

/// <summary>
/// How the broker's address is believed: with <c>amqps</c> it shows a certificate of that very name, from an authority that this machine
/// trusts (<c>SSL_CERT_FILE</c>, <c>SSL_CERT_DIR</c>). The client's own reading of <c>amqps</c> would take any name.
/// </summary>
public static class BrokerConnection
{
    private const SslPolicyErrors All =
        SslPolicyErrors.RemoteCertificateNameMismatch
        | SslPolicyErrors.RemoteCertificateChainErrors
        | SslPolicyErrors.RemoteCertificateNotAvailable;

    /// <summary>For what speaks to the broker beside the bus; whoever uses it connects anew by themselves.</summary>
    public static ConnectionFactory Factory(Uri address, string name)
    {
#pragma warning disable RS0030 // Here it is given the name that the certificate must have.
        var factory = new ConnectionFactory
        {
            Uri = address,
            ClientProvidedName = name,
            AutomaticRecoveryEnabled = false,
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
        };
#pragma warning restore RS0030
        if (IsSealed(address))
            factory.Ssl = new SslOption(address.Host, enabled: true) { Version = SslProtocols.None };
        return factory;
    }

    /// <summary>The same for the bus.</summary>
    public static void Believe(this IRabbitMqHostConfigurator host, Uri address)
    {
        if (!IsSealed(address))
            return;
        host.UseSsl(ssl =>
        {
            ssl.ServerName = address.Host;
            ssl.Protocol = SslProtocols.None;
            ssl.EnforcePolicyErrors(All);
        });
    }

    private static bool IsSealed(Uri address) => address.Scheme == "amqps";
}
