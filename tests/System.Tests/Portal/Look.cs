using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>Takes a picture of each page and has axe-core look at it.</summary>
internal sealed class Look(House house, IPage page, string journey, bool script)
{
    private int number;

    public async Task Page(string name)
    {
        await page.Picture(house.Artifacts, $"{journey}-{++number:00}-{name}", whole: true);
        // As the server sends it, for tests/markup; a browser's own tree has no errors left.
        if (!script)
            await File.WriteAllTextAsync(
                Path.Combine(house.Artifacts, $"{journey}-{number:00}-{name}.html"),
                await (await page.Context.APIRequest.GetAsync(page.Url)).TextAsync()
            );
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth + 1")).ShouldBeTrue(
            $"{name} is wider than the screen"
        );
        if (!script)
            return;
        if (page.ViewportSize!.Width == 1280 && !journey.StartsWith("coordinator", StringComparison.Ordinal))
        {
            // 400 % of a screen 1280 pixels wide.
            await page.SetViewportSizeAsync(320, 256);
            (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth + 1")).ShouldBeTrue(
                $"{name} needs sideways scrolling at 400 %"
            );
            await page.SetViewportSizeAsync(1280, 800);
        }
        await page.LooksWell(name);
        if (!PageChecks.Pictures)
            return;
        await page.IsDark();
        await page.Picture(house.Artifacts, $"{journey}-{number:00}-{name}-dark", whole: true);
        await page.IsLight();
    }
}
