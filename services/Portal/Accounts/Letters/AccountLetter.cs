namespace Stages.Portal.Accounts.Letters;

/// <summary>
/// A letter about an account, kept in the transaction of what it tells until Notification has taken it: neither is there without the
/// other, whichever of the two services is away.
/// </summary>
public sealed record AccountLetter(Guid Id, Guid Person, SendAccountLetter Asked);

/// <summary>Whom a letter about an account goes to; of what others do, see <see cref="AccountHolders"/>.</summary>
/// <param name="Email">Null where a provider tells no address, or with a <paramref name="Phone"/>.</param>
public sealed record AccountHolder(Guid Person, string? Email, string? Phone, string Language)
{
    /// <summary>Of what the person does themselves: in the language of their request.</summary>
    public static AccountHolder Of(BrowserSession session) => new(session.Person, session.Email, session.Phone, OfRequest);

    /// <summary>As above, where the address has just been proven.</summary>
    public static AccountHolder Here(string email) => new(PersonId.FromEmail(email), email, null, OfRequest);

    public static string OfRequest => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>The letter, where there is anywhere to write to.</summary>
    public Decision Hears(News? news, DateTimeOffset now)
    {
        if (news is null || (Email is null && Phone is null))
            return Decision.Nothing;
        var id = Guid.CreateVersion7(now);
        var mail = Phone is null ? Email : null;
        return Decision.Nothing.AndInsert(
            new AccountLetter(id, Person, new(id, news.What, mail, Phone, Language, now, news.About?.Fr, news.About?.En))
        );
    }
}
