using Stages.Portal.SignIns;

namespace Stages.Portal.Tests.SignIn;

/// <summary>Whom a provider's word makes, redirect by redirect with a real one; and the rules of linking, by value.</summary>
public sealed class ProviderTests(ProviderHouse house) : IClassFixture<ProviderHouse>
{
    [Fact]
    public async Task an_address_nobody_is_believed_for_is_proven_once_and_then_linked()
    {
        const string address = "samia@families.example";
        await house.Comes(
            new
            {
                sub = "family-1",
                name = "Samia",
                email = address,
                email_verified = true,
            }
        );
        using var browser = new Someone(house.Portal);
        await browser.Through("familles", "/famille");
        browser.At.AbsolutePath.ShouldBe("/connexion/relier");
        (await browser.Role()).ShouldBeNull();
        browser.Text.ShouldContain(address);

        await browser.Type(await house.Mailbox.Code(address, "sign-in", () => browser.Post([])));
        (await browser.Role()).ShouldBe("family");

        using var later = new Someone(house.Portal);
        await house.Comes(
            new
            {
                sub = "family-1",
                name = "Samia",
                email = "another@families.example",
            }
        );
        await later.Through("familles", "/famille");
        (await later.Email()).ShouldBe(address, "the account is the person's, whatever address the provider tells later");

        // Given on to somebody else, or claimed: the same address of another person is not the account.
        await house.Comes(
            new
            {
                sub = "FAMILY-1",
                name = "Eve",
                email = address,
                email_verified = true,
            }
        );
        using var other = new Someone(house.Portal);
        await other.Through("familles", "/famille");
        await other.Type(await house.Mailbox.Code(address, "sign-in", () => other.Post([])));
        (await other.Role()).ShouldBeNull();
        other.Text.ShouldContain("déjà reliée à un autre compte");
    }

    [Fact]
    public async Task staff_are_believed_for_the_domains_of_the_setting_alone_and_only_when_verified()
    {
        await house.Comes(
            new
            {
                sub = "agent-1",
                name = "Camille",
                email = "camille.martin@example.org",
                email_verified = true,
            }
        );
        using var coordinator = new Someone(house.Portal);
        await coordinator.Through("agents", "/coordination");
        coordinator.IsStaff.ShouldBeTrue();

        await house.Comes(
            new
            {
                sub = "agent-2",
                name = "Eve",
                email = "camille.martin@example.org",
            }
        );
        using var unverified = new Someone(house.Portal);
        await unverified.Through("agents", "/coordination");
        unverified.At.AbsolutePath.ShouldBe("/connexion/relier", "no email_verified is not verified");

        await house.Comes(
            new
            {
                sub = "agent-3",
                name = "Eve",
                email = "eve@elsewhere.example",
                email_verified = true,
            }
        );
        using var foreign = new Someone(house.Portal);
        await foreign.Through("agents", "/coordination");
        foreign.At.AbsolutePath.ShouldBe("/connexion/relier", "the provider is not believed for other domains");

        await house.Comes(
            new
            {
                sub = "agent-4",
                name = "Eve",
                email = "camille.martin@example.org",
                email_verified = true,
            }
        );
        using var recycled = new Someone(house.Portal);
        await recycled.Through("agents", "/coordination");
        (await recycled.Role()).ShouldBeNull();
        recycled.Text.ShouldContain("déjà reliée à un autre compte");
    }

    [Fact]
    public async Task signing_out_here_signs_out_at_the_provider()
    {
        await house.Comes(
            new
            {
                sub = "agent-5",
                name = "Nadia",
                email = "nadia@example.org",
                email_verified = true,
            }
        );
        using var browser = new Someone(house.Portal);
        await browser.Through("agents", "/enseignant");
        (await browser.Role()).ShouldBe("teacher");
        await house.Comes(
            new
            {
                sub = "agent-6",
                name = "Karim",
                email = "karim@example.org",
                email_verified = true,
            }
        );
        await browser.Through("agents", "/enseignant");
        (await browser.Email()).ShouldBe("nadia@example.org", "the provider remembers her");

        await browser.Open("/aide");
        await browser.Post([], "/deconnexion");
        browser.At.AbsolutePath.ShouldBe("/connexion/quitter");
        (await browser.Role()).ShouldBeNull();
        await browser.Open("/connexion/agents/quitter");
        browser.Text.ShouldContain("Sign out of the provider?");
        await browser.Post([], "/session/end/confirm");
        browser.At.ShouldBe(new Uri(house.Portal, "/"));

        await browser.Through("agents", "/enseignant");
        (await browser.Email()).ShouldBe("karim@example.org");
    }
}
