using Microsoft.Playwright;
using Shouldly;

namespace Stages.SystemTests.Portal;

/// <summary>A page without a mouse.</summary>
internal static class Keys
{
    /// <summary>Tab after Tab, as somebody would who does not see where the pointer is.</summary>
    public static async Task TabTo(this IPage page, string selector)
    {
        for (var i = 0; i < 150; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("s => document.activeElement?.matches(s) === true", selector))
                return;
        }
        throw new ShouldAssertException($"no key leads to {selector} on {page.Url}");
    }
}
