using System.Security.Claims;
using System.Text.Json.Serialization;

namespace Stages.Portal.SignIns;

/// <summary>A person as a provider tells of them: what they are called there for good, and what it says of their address.</summary>
/// <param name="Subject">Case-sensitive, as OpenID Connect has it.</param>
/// <param name="Email">As told, whether it is believed or not; null when the provider tells none.</param>
/// <param name="Proven">Told as verified, by a provider that is configured to be believed for addresses of this domain.</param>
public sealed record Outsider(string Scheme, string Issuer, string Subject, string? Email, bool Proven, string? Name)
{
    [JsonIgnore]
    public Guid Id => HashId.Of(IdSpace.Address, $"openid:{Issuer}\n{Subject}");

    /// <summary>Id of that this person has this address.</summary>
    public Guid Has(string address) => HashId.Of(IdSpace.Address, $"openid-address:{Issuer}\n{EmailAddress.KeyOf(address)}");

    /// <returns>Null when the person is none of those whom the provider is there for.</returns>
    public static Outsider? Of(ClaimsPrincipal? person, Provider provider)
    {
        if (person is null || Claim("subject", "sub") is not { } subject)
            return null;
        if (
            provider.Claims.GetValueOrDefault("affiliation") is { } affiliation
            && provider.Claims.GetValueOrDefault("affiliations") is { } allowed
            && !person.FindAll(affiliation).Any(c => allowed.Split(',', StringSplitOptions.TrimEntries).Contains(c.Value))
        )
            return null;
        var email = Claim("email", "email") is { } told && EmailAddress.TryParse(told, out var address, out _) ? address.Key : null;
        string[] parts = [.. new[] { Claim("given", "given_name"), Claim("family", "family_name") }.OfType<string>()];
        return new(
            provider.Scheme,
            person.FindFirst("iss")?.Value ?? provider.Authority,
            subject,
            email,
            email is not null && provider.IsBelievedFor(email) && IsTrue(person.FindFirst("email_verified")?.Value),
            Claim("name", "name") ?? (parts.Length > 0 ? string.Join(' ', parts) : null)
        );

        string? Claim(string what, string usual) =>
            person.FindFirst(provider.Claims.GetValueOrDefault(what, usual))?.Value is { Length: > 0 } value ? value : null;
    }

    /// <summary>A provider that says nothing of it has verified nothing.</summary>
    private static bool IsTrue(string? verified) => string.Equals(verified, "true", StringComparison.OrdinalIgnoreCase);
}
