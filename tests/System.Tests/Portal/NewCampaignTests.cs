using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>A campaign is chosen from the calendar of school holidays.</summary>
public sealed class NewCampaignTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    [Theory]
    [InlineData(360, false, "fr-FR")]
    [InlineData(1280, true, "en-GB", Explicit = true)]
    [InlineData(360, true, "en-GB", Explicit = true)]
    [InlineData(1280, true, "fr-FR", Explicit = true)]
    public async Task choosing_holidays_fills_the_form_and_all_of_it_can_be_changed(int width, bool script, string language)
    {
        var page = await house.Browser(width, 900, script, language);
        var look = new Look(house, page, $"coordinator-new-{language}-{width}", script);
        await house.SignIn(page, house.NewCoordinator(), "coordinator");
        await page.GotoAsync("/coordination/nouvelle?zone=C");
        await look.Page("holidays");
        var picks = page.Locator("a.pick");
        (await picks.CountAsync()).ShouldBeGreaterThan(2, "school-holidays-fr.csv wants the holidays of another year");
        // The next ones are filled in; others are one tap away.
        await picks.Nth(1).ClickAsync();
        await page.Arrives("**/coordination/nouvelle?*vacances=*");
        (await page.Locator("a.pick[aria-current]").InnerTextAsync()).ShouldBe(await picks.Nth(1).InnerTextAsync());
        var monday = await page.InputValueAsync("input[name=mondayA]");
        var (opens, closes) = (await page.InputValueAsync("input[name=opens]"), await page.InputValueAsync("input[name=closes]"));
        string.CompareOrdinal(opens, closes).ShouldBeLessThan(0);
        string.CompareOrdinal(closes, monday).ShouldBeLessThan(0);
        var name = $"{await page.InputValueAsync("input[name=name]")} {width} {script} {language[..2]}";
        await page.FillAsync("input[name=name]", name);
        await page.FillAsync("input[name=starts]", "9h, 11h15");
        await page.FillAsync("[name='subject.6.name']", "Espagnol");
        await look.Page("changed");
        await page.ClickAsync("main form button[type=submit]");
        await page.Arrives(url => Uri.TryCreate(url, UriKind.Absolute, out var at) && Guid.TryParse(at.AbsolutePath.Split('/')[^1], out _));
        var made = await house.Api(HttpMethod.Get, $"/api/campaigns/{new Uri(page.Url).AbsolutePath.Split('/')[^1]}");
        made.GetProperty("name").GetString().ShouldBe(name);
        made.GetProperty("weeks")[0].GetProperty("monday").GetString().ShouldBe(monday);
        Texts(made.GetProperty("slotStarts")).ShouldBe(["09:00", "11:15"]);
        Texts(made.GetProperty("subjects"), "code").ShouldBe(["FR", "MA", "ESPA"]);
        await page.GotoAsync($"{new Uri(page.Url).AbsolutePath}/reglages");
        await look.Page("settings");
    }

    /// <summary>School weeks of zone C.</summary>
    [Theory]
    [InlineData("2027-01-11", false, 360)]
    [InlineData("2027-03-08", true, 1280)]
    public async Task weeks_of_school_want_a_reason_and_enrolment_closes_before_them(string monday, bool script, int width)
    {
        var page = await house.Browser(width, 740, script);
        await house.SignIn(page, house.NewCoordinator(), "coordinator");
        await page.GotoAsync("/coordination/nouvelle?zone=C&vacances=autres");
        await page.FillAsync("input[name=name]", $"Rattrapage {monday}");
        await page.FillAsync("input[name=mondayA]", monday);
        await page.FillAsync("input[name=opens]", "2026-12-01T08:00");
        await page.FillAsync("input[name=closes]", $"{monday}T12:00");
        (await page.Locator("input[name=termReason]").CountAsync()).ShouldBe(0);
        await page.ClickAsync("main form button[type=submit]");
        await page.Locator(".field:has([name=termReason]) .error").WaitForAsync();
        (await page.Locator(".field:has([name=closes]) .error").InnerTextAsync()).ShouldContain("avant la première semaine");
        await new Look(house, page, $"coordinator-term-{width}-{script}", script).Page("refused");
        await page.FillAsync("input[name=termReason]", "Établissements fermés par les inondations");
        var before = DateOnly.ParseExact(monday, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(-3);
        await page.FillAsync("input[name=closes]", before.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T12:00");
        await page.ClickAsync("main form button[type=submit]");
        await page.Arrives(url => !url.Contains("/nouvelle", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_campaign_that_is_over_is_neither_open_nor_offered_to_families()
    {
        var over = await house.Campaign(0, "Vacances passées", past: true);
        var open = await house.Campaign(0, "Vacances à venir");
        var family = await house.Browser(360, 740);
        await house.SignIn(family, "famille.apres@example.org", "family");
        await family.GotoAsync($"/famille/inscription?campagne={over}");
        (await family.Locator($"input[name=campaign][value='{over}']").CountAsync()).ShouldBe(0);
        (await family.Locator("main").InnerTextAsync()).ShouldContain("n’accepte pas d’inscriptions");
        await family.GotoAsync($"/famille/inscription?campagne={open}");
        (await family.TitleAsync()).ShouldContain("étape 1 sur 3");
        (await family.Locator("main").InnerTextAsync()).ShouldNotContain("n’accepte pas d’inscriptions");
        var coordinator = await house.Browser(1280, 900);
        await house.SignIn(coordinator, house.NewCoordinator(), "coordinator");
        await coordinator.GotoAsync("/coordination");
        (await Card(coordinator, over).InnerTextAsync()).ShouldContain("Terminée");
        (await Card(coordinator, open).InnerTextAsync()).ShouldContain("Inscriptions ouvertes");
    }

    private static ILocator Card(IPage page, Guid campaign) => page.Locator($".card:has(a[href='/coordination/{campaign}']) .tag");

    private static IEnumerable<string?> Texts(JsonElement list, string? of = null) =>
        list.EnumerateArray().Select(item => (of is null ? item : item.GetProperty(of)).GetString());
}
