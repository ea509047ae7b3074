using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>
/// How many screens and taps it takes to enrol: a tap is a link, a button, a box or a choice of a list; who types goes from field to field
/// with the keyboard. Two wishes, all mornings and one afternoon, as the first count was taken.
/// </summary>
public sealed class FewTapsTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;
    private int taps;
    private int screens;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_first_child_takes_at_most_7_screens_and_14_taps_and_the_second_8(bool script)
    {
        var campaign = await house.Campaign(1, $"Vacances {Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}"[..30]);
        var parent = $"samia-{campaign:N}@example.org";
        var page = await house.Browser(360, 740, script);
        await Eventually.True(async () =>
        {
            await page.GotoAsync("/");
            return await page.Locator($"a[href$='campagne={campaign}']").CountAsync() > 0;
        });
        screens = 1;

        await Tap(page.Locator($"a[href$='campagne={campaign}']"));
        await Screen(page, "**/connexion*");
        await page.FillAsync("input[name=email]", parent);
        var code = await house.Mailbox.Code(
            parent,
            "sign-in",
            async () =>
            {
                await Tap(page.Locator("main button[type=submit]").First);
                await Screen(page, "**/connexion/code*");
            }
        );
        await page.FillAsync("input[name=code]", code);
        await Tap(page.Locator("main button[type=submit]").First);
        await Screen(page, "**/eleve");
        await Child(page, "Lina", script);
        await Slots(page);
        await page.FillAsync("input[name='guardians[0].name']", "Samia Benhaddou");
        await Send(page);
        (screens, taps).ShouldBe((Math.Min(screens, 7), Math.Min(taps, 14)), $"{screens} screens, {taps} taps");
        TestContext.Current.TestOutputHelper?.WriteLine($"First child: {screens} screens, {taps} taps");

        taps = 0;
        await Tap(page.Locator("main a[href*='enfant=nouveau']").First);
        await Screen(page, "**/eleve");
        await Child(page, "Sami", script, isSecond: true);
        await Screen(page, "**/creneaux");
        await Next(page);
        await Screen(page, "**/verification");
        await Send(page);
        taps.ShouldBeLessThanOrEqualTo(8);
        TestContext.Current.TestOutputHelper?.WriteLine($"Second child: {taps} taps");
        var mine = await house.Api(HttpMethod.Get, "/api/me/enrolments", role: "family", email: parent);
        mine.GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    private async Task Child(IPage page, string name, bool script, bool isSecond = false)
    {
        await page.FillAsync("input[name=firstName]", name);
        await page.FillAsync("input[name=lastName]", "Benhaddou");
        await Choose(page, "select[name=level]", isSecond ? "5e" : "6e");
        // The school of the first child is offered to the second.
        if (!isSecond)
        {
            await page.FillAsync("input[name=search]", "montpellier");
            if (!script)
                await Tap(page.Locator("button[value=search]"));
        }
        await Tap(page.Locator("[data-results] label").First);
        await Choose(page, "select[name=wish1]", "MA");
        if (!isSecond)
        {
            await Tap(page.Locator("[data-wishes] summary"));
            await Choose(page, "select[name=wish2]", "FR");
        }
        await Next(page);
    }

    private async Task Slots(IPage page)
    {
        await Screen(page, "**/creneaux");
        await Tap(page.Locator("input[name='bulk.A'][value=morning]"));
        await Next(page);
        await Screen(page, "**/verification");
    }

    private async Task Send(IPage page)
    {
        await Tap(page.Locator("input[name=consent]"));
        await Next(page);
        await Screen(page, "**/famille/inscriptions/*");
    }

    private Task Next(IPage page) => Tap(page.Locator("button[value=next]"));

    private async Task Tap(ILocator what)
    {
        await what.ClickAsync();
        taps++;
    }

    private async Task Choose(IPage page, string list, string value)
    {
        await page.SelectOptionAsync(list, value);
        taps++;
    }

    private async Task Screen(IPage page, string address)
    {
        await page.Arrives(address);
        screens++;
    }
}
