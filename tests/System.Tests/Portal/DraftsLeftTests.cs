using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>
/// A computer that several people use: what one of them typed and did not send is nowhere on it once they are signed out, in whichever way
/// that came, and is not seen by the next.
/// </summary>
public sealed class DraftsLeftTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    private const string Typed = "Zélie-Apolline";

    [Fact]
    public async Task signing_out_by_the_button_leaves_nothing()
    {
        var (page, next) = await Type("drafts-button");
        await page.ClickAsync("form[action='/deconnexion'] button");
        await page.Arrives(url => new Uri(url).AbsolutePath == "/");
        await NothingIsLeft(page);
        await NextPersonSeesNothing(page, next, "button");
    }

    [Fact]
    public async Task signing_out_in_another_tab_empties_this_one_too()
    {
        var (page, next) = await Type("drafts-tab");
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/compte");
        await other.ClickAsync("form[action='/deconnexion'] button");
        await other.Arrives(url => new Uri(url).AbsolutePath == "/");
        // The page on which it was typed is not left on the screen either.
        await page.Arrives("**/connexion?*");
        await NothingIsLeft(other);
        await NextPersonSeesNothing(other, next, "other-tab");
    }

    [Fact]
    public async Task a_session_that_was_ended_from_elsewhere_leaves_nothing_to_the_next_person()
    {
        var (page, next) = await Type("drafts-remote");
        var email = Address("drafts-remote");
        var sessions = await house.Api(HttpMethod.Get, "/api/me/sessions", role: "family", email: email);
        foreach (var session in sessions.GetProperty("items").EnumerateArray())
            await house.Api(HttpMethod.Delete, $"/api/me/sessions/{session.GetProperty("id").GetGuid()}", role: "family", email: email);
        // Whoever sits down here goes on in a tab of their own; the first one's is still open.
        var other = await page.Context.NewPageAsync();
        await Eventually.True(async () =>
        {
            await other.GotoAsync("/famille");
            return other.Url.Contains("/connexion", StringComparison.Ordinal);
        });
        await NothingIsLeft(other);
        (await page.InputValueAsync("input[name=firstName]")).ShouldBe(
            Typed,
            "a session that ends by itself takes nothing from the screen"
        );
        await page.FillAsync("input[name=lastName]", "Encore là");
        await NextPersonSeesNothing(other, next, "remote");
        await Eventually.True(async () => !(await page.ContentAsync()).Contains(Typed, StringComparison.Ordinal));
        (await page.Locator("input[name=firstName]").CountAsync()).ShouldBe(0);
        await NothingIsLeft(page);
    }

    /// <summary>A family has begun the form of a child, and the browser keeps it.</summary>
    private async Task<(IPage Page, string Address)> Type(string name)
    {
        var campaign = await house.Campaign(0, "Vacances " + name);
        var page = await house.Browser(1280, 800);
        await house.SignIn(page, Address(name), "family");
        await page.GotoAsync($"/famille/inscription?campagne={campaign}");
        await page.Arrives("**/eleve");
        await page.FillAsync("input[name=firstName]", Typed);
        await Eventually.True(async () => (await Kept(page)).Contains("stages:", StringComparison.Ordinal));
        return (page, page.Url);
    }

    private static string Address(string name) => $"{name}@account.example";

    private async Task NextPersonSeesNothing(IPage page, string address, string name)
    {
        await house.SignIn(page, $"next-{name}@account.example", "family");
        await NothingIsLeft(page);
        await page.GotoAsync(address);
        (await page.ContentAsync()).ShouldNotContain(Typed);
        await NothingIsLeft(page);
    }

    private static async Task NothingIsLeft(IPage page)
    {
        // The page's script has done its work once it is there.
        await page.Locator("html.js").WaitForAsync();
        await Eventually.Is(() => Kept(page), kept => !kept.Contains("stages:", StringComparison.Ordinal));
        var all = await Kept(page);
        all.ShouldNotContain(Typed);
        JsonDocument.Parse(all).RootElement.GetProperty("databases").GetArrayLength().ShouldBe(0);
    }

    /// <summary>All that the browser keeps for this site: both storages, databases, cached answers with their bodies.</summary>
    private static Task<string> Kept(IPage page) =>
        page.EvaluateAsync<string>(
            """
            async () => {
              const cached = [];
              for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys())
                  cached.push([request.url, await (await cache.match(request)).text()]);
              }
              return JSON.stringify({
                local: { ...localStorage },
                session: { ...sessionStorage },
                databases: (await indexedDB.databases()).map((d) => d.name),
                cached,
                cookies: document.cookie,
              });
            }
            """
        );
}
