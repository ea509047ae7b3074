using System.Text.Json;

namespace Stages.SystemTests.Classroom.Listening;

/// <summary>A browser of one person, which plays at a loudspeaker of its own: Chromium or Firefox, to a test all the same.</summary>
internal interface IPersonsBrowser : IAsyncDisposable
{
    /// <summary>A tab of somebody whom this browser has not known before.</summary>
    /// <param name="before">Runs in each of the person's pages before any script of theirs.</param>
    Task<IBrowserTab> Newcomer(string before);
}

internal interface IBrowserTab : IAsyncDisposable
{
    Task Goto(string address);

    Task Reload();

    /// <summary>As a hand does it: a browser that waits for one takes this for one.</summary>
    Task Click(string selector);

    /// <summary>Of the same person.</summary>
    Task<IBrowserTab> Another();

    /// <summary>The answer of a function of the page, in JSON.</summary>
    Task<string> Json(string function);

    Task Picture(string path);
}

internal static class BrowserTabs
{
    public static async Task<T> Run<T>(this IBrowserTab tab, string function) =>
        JsonSerializer.Deserialize<T>(await tab.Json(function), JsonSerializerOptions.Web)!;

    public static Task<bool> Sees(this IBrowserTab tab, string selector) =>
        tab.Run<bool>($"() => !!document.querySelector({JsonSerializer.Serialize(selector)})?.getClientRects().length");
}
