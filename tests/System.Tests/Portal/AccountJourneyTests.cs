using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>A coordinator's passkey, and their sessions in two browsers.</summary>
public sealed class AccountJourneyTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    [Fact]
    public async Task a_coordinator_comes_in_with_a_passkey_and_puts_the_other_browser_out()
    {
        // The page's own policy stands here: the passkey's script has to live under it.
        var computer = await house.Browser(1280, 800, strict: true);
        await AddAuthenticator(computer);
        var see = new Look(house, computer, "account-1280", script: false);

        await house.ProveAddress(computer, house.Newcomer, "coordinator");
        computer.Url.ShouldContain("/compte/double-authentification");
        await computer.Locator("[data-passkey=make]").WaitForAsync();
        await see.Page("set-up");
        await computer.ClickAsync("[data-passkey=make] button");
        await computer.Locator(".codes").WaitForAsync();
        await see.Page("recovery-codes");
        var recovery = await computer.Locator(".codes code").First.InnerTextAsync();
        await computer.ClickAsync(".codes + .actions a");
        await computer.Arrives("**/coordination");

        await computer.ClickAsync("form[action='/deconnexion'] button");
        await computer.Arrives(url => new Uri(url).AbsolutePath == "/");
        await house.ProveAddress(computer, house.Newcomer, "coordinator");
        computer.Url.ShouldContain("/connexion/verification");
        await see.Page("second-step");
        await computer.ClickAsync("[data-passkey=show] button");
        await computer.Arrives("**/coordination");

        // A telephone that has no passkey, in English, with a code from the paper.
        var phone = await house.Browser(390, 844, language: "en-GB");
        var seen = new Look(house, phone, "account-390", script: true);
        await house.ProveAddress(phone, house.Newcomer, "coordinator");
        await seen.Page("second-step");
        await phone.FillAsync("input[name=__code]", recovery);
        await phone.ClickAsync("main form button[type=submit]");
        await phone.Arrives("**/coordination");
        await phone.GotoAsync("/compte");
        await seen.Page("account");
        await phone.GotoAsync("/compte/double-authentification");
        await seen.Page("factors");

        // Each of it was told by letter, through the service that sends them.
        var letters = await house.Mailbox.Gets(house.Newcomer, 5, "account");
        foreach (var told in (string[])["rôle", "Nouvelle connexion", "clé d’accès", "New sign-in", "recovery code was used"])
            letters.ShouldContain(m => m.Subject!.Contains(told, StringComparison.Ordinal), told);

        await computer.ClickAsync(".tools a[href='/compte']");
        await computer.Arrives("**/compte");
        await see.Page("account");
        (await computer.Locator(".lines li").CountAsync()).ShouldBe(2);
        await computer.ClickAsync(".lines form button");
        await computer.Locator("[role=status]").WaitForAsync();
        (await computer.Locator(".lines li").CountAsync()).ShouldBe(1);

        await phone.ClickAsync("nav.sections a[href='/coordination']");
        await phone.Arrives("**/connexion?*");
    }

    [Fact]
    public async Task an_administrator_says_how_they_knew_whom_they_reset_and_puts_a_family_out()
    {
        var family = await house.Browser(360, 780);
        await house.SignIn(family, "sessions@account.example", "family");
        await family.GotoAsync("/famille/donnees");
        await new Look(house, family, "account-360", script: true).Page("data");
        var other = await house.Browser(1280, 800, language: "en-GB");
        await house.SignIn(other, house.Colleague, "coordinator");

        var admin = await house.Browser(1280, 800, language: "en-GB");
        await house.SignIn(admin, house.NewCoordinator(), "coordinator");
        await admin.GotoAsync("/administration/personnes");
        await admin.ClickAsync("a[href*='perdue=']");
        await admin.Locator("#perdue").WaitForAsync();
        var see = new Look(house, admin, "account-admin", script: true);
        await see.Page("reset-en");
        await admin.SetViewportSizeAsync(360, 780);
        await admin.GotoAsync("/langue/fr?retour=/administration/personnes");
        await see.Page("people-fr");
        await admin.FillAsync("input[name=whose]", "sessions@account.example");
        await admin.ClickAsync("form:has(input[name=whose]) button");
        await admin.Locator("[role=status]").WaitForAsync();
        await family.GotoAsync("/famille");
        family.Url.ShouldContain("/connexion");
        var letter = (await house.Mailbox.Gets("sessions@account.example", 1, "account")).Single();
        letter.Subject.ShouldBe("Vous êtes déconnecté partout");
    }

    private static async Task AddAuthenticator(IPage page)
    {
        var browser = await page.Context.NewCDPSessionAsync(page);
        await browser.SendAsync("WebAuthn.enable");
        await browser.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["options"] = new
                {
                    protocol = "ctap2",
                    transport = "internal",
                    hasResidentKey = true,
                    hasUserVerification = true,
                    isUserVerified = true,
                    automaticPresenceSimulation = true,
                },
            }
        );
    }
}
