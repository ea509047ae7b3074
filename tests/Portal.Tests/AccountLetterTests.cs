using System.Reflection;
using System.Text.RegularExpressions;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Stages.Api.Notification;
using Stages.Portal.Accounts;
using Stages.Portal.Accounts.Letters;
using Stages.Portal.Staff;
using Stages.Vocabulary;

namespace Stages.Portal.Tests;

/// <summary>
/// Whatever changes how somebody signs in is told them by letter. Notification is away here, so that each letter waits where it was
/// written, with what it tells.
/// </summary>
public sealed partial class AccountLetterTests(PortalService portal)
{
    private static readonly DateTimeOffset Now = new(2021, 3, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly Device Phone = new("android-phone", "Firefox");
    private static readonly SecondFactor Set = new(Guid.Empty, "sealed", [new("c", "k", 0, Phone, Now)], ["hash"], [], []);
    private static readonly StaffMember Claire = new(Guid.Empty, "claire@ac.example", null, Roles.Coordinator, "034", Active: true);

    /// <summary>An event of either aggregate, and what it is to its owner before and after there was one.</summary>
    private static readonly (object Event, object? Before, string? What)[] Table =
    [
        (new AuthenticatorSet("k", Now), null, AccountNews.AppSet),
        (new AuthenticatorSet("k", Now), Set with { SealedKey = null }, AccountNews.AppSet),
        (new AuthenticatorSet("k", Now), Set, AccountNews.AppChanged),
        (new PasskeyAdded("d", "k", 0, Phone, Now), Set, AccountNews.PasskeyAdded),
        (new PasskeyRemoved("c", Now), Set, AccountNews.PasskeyRemoved),
        (new RecoveryCodesMade([], Now), Set, AccountNews.CodesMade),
        (new RecoveryCodesMade([], Now), null, null),
        (new SecondFactorShown(Proof.Recovery, "hash", null, 0, Now), Set, AccountNews.CodeUsed),
        (new SecondFactorShown(Proof.App, "app:1", null, 0, Now), Set, null),
        (new SecondFactorShown(Proof.Key, "passkey:1", "c", 1, Now), Set, null),
        (new SecondFactorMissed(Now), Set, null),
        (new SecondFactorReset("admin", Now), Set, AccountNews.FactorReset),
        (new StaffAppointed(Claire.Email, null, Roles.Coordinator, "034", "admin"), null, AccountNews.RoleGiven),
        (new StaffAppointed(Claire.Email, null, Roles.Coordinator, "066", "admin"), Claire, AccountNews.RoleGiven),
        (new StaffAppointed(Claire.Email, null, Roles.Admin, null, "admin"), Claire, AccountNews.RoleGiven),
        (new StaffAppointed(Claire.Email, null, Roles.Coordinator, "034", "admin"), Claire with { Active = false }, AccountNews.RoleGiven),
        (new StaffAppointed(Claire.Email, "Claire", Roles.Coordinator, "034", "admin"), Claire, null),
        (new StaffDismissed("admin"), Claire, AccountNews.RoleTaken),
    ];

    [Fact]
    public void every_event_of_an_account_is_a_letter_or_is_said_to_be_none()
    {
        foreach (var (happened, before, what) in Table)
            (
                before is StaffMember || happened is StaffAppointed
                    ? News.Of(happened, (StaffMember?)before)
                    : News.Of(happened, (SecondFactor?)before)
            )?.What.ShouldBe(what, happened.ToString());
        Table
            .Select(t => t.Event.GetType())
            .Distinct()
            .ShouldBe(EventsOf<SecondFactor>().Union(EventsOf<StaffMember>()), ignoreOrder: true);
        Should.Throw<ArgumentException>(() => News.Of("something new", (SecondFactor?)null));
        Should.Throw<ArgumentException>(() => News.Of("something new", (StaffMember?)null));
    }

    private static IEnumerable<Type> EventsOf<T>() =>
        from method in typeof(T).GetMethods(BindingFlags.Public | BindingFlags.Instance)
        where method.Name == "Apply"
        select method.GetParameters()[0].ParameterType;

    [Fact]
    public void a_letter_has_words_of_ours_alone_and_needs_somewhere_to_go()
    {
        var news = new News(AccountNews.NewBrowser, Phone.Words);
        var letter = Letter(new AccountHolder(Guid.Empty, "anne@example.org", null, "en").Hears(news, Now));
        (letter.Asked.Email, letter.Asked.Phone, letter.Asked.Language, letter.Asked.At).ShouldBe(("anne@example.org", null, "en", Now));
        (letter.Asked.AboutFr, letter.Asked.AboutEn).ShouldBe(("téléphone Android, Firefox", "Android phone, Firefox"));
        letter.Id.ShouldBe(letter.Asked.Id);
        Letter(new AccountHolder(Guid.Empty, null, "+33639980001", "fr").Hears(news, Now)).Asked.Phone.ShouldBe("+33639980001");
        new AccountHolder(Guid.Empty, null, null, "fr").Hears(news, Now).ShouldBe(Decision.Nothing);
        new AccountHolder(Guid.Empty, "anne@example.org", null, "fr").Hears(null, Now).ShouldBe(Decision.Nothing);
        ReaderLanguage
            .Keep(Guid.Empty, "en", Now)
            .Effects.ShouldHaveSingleItem()
            .ShouldBeOfType<Effect.Store<ReaderLanguage>>()
            .Documents.ShouldBe([new(Guid.Empty, "en", Now)]);
    }

    [Theory]
    [InlineData(Roles.Admin, true, false, true)]
    [InlineData(Roles.Coordinator, true, false, true)]
    [InlineData(Roles.Coordinator, false, true, false)]
    [InlineData(Roles.Family, true, false, false)]
    [InlineData(Roles.Family, true, true, true)]
    [InlineData(Roles.Teacher, true, true, true)]
    [InlineData(Roles.Family, false, true, false)]
    public void a_new_browser_is_news_to_staff_and_to_who_is_signed_in_elsewhere(string role, bool isNew, bool elsewhere, bool told)
    {
        var caller = new Caller(Guid.Empty, role, "anne@example.org", null, null);
        var session = BrowserSession.Begin(SessionTicket.New(Now), caller, null, Phone, false, Now);
        var begun = SessionDesk.Begun(session, isNew, elsewhere, Now);
        begun.Effects[0].ShouldBeOfType<Effect.Store<BrowserSession>>().Documents.ShouldBe([session]);
        begun.Effects.Count.ShouldBe(told ? 2 : 1);
        if (told)
            Letter(begun).Asked.What.ShouldBe(AccountNews.NewBrowser);
    }

    /// <summary>
    /// Each form of the pages where an account changes, and the letters of sending it. Passkeys need an authenticator, which the table
    /// above stands in for: all that changes a second factor goes through one door, and so does a role.
    /// </summary>
    private static readonly Dictionary<string, string?> Forms = new(StringComparer.Ordinal)
    {
        ["SecondFactorPage app"] = AccountNews.AppSet,
        ["SecondFactorPage codes"] = AccountNews.CodesMade,
        ["SecondFactorPage remove-"] = AccountNews.PasskeyRemoved,
        ["SecondFactorPage passkey"] = AccountNews.PasskeyAdded,
        ["SecondFactorPage end-others"] = null,
        ["AccountPage unlink-"] = AccountNews.ProviderUnlinked,
        ["AccountPage end-"] = null,
        ["AccountPage end-others"] = null,
        ["StaffPage appoint"] = AccountNews.RoleGiven,
        ["StaffPage dismiss-"] = AccountNews.RoleTaken,
        ["StaffPage reset"] = AccountNews.FactorReset,
        ["StaffPage put-out"] = AccountNews.SessionsEnded,
        // Nobody in particular.
        ["StaffPage everybody-out"] = null,
    };

    [Fact]
    public void every_form_of_an_account_is_in_the_table() =>
        Directory
            .EnumerateFiles(Path.Combine(Servers.Checkout, "services/Portal/Pages"), "*.razor", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f) is "AccountPage.razor" or "SecondFactorPage.razor" or "StaffPage.razor")
            .SelectMany(f =>
                FormName().Matches(File.ReadAllText(f)).Select(m => $"{Path.GetFileNameWithoutExtension(f)} {m.Groups["name"].Value}")
            )
            .ShouldBe(Forms.Keys, ignoreOrder: true);

