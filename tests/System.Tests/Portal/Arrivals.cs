using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Stages.Testing;

namespace Stages.SystemTests.Portal;

/// <summary>
/// Where an action leads. The browser's events of loading are not listened to, nor waited for through the driver's own
/// <c>WaitForURL</c>, which waits for the next such event when the address is there already: one that fired before anybody listened is
/// never seen, and a page on a busy machine may have fired it long ago. The page itself is asked whether it stands.
/// </summary>
internal static class Arrivals
{
    /// <param name="page">Follows the action.</param>
    /// <param name="pattern">A whole address, in which <c>*</c> stands for anything but a slash and <c>**</c> for anything.</param>
    public static Task Arrives(this IPage page, string pattern)
    {
        var parts = pattern.Split("**").Select(p => Regex.Escape(p).Replace("\\*", "[^/]*", StringComparison.Ordinal));
        var address = new Regex("^" + string.Join(".*", parts) + "$", RegexOptions.None, TimeSpan.FromSeconds(1));
        return page.Arrives(address.IsMatch);
    }

    public static async Task Arrives(this IPage page, Func<string, bool> address)
    {
        await Eventually.Is(() => Where(page), where => address(where.Url), condition: "there");
        await page.Locator("main h1").First.WaitForAsync();
        await Eventually.True(() => Stands(page));
    }

    /// <summary>With what the page says against going on, for whoever reads why a test failed.</summary>
    private static async Task<(string Url, string Says)> Where(IPage page)
    {
        try
        {
            return (page.Url, await page.EvaluateAsync<string>(Objections));
        }
        catch (PlaywrightException)
        {
            return (page.Url, "");
        }
    }

    private const string Objections = """
        () => document.readyState + ': '
          + [...document.querySelectorAll('[role=alert], .refused, h1')].map((e) => e.innerText.slice(0, 300)).join(' | ')
        """;

    /// <summary>
    /// Asked again and again by us: where scripts are off, the driver's own <c>WaitForFunction</c> asks once and then waits for a frame
    /// that never calls it back.
    /// </summary>
    private static async Task<bool> Stands(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<bool>("() => document.readyState === 'complete'");
        }
        catch (PlaywrightException)
        {
            // One page gives way to the next at this very moment.
            return false;
        }
    }
}
