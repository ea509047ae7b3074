namespace Stages.Portal.SignIns;

/// <summary>An OpenID Connect provider, as configured under <c>Portal:Providers:NAME</c>.</summary>
/// <param name="Scheme">Its name in addresses and configuration, such as <c>educonnect</c>.</param>
/// <param name="Issuer">In whose name it speaks, <paramref name="Authority"/> unless told otherwise.</param>
/// <param name="Trusted">Domains of the addresses for which it is believed; <c>*</c> for all.</param>
/// <param name="Patience">How long somebody who signs in waits for it, at each step, before it counts as away.</param>
/// <param name="Role">
/// What those who come from it are: <c>family</c>, or <c>staff</c> (a role of the académie when held, else teacher).
/// </param>
public sealed record Provider(
    string Scheme,
    string Label,
    string Authority,
    string ClientId,
    string? ClientSecret,
    string Role,
    IReadOnlyList<string> Scopes,
    IReadOnlyDictionary<string, string> Claims,
    IReadOnlyList<string> Trusted,
    string Issuer,
    TimeSpan Patience
)
{
    /// <summary>Whatever the document at <see cref="Authority"/> calls itself.</summary>
    public bool SpeaksFor(string issuer) => issuer.TrimEnd('/') == Issuer.TrimEnd('/');

    /// <summary>Whether what it says of this address is proof: only of the domains that it is configured to speak for.</summary>
    public bool IsBelievedFor(string email) =>
        Trusted.Contains("*", StringComparer.Ordinal)
        || Trusted.Contains(email[(email.LastIndexOf('@') + 1)..], StringComparer.OrdinalIgnoreCase);
}

public sealed class Providers(IConfiguration configuration)
{
    public IReadOnlyList<Provider> All { get; } = Read(configuration);

    public static IReadOnlyList<Provider> Read(IConfiguration configuration) =>
        [
            .. configuration
                .GetSection("Portal:Providers")
                .GetChildren()
                .Where(p => p["Authority"] is not null && !string.Equals(p["Enabled"], "false", StringComparison.OrdinalIgnoreCase))
                .Select(p => new Provider(
                    p.Key.ToLowerInvariant(),
                    p["Label"] ?? p.Key,
                    p["Authority"]!,
                    p["ClientId"] ?? "stages",
                    p["ClientSecret"],
                    p["Role"] ?? Roles.Family,
                    p.GetSection("Scopes").Get<string[]>() ?? ["openid", "profile", "email"],
                    p.GetSection("Claims")
                        .GetChildren()
                        .ToDictionary(c => c.Key.ToLowerInvariant(), c => c.Value ?? "", StringComparer.Ordinal),
                    (p["Trusted"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                    p["Issuer"] ?? p["Authority"]!,
                    p.GetValue<TimeSpan?>("Patience") ?? TimeSpan.FromSeconds(10)
                )),
        ];
}