    [Fact]
    public void everybody_is_put_out_but_who_says_so()
    {
        var caller = new Caller(Guid.Empty, Roles.Family, "anne@example.org", null, null);
        var (mine, theirs) = (Begin(), Begin());
        var which = SessionDesk
            .Everybody(mine.Id)
            .Effects.ShouldHaveSingleItem()
            .ShouldBeOfType<Effect.DeleteWhere<BrowserSession>>()
            .Which.Compile();
        (which(mine), which(theirs)).ShouldBe((false, true));

        BrowserSession Begin() => BrowserSession.Begin(SessionTicket.New(Now), caller, null, Phone, false, Now);
    }

    [Fact]
    public async Task each_act_is_told_to_whom_it_happened_to()
    {
        const string admin = "camille.martin@example.org";
        const string colleague = "letters@ac-montpellier.fr";
        using var boss = await Staff(admin, "Camille");
        await boss.Submit("/administration/personnes", "appoint", ("email", colleague), ("role", "coordinator"), ("territory", "048"));
        await Told(colleague, "StaffPage appoint");

        using var browser = await Staff(colleague, "Lou");
        await Told(colleague, "SecondFactorPage app");
        (await Letters(colleague)).ShouldContain(AccountNews.NewBrowser);
        (await Letters(colleague)).ShouldContain(AccountNews.ProviderLinked);
        const string factors = "/compte/double-authentification";
        await browser.Submit(factors, "\"codes\"");
        await Told(colleague, "SecondFactorPage codes");
        var journal = portal.Services.GetRequiredService<Journal>();
        await journal.Decide<SecondFactor>(
            SecondFactorDesk.StreamOf(colleague),
            _ => Decision.Of(new PasskeyAdded("AQID", "AQID", 0, Phone, TimeProvider.System.GetUtcNow()))
        );
        await browser.Submit(factors, "remove-AQID");
        await Told(colleague, "SecondFactorPage remove-");
        var unlink = await (await browser.Get("/compte")).Content.ReadAsStringAsync();
        await browser.SubmitIn(unlink, "/compte", "unlink-");
        await Told(colleague, "AccountPage unlink-");

        await boss.Submit("/administration/personnes", "put-out", ("whose", colleague));
        await Told(colleague, "StaffPage put-out");
        (await browser.Get("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var member = StaffDirectory.StreamOf(colleague);
        await boss.Submit($"/administration/personnes?perdue={member}", "\"reset\"", ("known", "Vue en personne"));
        await Told(colleague, "StaffPage reset");
        await boss.Submit("/administration/personnes", $"dismiss-{member}");
        await Told(colleague, "StaffPage dismiss-");
    }

    /// <summary>The pages on which somebody acts upon others: each of their forms that is a letter.</summary>
    public static TheoryData<string> OthersActs =>
        [.. Forms.Where(f => f.Value is not null && f.Key.StartsWith("StaffPage ", StringComparison.Ordinal)).Select(f => f.Key)];

    [Theory]
    [MemberData(nameof(OthersActs))]
    public async Task what_others_do_is_told_in_the_language_of_whom_it_happens_to(string form)
    {
        var colleague = $"english-{form.Length}{form[^3]}@ac-montpellier.fr";
        var member = StaffDirectory.StreamOf(colleague);
        // French, and nobody has asked the colleague yet.
        using var boss = await Staff("camille.martin@example.org", "Camille");
        await boss.Submit("/administration/personnes", "appoint", ("email", colleague), ("role", "coordinator"), ("territory", "048"));
        (await LanguagesOf(colleague, AccountNews.RoleGiven)).ShouldBe(["fr"], "of the house");
        using var browser = new Browser(portal);
        (await browser.Get("/langue/en?retour=/connexion")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await Staff(colleague, "Lou", browser);

        (string, string)[] appoint = [("email", colleague), ("role", "coordinator"), ("territory", "066")];
        await (
            form switch
            {
                "StaffPage appoint" => boss.Submit("/administration/personnes", "appoint", appoint),
                "StaffPage put-out" => boss.Submit("/administration/personnes", "put-out", ("whose", colleague)),
                "StaffPage reset" => boss.Submit($"/administration/personnes?perdue={member}", "\"reset\"", ("known", "Vue en personne")),
                "StaffPage dismiss-" => boss.Submit("/administration/personnes", $"dismiss-{member}"),
                _ => throw new ArgumentException("A form that this test cannot send.", nameof(form)),
            }
        );

        (await LanguagesOf(colleague, Forms[form]!))[^1].ShouldBe("en");
    }

    private async Task<IReadOnlyList<string>> LanguagesOf(string email, string what)
    {
        await using var session = portal.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var person = PersonId.FromEmail(email);
        var letters = await session.Query<AccountLetter>().Where(l => l.Person == person).OrderBy(l => l.Id).ToListAsync();
        return [.. letters.Where(l => l.Asked.What == what).Select(l => l.Asked.Language)];
    }

    [Fact]
    public async Task a_browser_that_was_seen_before_is_no_news()
    {
        const string address = "seen@sessions.example";
        portal.Families.Person = [new("sub", "seen"), new("email", address), new("FrEduCtPersonAffiliation", "resp1d")];
        using var phone = new Browser(portal);
        await phone.Through("educonnect", "/famille");
        (await Letters(address)).ShouldBe([AccountNews.ProviderLinked], "the first device of all");
        using var computer = new Browser(portal);
        await computer.Through("educonnect", "/famille");
        (await Letters(address)).ShouldBe([AccountNews.ProviderLinked, AccountNews.NewBrowser]);
        await computer.Through("educonnect", "/famille");
        await phone.Through("educonnect", "/famille");
        (await Letters(address)).Count.ShouldBe(2, "both have been seen");
    }

    private async Task Told(string email, string form) => (await Letters(email)).ShouldContain(Forms[form]!, form);

    private async Task<IReadOnlyList<string>> Letters(string email)
    {
        await using var session = portal.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var person = PersonId.FromEmail(email);
        return
        [
            .. (await session.Query<AccountLetter>().Where(l => l.Person == person).OrderBy(l => l.Id).ToListAsync()).Select(l =>
                l.Asked.What
            ),
        ];
    }

    private async Task<Browser> Staff(string email, string name, Browser? with = null)
    {
        portal.Staff.Person = [new("sub", email), new("email", email), new("email_verified", "true"), new("given_name", name)];
        var browser = with ?? new Browser(portal);
        await browser.Through("academie", "/coordination");
        await SecondStep.Pass(browser, email);
        return browser;
    }

    [GeneratedRegex("@formname=\"(?:@\\(\\$\")?(?<name>[a-z-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FormName();

    private static AccountLetter Letter(Decision decision) =>
        decision.Effects[^1].ShouldBeOfType<Effect.Insert<AccountLetter>>().Documents.ShouldHaveSingleItem();
}
