using System.Diagnostics;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Stages.Testing;

/// <summary>Certificates of a private authority for each service, as in a cluster, made by <c>infra/certificates</c>.</summary>
public sealed class Seal : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("stages-seal-");

    private Seal() { }

    /// <summary>The authority's own; with <c>SSL_CERT_FILE</c> it is believed beside those of the machine.</summary>
    public string Authority => Path.Combine(folder.FullName, "ca.crt");

    public static async Task<Seal> Create()
    {
        var seal = new Seal();
        await seal.Renew();
        return seal;
    }

    /// <summary>New ones of the same authority.</summary>
    public async Task Renew()
    {
        var start = new ProcessStartInfo(
            Path.Combine(Servers.Checkout, "infra", "certificates"),
            [folder.FullName, "--days", "2", "--also", "localhost"]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException("infra/certificates made none.");
    }

    /// <summary>With <c>tls.crt</c>, <c>tls.key</c> and <c>ca.crt</c>.</summary>
    /// <param name="of">As in <c>infra/certificates</c>, whatever its case.</param>
    public string FolderOf(string of) => Path.Combine(folder.FullName, of.ToLowerInvariant());

    /// <summary>Believes this authority alone.</summary>
    public SocketsHttpHandler Believing()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(Authority) },
        };
        return new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } };
    }

    public void Dispose() => folder.Delete(recursive: true);
}
