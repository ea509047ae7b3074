using System.Text;
using System.Text.Json;
using Fido2NetLib;
using Fido2NetLib.Objects;
using Microsoft.AspNetCore.WebUtilities;

namespace Stages.Portal.Accounts;

/// <summary>What the browser is asked for, and the same sealed, for the form to bring back.</summary>
public sealed record PasskeyOffer(string Options, string Sealed);

/// <summary>Passkeys (WebAuthn) at the Portal's configured address: made, and asked for.</summary>
public sealed class Passkeys(IConfiguration configuration, IDataProtectionProvider protection)
{
    private readonly Lazy<Fido2> fido = new(() =>
    {
        var address = new Uri(Gateway.Routes.BaseUrl(configuration, "Portal"));
        return new Fido2(
            new Fido2Configuration
            {
                RPID = address.Host,
                RPName = "Stages",
                Origins = new HashSet<string>(StringComparer.Ordinal) { address.GetLeftPart(UriPartial.Authority) },
            }
        );
    });

    public PasskeyOffer ToMake(BrowserSession session, SecondFactor? state)
    {
        var options = fido.Value.RequestNewCredential(
            new RequestNewCredentialParams
            {
                User = new Fido2User
                {
                    Id = SecondFactorDesk.StreamOf(session).ToByteArray(bigEndian: true),
                    Name = session.Email,
                    DisplayName = session.Name ?? session.Email,
                },
                ExcludeCredentials = Known(state),
                AuthenticatorSelection = new AuthenticatorSelection
                {
                    ResidentKey = ResidentKeyRequirement.Preferred,
                    UserVerification = UserVerificationRequirement.Preferred,
                },
                AttestationPreference = AttestationConveyancePreference.None,
            }
        );
        return Offer("make", session, options.ToJson());
    }

    public PasskeyOffer ToShow(BrowserSession session, SecondFactor state) =>
        Offer(
            "show",
            session,
            fido.Value.GetAssertionOptions(
                    new GetAssertionOptionsParams
                    {
                        AllowedCredentials = Known(state),
                        UserVerification = UserVerificationRequirement.Preferred,
                    }
                )
                .ToJson()
        );

    /// <returns>Null when the answer is not one to this offer.</returns>
    public async Task<PasskeyAdded?> Made(
        BrowserSession session,
        string offer,
        string answer,
        Device on,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        try
        {
            if (
                Form("make", session).Open(offer) is not { } options
                || JsonSerializer.Deserialize<AuthenticatorAttestationRawResponse>(answer) is not { } made
            )
                return null;
            var key = await fido.Value.MakeNewCredentialAsync(
                new MakeNewCredentialParams
                {
                    AttestationResponse = made,
                    OriginalOptions = CredentialCreateOptions.FromJson(options),
                    // Kept by person: a key of somebody else's opens nothing here.
                    IsCredentialIdUniqueToUserCallback = (_, _) => Task.FromResult(true),
                },
                cancel
            );
            return new(WebEncoders.Base64UrlEncode(key.Id), WebEncoders.Base64UrlEncode(key.PublicKey), key.SignCount, on, now);
        }
        catch (Exception e) when (IsOfTheirMaking(e))
        {
            return null;
        }
    }

    public async Task<Proof?> Shown(BrowserSession session, SecondFactor state, string offer, string answer, CancellationToken cancel)
    {
        try
        {
            if (
                Form("show", session).Open(offer) is not { } text
                || JsonSerializer.Deserialize<AuthenticatorAssertionRawResponse>(answer) is not { RawId: { } id } shown
                || state.Passkeys.FirstOrDefault(p => p.Credential == WebEncoders.Base64UrlEncode(id)) is not { } passkey
            )
                return null;
            var options = AssertionOptions.FromJson(text);
            var owner = SecondFactorDesk.StreamOf(session).ToByteArray(bigEndian: true);
            var result = await fido.Value.MakeAssertionAsync(
                new MakeAssertionParams
                {
                    AssertionResponse = shown,
                    OriginalOptions = options,
                    StoredPublicKey = WebEncoders.Base64UrlDecode(passkey.PublicKey),
                    StoredSignatureCounter = passkey.Counter,
                    IsUserHandleOwnerOfCredentialIdCallback = (claimed, _) =>
                        Task.FromResult(claimed.UserHandle.AsSpan().SequenceEqual(owner)),
                },
                cancel
            );
            return new Proof(
                Proof.Key,
                $"{Proof.Key}:{Convert.ToHexStringLower(SHA256.HashData(options.Challenge))}",
                passkey.Credential,
                result.SignCount
            );
        }
        catch (Exception e) when (IsOfTheirMaking(e))
        {
            return null;
        }
    }

    private PasskeyOffer Offer(string what, BrowserSession session, string options) => new(options, Form(what, session).Close(options));

    private SealedForm Form(string what, BrowserSession session) => new(protection, "passkey-" + what, session);

    private static PublicKeyCredentialDescriptor[] Known(SecondFactor? state) =>
        [.. (state?.Passkeys ?? []).Select(p => new PublicKeyCredentialDescriptor(WebEncoders.Base64UrlDecode(p.Credential)))];

    private static bool IsOfTheirMaking(Exception e) =>
        e is Fido2VerificationException or JsonException or FormatException or ArgumentException or CryptographicException;
}
