using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>An address that looks mistyped is asked about beside its field, and is taken when it is sent again.</summary>
public sealed class TypoTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    /// <summary>Every page on which somebody types an address.</summary>
    [Theory]
    [InlineData("/connexion", "email")]
    [InlineData("/administration/personnes", "email")]
    [InlineData("/administration/personnes", "whose")]
    [InlineData("/administration/journal", "email")]
    [InlineData("/coordination/{0}/inscrire", "email")]
    public async Task while_one_types_the_hint_stands_beside_the_field(string path, string field)
    {
        var page = await house.Browser(360, 740);
        if (path != "/connexion")
            await house.SignIn(page, house.NewCoordinator(), "coordinator");
        if (path.Contains("{0}", StringComparison.Ordinal))
            path = path.Replace("{0}", $"{await house.Campaign(0, "Vacances d’adresses")}", StringComparison.Ordinal);
        await page.GotoAsync(path);
        await page.Locator("html.js").WaitForAsync();
        await page.EvaluateAsync("for (const folded of document.querySelectorAll('details')) folded.open = true");
        var input = page.Locator($"input[name={field}]");
        await input.FillAsync("claire@gmial.con");
        await input.BlurAsync();
        await page.ClickAsync(".typo button:has-text('claire@gmail.com')");
        await Eventually.True(async () => await input.InputValueAsync() == "claire@gmail.com");
        (await page.Locator(".typo:visible").CountAsync()).ShouldBe(0);
        // One who means what stands there has read the question and is not asked again.
        await input.FillAsync("claire@gmial.con");
        await input.BlurAsync();
        await Eventually.True(async () => await page.InputValueAsync($"input[name='told.{field}']") == "claire@gmial.con");
    }

    [Theory]
    [InlineData(true, "fr-FR")]
    [InlineData(false, "fr-FR")]
    [InlineData(false, "en-GB")]
    public async Task the_page_of_sign_in_asks_once_and_takes_what_stands(bool script, string language)
    {
        var page = await house.Browser(360, 740, script, language);
        await page.GotoAsync("/connexion");
        await page.FillAsync("input[name=email]", $"typo-{script}-{language}@gmial.con".ToLowerInvariant());
        if (!script)
        {
            await page.ClickAsync("main button[type=submit]");
            await page.Locator(".typo").WaitForAsync();
            (await page.Locator(".typo").InnerTextAsync()).ShouldContain("@gmail.com");
            (await page.Locator("[aria-invalid]").CountAsync()).ShouldBe(0, "a hint is no fault");
        }
        await new Look(house, page, $"typo-{language}-{script}", script).Page("asked");
        // Who presses the button right away is asked by the page that comes, and a hint that appears moves no button from under a finger.
        if (script)
        {
            await page.ClickAsync("main button[type=submit]");
            await page.Locator(".typo[id]").WaitForAsync();
        }
        await page.ClickAsync("main button[type=submit]");
        await page.Arrives("**/connexion/code*");
    }

    [Fact]
    public async Task a_guardian_in_a_form_is_asked_about_without_a_script_too()
    {
        var campaign = await house.Campaign(0, "Vacances du second");
        var page = await house.Browser(360, 740, script: false);
        await house.SignIn(page, house.NewCoordinator(), "coordinator");
        await page.GotoAsync($"/coordination/{campaign}/inscrire");
        await page.FillAsync("input[name=firstName]", "Zoé");
        await page.FillAsync("input[name=email]", "parent@ornage.fr");
        await page.ClickAsync("main form button");
        await page.Locator(".typo:has-text('parent@orange.fr')").WaitForAsync();
        (await page.InputValueAsync("input[name=firstName]")).ShouldBe("Zoé");
        await page.ClickAsync("main form button");
        await page.Locator("[role=alert]").WaitForAsync();
        (await page.Locator(".field:has([name=email]) .error").CountAsync()).ShouldBe(0);
    }
}
