using System.Net;
using System.Text.Json;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>
/// The whole way of a resource: a teacher proposes it, a coordinator accepts it, a family finds and opens it, which is counted; the teacher
/// hands it out in class, a pupil opens it there, and it is taken back.
/// </summary>
[Collection(ClassroomCollection.Name)]
public sealed class LibraryInClassTests(ITestOutputHelper output)
{
    private const string Where = "https://www.lumni.example/imparfait";

    [Fact]
    public async Task what_was_proposed_is_at_hand_in_class()
    {
        await using var world = await ClassroomWorld.Create("library", mediaServers: 0, copies: 2);
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina");
        var parent = lesson.Pupils[0].Parent;
        var resources = $"/api/classroom/campaigns/{lesson.CampaignId}/resources";
        var link = await Made(
            "Conjuguer à l’imparfait",
            new
            {
                title = "Conjuguer à l’imparfait",
                about = "Des exercices qui se corrigent",
                subject = "FR",
                levels = new[] { "6e" },
                link = Where,
            }
        );
        var sheet = await Made(
            "Fiche des verbes",
            new
            {
                title = "Fiche des verbes",
                about = "À imprimer",
                subject = "FR",
                levels = new[] { "6e" },
                file = new { name = "verbes.pdf", content = SamplePdf.Of("Les verbes") },
            }
        );
        (await Opened(link)).ShouldBe(0);
        using (var open = await world.Ask(HttpMethod.Get, $"/api/classroom/resources/{sheet}/open", "family", parent))
            (await open.Content.ReadAsByteArrayAsync()).ShouldBe(SamplePdf.Of("Les verbes"));
        (await Opened(sheet)).ShouldBe(1);

        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        var (claire, lina) = (await browser.Person("Claire"), await browser.Person("Lina", phone: true, locale: "en-GB"));
        ClassPage[] all = [claire, lina];
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            await claire.Sees("#begin:visible");
            await claire.Click("#begin");
            await lina.Open(await world.Link(lesson, "family", parent, copy: 1), camera: false);
            await claire.SeesText("#people", "Lina");

            // With the keyboard, from the tab to what is handed out.
            await claire.Click("#tab-files");
            await claire.Sees("#library summary");
            await claire.Page.FocusAsync("#library summary");
            await claire.Page.Keyboard.PressAsync("Enter");
            await claire.SeesText("#libraryState", "Ressources trouvées : 2");
            await claire.Page.FillAsync("#libraryWords", "IMPARFAIT");
            await claire.Page.Keyboard.PressAsync("Enter");
            await claire.SeesText("#libraryState", "Ressources trouvées : 1");
            await claire.Page.FocusAsync("#library li button");
            await claire.Page.Keyboard.PressAsync("Enter");
            await claire.SeesText("#library li", "donnée à la classe");
            await claire.Page.FillAsync("#libraryWords", "verbes");
            await claire.Page.Keyboard.PressAsync("Enter");
            await claire.SeesText("#library li", "Fiche des verbes");
            await claire.Page.ClickAsync("#library li button");
            await claire.SeesText("#library li", "donnée à la classe");

            await lina.Click("#tab-files");
            await lina.SeesText("#panel-files li", "Conjuguer à l’imparfait");
            await lina.SeesText("#panel-files li", "verbes.pdf");
            (await lina.Page.Locator("#library").CountAsync()).ShouldBe(0, "it is the teacher's");
            var leads = lina.Page.Locator("#panel-files li a[target=_blank]");
            (await leads.GetAttributeAsync("aria-label")).ShouldBe("Open Conjuguer à l’imparfait in another tab");
            foreach (var (one, name) in all.Zip(["teacher", "pupil-phone-english"]))
            {
                await one.Screenshot(world, name);
                await one.Page.ReadsWell(name);
                (await one.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue(name);
            }
            // The address is nobody's: that the browser is led there is what counts.
            var led = new TaskCompletionSource();
            lina.Page.Context.Request += (_, request) => _ = request.Url == Where && led.TrySetResult();
            var tab = await lina.Page.Context.RunAndWaitForPageAsync(() => leads.ClickAsync());
            await led.Task.WaitAsync(TimeSpan.FromSeconds(30));
            await tab.CloseAsync();
            var taken = await lina.Page.RunAndWaitForDownloadAsync(() => lina.Page.ClickAsync("#panel-files li a[download]"));
            taken.SuggestedFilename.ShouldBe("verbes.pdf");
            (await Opened(link)).ShouldBe(1);
            (await Opened(sheet)).ShouldBe(2);

            await claire.Page.ClickAsync("#panel-files li:has-text('verbes.pdf') button:has-text('Retirer')");
            await lina.Page.Locator("#panel-files li", new() { HasText = "verbes.pdf" }).WaitForAsync(new() { State = Detached });
            await claire.Sees("#library li button");
            all.SelectMany(p => p.Log).Where(l => l.Contains("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        catch
        {
            foreach (var one in all)
                await one.Explain(world, output);
            throw;
        }

        async Task<Guid> Made(string title, object resource)
        {
            Guid id = default;
            await Eventually.True(async () =>
            {
                using var made = await world.Ask(HttpMethod.Post, resources, "teacher", lesson.Teacher, resource);
                if (made.StatusCode != HttpStatusCode.Created)
                    return false;
                id = JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetGuid();
                return true;
            });
            (await Titles("state=proposed", "coordinator")).ShouldContain(title);
            (await Titles("", "family", parent)).ShouldNotContain(title);
            using var accepted = await world.Ask(HttpMethod.Post, $"/api/classroom/resources/{id}/accept", "coordinator", "c@example.org");
            accepted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
            (await Titles("", "family", parent)).ShouldContain(title);
            return id;
        }

        async Task<IReadOnlyList<string?>> Titles(string search, string role, string email = "c@example.org") =>
            [.. (await Listed($"{resources}?{search}", role, email)).Select(r => r.GetProperty("title").GetString())];

        async Task<long> Opened(Guid id) =>
            (await Listed($"/api/classroom/stages/{lesson.StageId}/resources", "family", parent))
                .Single(r => r.GetProperty("id").GetGuid() == id)
                .GetProperty("opened")
                .GetInt64();

        async Task<JsonElement[]> Listed(string address, string role, string email)
        {
            using var answer = await world.Ask(HttpMethod.Get, address, role, email);
            var items = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("items");
            return [.. items.EnumerateArray()];
        }
    }

    private const Microsoft.Playwright.WaitForSelectorState Detached = Microsoft.Playwright.WaitForSelectorState.Detached;
}
