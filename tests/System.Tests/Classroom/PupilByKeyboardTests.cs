using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>A pupil without a mouse, from the link to the way out, with Tab, Enter and letters alone.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class PupilByKeyboardTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("fr-FR")]
    [InlineData("en-GB")]
    public async Task a_whole_class_is_taken_part_in_by_keyboard_alone(string locale)
    {
        await using var world = await ClassroomWorld.Create($"pupil-keys-{locale[..2]}", mediaServers: 0);
        var lesson = await world.Publish(-1, 120, "Lina");
        await using var browser = await ClassBrowser.Start();
        var lina = await browser.Person("Lina", locale: locale);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var claire = await SignallingClient.Enter(
            http,
            world.Address,
            lesson.ModuleId,
            await world.Link(lesson, "teacher", lesson.Teacher)
        );
        try
        {
            await lina.Page.GotoAsync(await world.Link(lesson, "family", lesson.Pupils[0].Parent));
            await lina.Page.Locator("#advice li").Nth(2).WaitForAsync(new() { Timeout = 60_000 });
            await Press(lina, "#enter");
            await lina.Sees("#waiting:visible");
            (await claire.Call("Begin")).GetProperty("ok").GetBoolean().ShouldBeTrue();
            await lina.Sees("#bar:visible");

            await Press(lina, "#hand");
            await lina.Sees("#hand[aria-pressed=true]");
            await lina.HasFocus("#hand");
            await Press(lina, "#tab-chat");
            await To(lina, "#line");
            await lina.Page.Keyboard.TypeAsync("Bonjour");
            await lina.Page.Keyboard.PressAsync("Enter");
            await lina.SeesText("#lines li", "Bonjour");
            await Press(lina, "#closePanel");
            await lina.HasFocus("#tab-chat");

            (await claire.Call("ChooseView", "slates")).GetProperty("ok").GetBoolean().ShouldBeTrue();
            await lina.Sees("#slate:visible");
            await Press(lina, "#slate-text");
            await lina.HasFocus("#slateLine");
            await lina.Page.Keyboard.TypeAsync("7 x 8 = 56");
            await lina.Page.Keyboard.PressAsync("Enter");
            await lina.Sees("#slate[aria-label*='56']");
            await Press(lina, "#slateHold");
            await Eventually.Is(
                () => Task.FromResult(claire.Heard("desk")[^1].GetProperty("slates").GetProperty("shown").GetArrayLength()),
                shown => shown == 1
            );

            await Press(lina, "#leave");
            await lina.Sees("#leaveDialog[open]");
            await Press(lina, "#leaveNow");
            await lina.Sees("#out:visible");
            await To(lina, "#outLinks a, #again");
            lina.Log.Where(l => l.Contains("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        catch
        {
            await lina.Explain(world, output);
            throw;
        }
    }

    private static async Task Press(ClassPage one, string selector)
    {
        await To(one, selector);
        await one.Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>By Tab, as often as it takes to go once around the page; what has the focus is seen to have it.</summary>
    private static async Task To(ClassPage one, string selector)
    {
        await one.Page.Locator(selector).First.WaitForAsync(new() { Timeout = 30_000 });
        for (var i = 0; i < 80; i++)
        {
            await one.Page.Keyboard.PressAsync("Tab");
            if (await one.Page.EvaluateAsync<bool>("(s) => !!document.activeElement?.matches(s)", selector))
            {
                (await one.Page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle")).ShouldNotBe("none");
                return;
            }
        }
        throw new TimeoutException($"{selector} is not reached by Tab");
    }
}
