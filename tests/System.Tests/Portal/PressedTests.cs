using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>
/// A switch says in one way alone whether it is on: it is pressed and keeps its name, or its name says what a press would do. Both at once
/// would say "mute, pressed" of a microphone that is off.
/// </summary>
public sealed partial class PressedTests(Shared<House> shared) : Journey(shared)
{
    /// <summary>Every source in which something can be pressed; the walk below presses all of it.</summary>
    private static readonly string[] Known = ["Pages/Coordination/BoardPage.razor", "web/src/app/paint.ts", "web/src/board/views.ts"];

    private readonly House house = shared.One;

    [Fact]
    public void whatever_can_be_pressed_is_pressed_by_these_tests()
    {
        var portal = Path.Combine(Servers.Checkout, "services", "Portal");
        Sources(portal)
            .Where(f => Pressed().IsMatch(File.ReadAllText(f)))
            .Select(f => Path.GetRelativePath(portal, f).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ShouldBe(Known);
    }

    [Theory]
    [InlineData(360, "fr-FR")]
    [InlineData(1280, "en-GB")]
    public async Task whatever_is_pressed_keeps_its_name(int width, string language)
    {
        var campaign = await house.Campaign(6, $"Vacances {Tag()}");
        await house.DraftTimetable(campaign);
        var page = await house.Browser(width, 800, language: language);
        await house.SignIn(page, house.NewCoordinator(), "coordinator");
        await page.GotoAsync($"/coordination/{campaign}/tableau");
        await page.Locator("#board[data-ready=yes]").WaitForAsync();
        await Press(page, "#board [aria-pressed]", atLeast: 4);
        var teacher = await house.Browser(width, 800, language: language);
        await house.SignIn(teacher, $"prof-{Tag()}@ac-montpellier.fr", "teacher");
        await teacher.GotoAsync($"/enseignant/proposition/{campaign}");
        await Press(teacher, ".paint", atLeast: 20);
    }

    private static async Task Press(IPage page, string all, int atLeast)
    {
        var buttons = page.Locator(all);
        (await buttons.CountAsync()).ShouldBeGreaterThanOrEqualTo(atLeast);
        var changed = 0;
        foreach (var button in (await buttons.AllAsync()).Take(8))
        {
            var (name, before) = (await NameOf(button), await button.GetAttributeAsync("aria-pressed"));
            name.ShouldNotBeEmpty();
            before.ShouldBeOneOf("true", "false");
            await button.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            (await NameOf(button)).ShouldBe(name);
            changed += await button.GetAttributeAsync("aria-pressed") == before ? 0 : 1;
        }
        changed.ShouldBeGreaterThan(0);
    }

    /// <summary>As it is read out: a label, else what stands in it.</summary>
    private static Task<string> NameOf(ILocator button) =>
        button.EvaluateAsync<string>("b => (b.getAttribute('aria-label') ?? b.textContent).replace(/\\s+/g, ' ').trim()");

    private static IEnumerable<string> Sources(string portal) =>
        new[] { Path.Combine(portal, "Pages"), Path.Combine(portal, "web", "src") }
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".ts", StringComparison.Ordinal))
            .Where(f => !f.EndsWith(".test.ts", StringComparison.Ordinal));

    [GeneratedRegex("aria-pressed=|'aria-pressed'|ariaPressed", RegexOptions.None, 5000)]
    private static partial Regex Pressed();

    private static string Tag() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N")[20..];
}
