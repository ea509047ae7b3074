using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>A coordinator's passkey, and their sessions in two browsers.</summary>
public sealed class AccountJourneyTests(House house) : IClassFixture<House>
{
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
