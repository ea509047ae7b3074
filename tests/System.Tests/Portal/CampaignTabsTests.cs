using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>Where one is in a campaign is seen on the narrowest telephones, with and without scripts, on each of its pages.</summary>
public sealed class CampaignTabsTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task every_tab_is_on_the_screen_and_the_one_where_one_is_says_so(bool script)
    {
        var campaign = await house.Campaign(0, "Vacances d’onglets");
        var page = await house.Browser(360, 740, script);
        await house.SignIn(page, house.NewCoordinator(), "coordinator");
        await page.GotoAsync($"/coordination/{campaign}");
        var tabs = await page.Locator("main nav.sections a").EvaluateAllAsync<string[]>("all => all.map(a => new URL(a.href).pathname)");
        tabs.Length.ShouldBeGreaterThan(6);
        foreach (var width in (int[])[320, 360])
        {
            await page.SetViewportSizeAsync(width, 740);
            foreach (var tab in tabs)
            {
                await page.GotoAsync(tab);
                (await page.Locator("main nav.sections a[aria-current=page]").GetAttributeAsync("href")).ShouldBe(tab);
                (await page.EvaluateAsync<string[]>(Hidden)).ShouldBeEmpty($"{tab} at {width}");
                if (width == 320)
                    await page.Picture(house.Artifacts, $"tabs-320-{tab.Split('/')[^1]}");
            }
        }
    }

    /// <summary>The links of both bars of which a part lies outside the screen, or under something else.</summary>
    private const string Hidden = """
        () => [...document.querySelectorAll('nav.sections a')]
          .filter((a) => {
            const box = a.getBoundingClientRect();
            a.scrollIntoView({ block: 'nearest', inline: 'nearest' });
            const [x, y] = [box.left + box.width / 2, a.getBoundingClientRect().top + box.height / 2];
            return box.left < 0 || box.right > innerWidth || document.elementFromPoint(x, y)?.closest('a') !== a;
          })
          .map((a) => a.textContent)
        """;
}
