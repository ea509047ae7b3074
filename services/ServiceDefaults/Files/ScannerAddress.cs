namespace Stages.ServiceDefaults;

/// <summary>
/// Where files are looked through for viruses: a <c>clamd</c>, in seal (<c>tls://HOST:PORT</c>) or in clear
/// (<c>tcp://127.0.0.1:3310</c>), which outside a local run it may be on the machine itself alone: children's work goes there.
/// </summary>
public sealed record ScannerAddress(string Host, int Port, bool IsSealed)
{
    public const string Setting = "Scanner:Clamd";

    /// <summary>Said by who knows that nobody looks.</summary>
    public const string None = "none";

    /// <returns>Null where nobody looks: outside a local run, only where it was said in so many words.</returns>
    public static ScannerAddress? Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var (said, local) = (configuration[Setting] ?? "", environment.IsLocalRun());
        if (said == None || (said.Length == 0 && local))
            return null;
        if (said.Length == 0)
            throw new InvalidOperationException(
                $"{Setting} is not configured: tls://HOST:PORT or tcp://127.0.0.1:3310 of a clamd, or {None} for no search for viruses."
            );
        if (
            !Uri.TryCreate(said, UriKind.Absolute, out var address)
            || address is not { Scheme: "tcp" or "tls", Port: > 0, PathAndQuery: "" or "/", Fragment: "", UserInfo: "" }
        )
            throw new InvalidOperationException($"{Setting} is tls://HOST:PORT, tcp://127.0.0.1:3310 or {None}, and not '{said}'.");
        if (address.Scheme == "tcp" && !address.IsLoopback && !local)
            throw new InvalidOperationException(
                $"{Setting} is '{said}': outside a local run files leave the machine in seal (tls://) alone."
            );
        return new ScannerAddress(address.Host, address.Port, address.Scheme == "tls");
    }
}
