namespace Stages.Portal.Accounts.Letters;

/// <summary>The language in which somebody reads our pages, as of their last sign-in or choice: others' acts are told them in it.</summary>
/// <param name="Id">The account.</param>
public sealed record ReaderLanguage(Guid Id, string Code, DateTimeOffset At)
{
    public static readonly RetentionRule Rule = RetentionRule.Of<ReaderLanguage>(
        "languages",
        730,
        new LocalText(
            "Langue dans laquelle un compte lit nos pages : depuis la dernière connexion",
            "Language in which an account reads our pages: since the last sign-in"
        ),
        l => l.At,
        before => l => l.At < before
    );

    public static Decision Keep(Guid person, string code, DateTimeOffset now) =>
        Decision.Nothing.AndStore(new ReaderLanguage(person, code, now));
}

/// <summary>To whom it is told what others did to an account, each in their own language; of whom none is known, in the house's.</summary>
public sealed class AccountHolders(IDocumentStore store)
{
    private const string OfTheHouse = "fr";

    public async Task<AccountHolder> Of(string email, CancellationToken cancel)
    {
        var person = PersonId.FromEmail(email);
        return new AccountHolder(person, email, null, await LanguageOf(person, cancel) ?? OfTheHouse);
    }

    public async Task<AccountHolder> Of(PhoneNumber number, CancellationToken cancel)
    {
        var person = PersonId.Of(number);
        return new AccountHolder(person, null, number.ToString(), await LanguageOf(person, cancel) ?? OfTheHouse);
    }

    public async Task<string?> LanguageOf(Guid person, CancellationToken cancel)
    {
        await using var session = store.QuerySession();
        return (await session.LoadAsync<ReaderLanguage>(person, cancel))?.Code;
    }

    /// <summary>Of those of whom it is known.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> LanguagesOf(IEnumerable<Guid> people, CancellationToken cancel)
    {
        await using var session = store.QuerySession();
        return (await session.LoadManyAsync<ReaderLanguage>(cancel, [.. people])).ToDictionary(l => l.Id, l => l.Code);
    }
}
