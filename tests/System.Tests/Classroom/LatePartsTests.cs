using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>What one is not heard by comes after the sound: nothing that happened before it is lost, and no press either.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class LatePartsTests(ITestOutputHelper output)
{
    /// <summary>Of pupil and teacher: what one may press says from the beginning what it is.</summary>
    private const string Nameless =
        "() => [...document.querySelectorAll('button')]"
        + ".filter(b => (b.closest('#bar') || b.checkVisibility()) && !b.textContent.trim() && !b.ariaLabel).map(b => b.id)";

    [Fact]
    public async Task what_was_said_drawn_and_pressed_before_the_parts_came_is_there_once_they_are()
    {
        await using var world = await ClassroomWorld.Create("late-parts", mediaServers: 0);
        var lesson = await world.Publish(-1, 120, "Lina");
        await using var browser = await ClassBrowser.Start();
        var lina = await browser.Person("Lina");
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        var link = await world.Link(lesson, "teacher", lesson.Teacher);
        using var claire = await SignallingClient.Enter(http, world.Address, lesson.ModuleId, link);
        (await claire.Call("Begin")).GetProperty("ok").GetBoolean().ShouldBeTrue();
        try
        {
            // Asked for twice in vain, as on a network that comes and goes.
            var (asked, styles, comes) = (0, 0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            await lina.Page.RouteAsync(
                "**/later-*",
                async route =>
                {
                    var isStyle = route.Request.Url.EndsWith(".css", StringComparison.Ordinal);
                    if (isStyle ? Interlocked.Increment(ref styles) == 1 : Interlocked.Increment(ref asked) <= 2)
                    {
                        await route.AbortAsync();
                        return;
                    }
                    await comes.Task;
                    await route.ContinueAsync();
                }
            );
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent), camera: false);
            await lina.Sees("#bar:visible");
            (await claire.Call("Say", "avant", "all")).GetProperty("ok").GetBoolean().ShouldBeTrue();
            await claire.Draw("page/1", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), 100, 100, 50, 500, 300, 50);
            (await claire.Call("ChooseView", "board")).GetProperty("ok").GetBoolean().ShouldBeTrue();
            // The bar is there from the beginning, and so is what all see.
            await lina.Sees("body[data-view=board]");
            (await lina.Page.EvaluateAsync<string[]>(Nameless)).ShouldBeEmpty();
            await lina.Page.ClickAsync("#hand");
            await lina.Sees("#hand[aria-pressed=true]");
            await lina.Page.ClickAsync("#react");
            await Eventually.True(() => Task.FromResult(Volatile.Read(ref asked) > 2));
            (await lina.Page.EvaluateAsync<bool>("() => classroom.board === null")).ShouldBeTrue();

            comes.SetResult();
            await lina.Sees("#react-understood:visible");
            await lina.Page.WaitForFunctionAsync("() => classroom.board?.of('page/1').length === 1");
            await lina.Sees("#board:visible");
            await lina.Click("#tab-chat");
            await lina.SeesText("#lines li", "avant");
            (await lina.Page.Locator("#lines li").CountAsync()).ShouldBe(1);
            await lina.Page.WaitForFunctionAsync("() => getComputedStyle(document.querySelector('#say')).display === 'grid'");
            await lina.SeesText("#hands", "Votre main est levée");
            lina.Log.Where(l => l.Contains("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        catch
        {
            await lina.Explain(world, output);
            throw;
        }
    }
}
