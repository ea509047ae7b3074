namespace Stages.Portal.Accounts;

/// <summary>
/// What a form of the second factor carries to the browser and back, so that any copy of the Portal can take it up: readable by us
/// alone, for a quarter of an hour, in the session for which it was made.
/// </summary>
public sealed class SealedForm(IDataProtectionProvider protection, string purpose, BrowserSession session)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    private readonly ITimeLimitedDataProtector seal = protection
        .CreateProtector("stages.second-factor.form", purpose, session.Id.ToString())
        .ToTimeLimitedDataProtector();

    public string Close(string content) => seal.Protect(content, Life);

    public string? Open(string closed)
    {
        try
        {
            return seal.Unprotect(closed);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
