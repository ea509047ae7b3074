using Microsoft.Playwright;

namespace Stages.SystemTests.Portal;

/// <summary>
/// Where an action leads. The browser's events of loading are not listened to: one that fired before anybody listened is never
/// seen, and a page on a busy machine may have fired it long ago. The page itself is asked whether it stands.
/// </summary>
internal static class Arrivals
{
    public static Task Arrives(this IPage page, string url) =>
        Stands(page, page.WaitForURLAsync(url, new() { WaitUntil = WaitUntilState.Commit }));

    public static Task Arrives(this IPage page, Func<string, bool> url) =>
        Stands(page, page.WaitForURLAsync(url, new() { WaitUntil = WaitUntilState.Commit }));

    private static async Task Stands(IPage page, Task arrived)
    {
        await arrived;
        await page.Locator("main h1").First.WaitForAsync();
        await page.WaitForFunctionAsync("() => document.readyState === 'complete'");
    }
}
