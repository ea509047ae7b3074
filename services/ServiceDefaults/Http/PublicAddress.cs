namespace Stages.ServiceDefaults;

/// <summary>
/// The address under which people's browsers reach us (<c>Services:Portal</c>): the one place that links in letters, redirections and
/// calendars are made from. What a request says of its own address is its sender's word, and builds nothing.
/// </summary>
public sealed class PublicAddress
{
    public const string Setting = "Services:Portal";

    private readonly Uri root;

    /// <param name="local">In a local run or a test, where this machine's own names are ours as well.</param>
    /// <exception cref="InvalidOperationException">It is none; outside a local run, also where it is not https.</exception>
    public PublicAddress(string? address, bool local)
    {
        if (
            !Uri.TryCreate(address, UriKind.Absolute, out var parsed)
            || parsed.Scheme is not ("http" or "https")
            || parsed is not { PathAndQuery: "/", Fragment: "", UserInfo: "" }
        )
            throw new InvalidOperationException($"{Setting} is an address such as https://stages.example.org, and not '{address}'.");
        if (!local && parsed.Scheme != "https")
            throw new InvalidOperationException($"{Setting} is '{address}': outside a local run it begins with https://.");
        (root, IsLocal) = (parsed, local);
    }

    public static PublicAddress Read(IConfiguration configuration, IHostEnvironment environment) =>
        new(configuration[Setting], environment.IsLocalRun());

    /// <summary>Without a slash at its end.</summary>
    public string Root => root.GetLeftPart(UriPartial.Authority);

    public HostString Host => new(root.Authority);

    public string Scheme => root.Scheme;

    public bool IsSecure => root.Scheme == "https";

    public bool IsLocal { get; }

    /// <param name="path">Begins with a slash.</param>
    public string Of(string path) => Root + path;

    /// <summary>Whether a page of this origin is ours.</summary>
    public bool IsOwn(string origin) =>
        string.Equals(origin, Root, StringComparison.OrdinalIgnoreCase)
        || (IsLocal && Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.IsLoopback);
}

public static class LocalRun
{
    /// <summary>True on a developer's machine and in tests: without TLS, with keys that count nowhere else.</summary>
    public static bool IsLocalRun(this IHostEnvironment environment) =>
        environment.IsEnvironment("Local") || environment.IsEnvironment("Test");
}
