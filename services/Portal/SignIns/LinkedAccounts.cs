using Stages.Portal.Accounts.Letters;

namespace Stages.Portal.SignIns;

/// <summary>A person of a provider, known by issuer and subject, and the account whose address they proved here once.</summary>
/// <param name="Id">See <see cref="Outsider"/>.</param>
/// <param name="Scheme">The provider's name in the configuration; null on links of before it was kept.</param>
public sealed record LinkedAccount(Guid Id, Guid Person, string Address, DateTimeOffset Since, string? Scheme = null);

/// <summary>That an address belongs to one person of an issuer: whoever is given it after them does not become them.</summary>
/// <param name="Id">Of issuer and address, hashed under the installation's key.</param>
public sealed record LinkedAddress(Guid Id, Guid Person, Guid Account);

/// <summary>Another person of the same provider has this address here: it was given on, or somebody claims it.</summary>
public sealed record AddressOfAnother()
    : Refusal(
        RefusalKind.Conflict,
        "address-of-another",
        "Cette adresse est déjà reliée à un autre compte de ce fournisseur. Connectez-vous par courriel, ou écrivez à l’académie.",
        "This address is already linked to another account of this provider. Sign in by e-mail, or write to the académie."
    );

/// <summary>Which account here a person of a provider is.</summary>
public sealed class LinkedAccounts(Journal journal, IDocumentStore store, Providers providers, TimeProvider clock)
{
    public static void AddTo(StoreOptions options)
    {
        options.Schema.For<LinkedAccount>().Index(l => l.Person);
        options.Schema.For<LinkedAddress>().Index(l => l.Person);
    }

    public async Task<LinkedAccount?> Find(Outsider person, CancellationToken cancel)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<LinkedAccount>(person.Id, cancel);
    }

    /// <summary>The address is proven: by a provider that is believed for it, or by a code that went there.</summary>
    public Task<Outcome> Link(Outsider person, string address, CancellationToken cancel) =>
        journal.Decide(
            async reading =>
            {
                var now = clock.GetUtcNow();
                var (account, held) = (
                    await reading.Load<LinkedAccount>(person.Id),
                    await reading.Load<LinkedAddress>(person.Has(address))
                );
                var linked = Decide(account, held, person, address, now);
                return linked.ChangesNothing
                    ? linked
                    : linked.And(AccountHolder.Here(address).Hears(Told(AccountNews.ProviderLinked, person.Scheme), now));
            },
            under: LockKey.Of("linked-address", person.Has(address)),
            cancel: cancel
        );

    public static Decision Decide(LinkedAccount? account, LinkedAddress? held, Outsider person, string address, DateTimeOffset now)
    {
        if (held is not null && held.Account != person.Id)
            return new AddressOfAnother();
        if (account is not null)
            return Decision.Nothing;
        var id = PersonId.FromEmail(address);
        return Decision
            .Nothing.AndStore(new LinkedAccount(person.Id, id, EmailAddress.KeyOf(address), now, person.Scheme))
            .AndStore(new LinkedAddress(person.Has(address), id, person.Id));
    }

    /// <summary>The providers through which the account is opened, as their owner sees them.</summary>
    public async Task<IReadOnlyList<LinkedAccount>> Of(Guid person, CancellationToken cancel)
    {
        await using var session = store.QuerySession();
        return await session.Query<LinkedAccount>().Where(l => l.Person == person).OrderBy(l => l.Since).ToListAsync(cancel);
    }

    /// <summary>Whoever comes from that provider as this person is a stranger from now on; asked twice at once it is told once.</summary>
    public Task<Outcome> Unlink(Guid id, Guid person, CancellationToken cancel) =>
        journal.Decide(
            async reading =>
            {
                var account = await reading.Load<LinkedAccount>(id);
                var unlinked = Unlink(account, person);
                return account is null
                    ? unlinked
                    : unlinked.And(
                        AccountHolder.Here(account.Address).Hears(Told(AccountNews.ProviderUnlinked, account.Scheme), clock.GetUtcNow())
                    );
            },
            under: LockKey.Of("linked-account", id),
            cancel: cancel
        );

    public static Decision Unlink(LinkedAccount? account, Guid person) =>
        account is null || account.Person != person
            ? new NotFound()
            : Decision.Nothing.AndDelete<LinkedAccount>(account.Id).AndDeleteWhere<LinkedAddress>(l => l.Account == account.Id);

    /// <summary>What people call the provider.</summary>
    public string LabelOf(string? scheme) => providers.All.FirstOrDefault(p => p.Scheme == scheme)?.Label ?? scheme ?? "";

    private News Told(string what, string? scheme) => new(what, scheme is null ? null : LocalText.Same(LabelOf(scheme)));

    public Task Erase(Guid person, CancellationToken cancel) => journal.Decide(Forget(person), cancel);

    /// <summary>The account is erased: its provider's person is nobody here.</summary>
    public static Decision Forget(Guid person) =>
        Decision.Nothing.AndDeleteWhere<LinkedAccount>(l => l.Person == person).AndDeleteWhere<LinkedAddress>(l => l.Person == person);
}
