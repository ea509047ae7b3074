using System.Text;
using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>A coordinator brings a list by the page: looked at while it is carried out, and when it is done, in both languages.</summary>
public sealed class ImportPageTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    [Theory]
    [InlineData("fr-FR", 360, true)]
    [InlineData("en-GB", 1280, false)]
    public async Task a_list_is_watched_while_it_is_carried_out(string language, int width, bool script)
    {
        const int pupils = 600;
        var campaign = await house.Campaign(0, $"Import {language}");
        var school = (await house.Api(HttpMethod.Get, "/api/schools?search=montpellier&level=6e")).GetProperty("items")[0];
        var list = new StringBuilder("nom;prénom;niveau;UAI;vœux;semaines;créneaux\n");
        for (var i = 0; i < pupils; i++)
            list.Append("Nom").Append(Letters(i)).Append(";Enfant;6e;").Append(school.GetProperty("uai").GetString()).Append(";FR;A;\n");
        list.Append("Sans-Niveau;Enfant;12e;;FR;A;\n");
        var page = await house.Browser(width, 780, script, language);
        var see = new Look(house, page, $"import-{width}-{language}", script);
        await house.SignIn(page, house.NewCoordinator(), "coordinator");
        await page.GotoAsync($"/coordination/{campaign}/importer/inscriptions");
        await see.Page("bring");
        await page.SetInputFilesAsync(
            "input[type=file]",
            new FilePayload
            {
                Name = "liste.csv",
                MimeType = "text/csv",
                Buffer = Encoding.UTF8.GetBytes(list.ToString()),
            }
        );
        await page.CheckAsync("input[name=consent]");
        await page.ClickAsync("main form button");
        await page.Arrives("**liste=*");
        var carry = page.Locator("form:has(input[value=carry]) button");
        await Again(page, script, async () => await carry.CountAsync() > 0);
        (await carry.InnerTextAsync()).ShouldContain(pupils.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await see.Page("preview");
        await carry.ClickAsync();
        // What takes a second or more is seen at work.
        await Again(page, script, async () => await page.Locator("progress[value]:not([value='0'])").CountAsync() > 0);
        await page.Picture(house.Artifacts, $"import-{width}-{language}-progress");
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth + 1")).ShouldBeTrue();
        await Again(page, script, async () => await page.Locator("main [role=status]").CountAsync() > 0);
        (await page.InnerTextAsync("main [role=status]")).ShouldBe(language == "fr-FR" ? "C’est fait." : "Done.");
        await see.Page("done");
    }

    /// <summary>The page reads itself anew; without scripts the browser does by a header that the driver does not wait for.</summary>
    private static Task Again(IPage page, bool script, Func<Task<bool>> holds) =>
        Eventually.True(
            async () =>
            {
                try
                {
                    if (await holds())
                        return true;
                    if (!script)
                        await page.GotoAsync(page.Url);
                }
                catch (PlaywrightException)
                {
                    // One page gives way to the next at this very moment.
                }
                return false;
            },
            TimeSpan.FromMinutes(3)
        );

    private static string Letters(int n) =>
        string.Concat(n.ToString("000", System.Globalization.CultureInfo.InvariantCulture).Select(d => (char)('a' + (d - '0'))));
}
