using OtpNet;

namespace Stages.Portal.Accounts;

/// <summary>A key offered to an authenticator app, in a picture and in letters; the form carries it back sealed.</summary>
public sealed record AppOffer(string Sealed, string Letters, string Address, string Picture);

/// <summary>Codes of six digits that an app makes of a shared key and the time (RFC 6238).</summary>
public sealed class AuthenticatorApp(IDataProtectionProvider protection)
{
    private const int KeyLength = 20;

    /// <summary>A clock half a minute off is still right.</summary>
    private static readonly VerificationWindow HalfAMinute = new(previous: 1, future: 1);

    private readonly IDataProtector kept = protection.CreateProtector("stages.second-factor.v1");

    public AppOffer Offer(BrowserSession session) => Offer(session, RandomNumberGenerator.GetBytes(KeyLength));

    /// <summary>The same form again, after a wrong code: the app has the key already.</summary>
    public AppOffer Again(BrowserSession session, string offer) =>
        Form(session).Open(offer) is { } key ? Offer(session, Convert.FromBase64String(key)) : Offer(session);

    /// <summary>The key as it is kept, and what the first code proves of it; null for another session's offer, or an old one.</summary>
    public (string SealedKey, Proof? Proof)? Take(BrowserSession session, string offer, string code, DateTimeOffset now) =>
        Form(session).Open(offer) is { } key ? (kept.Protect(key), ProofOf(Convert.FromBase64String(key), code, now)) : null;

    public Proof? ProofOf(string sealedKey, string code, DateTimeOffset now) =>
        ProofOf(Convert.FromBase64String(kept.Unprotect(sealedKey)), code, now);

    public static Proof? ProofOf(byte[] key, string code, DateTimeOffset now) =>
        new Totp(key).VerifyTotp(now.UtcDateTime, Digits(code), out var halfMinute, HalfAMinute)
            ? new Proof(Proof.App, $"{Proof.App}:{halfMinute}")
            : null;

    public static string Digits(string typed) => new([.. typed.Where(char.IsAsciiDigit)]);

    private AppOffer Offer(BrowserSession session, byte[] key)
    {
        var letters = Base32Encoding.ToString(key).TrimEnd('=');
        var address = $"otpauth://totp/Stages:{Uri.EscapeDataString(session.Email ?? "")}?secret={letters}&issuer=Stages";
        return new(Form(session).Close(Convert.ToBase64String(key)), letters, address, PictureOf(address));
    }

    private SealedForm Form(BrowserSession session) => new(protection, "app", session);

    private static string PictureOf(string address)
    {
        using var data = QRCoder.QRCodeGenerator.GenerateQrCode(address, QRCoder.QRCodeGenerator.ECCLevel.M);
        using var code = new QRCoder.SvgQRCode(data);
        return code.GetGraphic(
            new System.Drawing.Size(200, 200),
            "#1b2b31",
            "#ffffff",
            drawQuietZones: true,
            QRCoder.SvgQRCode.SizingMode.ViewBoxAttribute
        );
    }
}
