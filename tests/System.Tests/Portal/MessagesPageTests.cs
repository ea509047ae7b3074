using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>A coordinator finds whom our messages did not reach, calls them, and says so.</summary>
public sealed class MessagesPageTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    [Theory]
    [InlineData("fr-FR", 320, false)]
    [InlineData("en-GB", 360, true)]
    [InlineData("fr-FR", 1280, true, Explicit = true)]
    public async Task a_coordinator_calls_whom_nothing_reached(string language, int width, bool script)
    {
        var french = language == "fr-FR";
        var campaign = await house.Campaign(0, $"Messages {language} {width}");
        var unknown = $"unknown@{campaign:N}.example";
        await Enrol(campaign, unknown, $"tom@{campaign:N}.example");
        await Eventually.Is(
            () => house.Api(HttpMethod.Get, $"/api/notifications/people?campaign={campaign}&status=abandoned"),
            people => people.GetProperty("total").GetInt32() == 1
        );
        var page = await house.Browser(width, 780, script, language);
        await house.SignIn(page, house.NewCoordinator(), "coordinator");
        var see = new Look(house, page, $"coordinator-messages-{width}-{language}", script);

        await page.GotoAsync($"/coordination/{campaign}");
        await page.ClickAsync($"main .note a[href$='/messages']");
        await page.Arrives("**/messages");
        var anne = page.Locator("li.card", new() { HasText = "Anne L’Hérault" });
        (await anne.InnerTextAsync()).ShouldContain(french ? "adresse refusée" : "address refused");
        (await anne.Locator("li span").AllInnerTextsAsync()).ShouldContain(t => t.Contains("Zoé"));
        (await anne.Locator("a[href^='tel:']").GetAttributeAsync("href")).ShouldBe("tel:+33467123456");
        (await anne.Locator("a[href^='tel:']").InnerTextAsync()).Replace('\u00a0', ' ').ShouldBe("04 67 12 34 56");
        var tom = page.Locator("li.card", new() { HasText = "Tom O’Neil" });
        (await tom.Locator("button").CountAsync()).ShouldBe(1, "what waits for a yes is not sent again");
        await see.Page("to-call");

        // It is refused again; by the keyboard alone where there is a script to ask what is focused.
        await page.ClickAsync("li.card:has-text('Anne') button[name=retry]");
        await Done(page, french ? "C’est renvoyé." : "It is sent again.");
        await Eventually.Is(
            () => house.Api(HttpMethod.Get, $"/api/notifications/people?campaign={campaign}&status=abandoned"),
            people => people.GetProperty("total").GetInt32() == 1
        );
        await page.SelectOptionAsync("select[name=etat]", "abandoned");
        await page.ClickAsync("form.filters button");
        await page.Arrives("**/messages?etat=abandoned*");
        (await page.Locator("li.card").CountAsync()).ShouldBe(1);
        if (script)
        {
            await page.TabTo("button[name=told]");
            await page.Keyboard.PressAsync("Enter");
        }
        else
            await page.ClickAsync("button[name=told]");
        await Done(page, french ? "C’est noté." : "It is noted.");
        await page.GetByText(french ? "Personne n’est à appeler." : "Nobody has to be called.").WaitForAsync();
        page.Url.ShouldEndWith("?etat=abandoned");
        await see.Page("nobody");
    }

    private static async Task Done(IPage page, string words)
    {
        await page.Locator("main > [role=status]").WaitForAsync();
        (await page.InnerTextAsync("main > [role=status]")).ShouldBe(words);
    }

    /// <summary>By the first guardian, who can sign in but whose mail comes back; the second is asked.</summary>
    private async Task Enrol(Guid campaign, string first, string second)
    {
        var school = (await house.Api(HttpMethod.Get, "/api/schools?search=montpellier&level=6e"))
            .GetProperty("items")[0]
            .GetProperty("uai");
        var body = new
        {
            pupil = new
            {
                firstName = "Zoé",
                lastName = "O’Neil",
                level = "6e",
                schoolUai = school.GetString(),
            },
            guardians = new[]
            {
                new
                {
                    name = "Anne L’Hérault",
                    email = first,
                    phone = "04 67 12 34 56",
                    language = "fr",
                },
                new
                {
                    name = "Tom O’Neil",
                    email = second,
                    phone = "04 67 12 34 57",
                    language = "fr",
                },
            },
            wishes = new[] { new { subject = "MA", rank = 1 } },
            weeks = new[] { new { label = "A", preference = 2 } },
            slots = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["A"] = ["MON-09:00", "TUE-09:00", "WED-09:00"] },
            consent = true,
        };
        await Eventually.Is(
            () => house.Api(HttpMethod.Post, $"/api/campaigns/{campaign}/enrolments", body, "family", first),
            e => e.TryGetProperty("id", out _)
        );
    }
}
