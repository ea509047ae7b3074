using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>A teacher alone with two pupils who do not exist: they come, raise a hand and answer, and nothing is kept.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class RehearsalTests(ITestOutputHelper output)
{
    [Fact]
    public async Task a_teacher_tries_the_class_out_alone()
    {
        await using var world = await ClassroomWorld.Create("rehearsal");
        const string email = "claire.rehearses@example.org";
        using var opened = await world.Ask(HttpMethod.Post, "/api/classroom/rehearsals", "teacher", email, new { });
        var module = (await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("moduleId").GetGuid();
        using var joined = await world.Ask(HttpMethod.Post, $"/api/modules/{module}/join", "teacher", email, new { });
        var link = (await joined.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("url").GetString()!;
        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        var claire = await browser.Person("Claire");
        try
        {
            await claire.Open(link, camera: false);
            await claire.SeesText("#title", "Répétition");
            await claire.SeesText("#subtitle", "rien n’est gardé");
            await claire.SeesText("#people", "Lucie");
            await claire.SeesText("#people", "Malo");
            await claire.Screenshot(world, "lobby");
            await claire.Click("#begin");
            await claire.SeesText("#hands", "Lucie");
            await claire.Page.ReadsWell("a rehearsal");
            await claire.Click("#tab-poll");
            await claire.Page.FillAsync("#question", "2 + 2 ?");
            await claire.Page.FillAsync("#answers", "4\n5");
            await claire.Page.SelectOptionAsync("#rightAnswer", "4");
            await claire.Click("#askPoll button");
            await claire.SeesText("#poll", "Tous ont répondu");
            await claire.Click("#poll button");
            await claire.SeesText("#poll", "4\u00a0: 1 (bonne réponse)");
            await claire.Screenshot(world, "class");
            await claire.Click("#leave");
            await claire.Click("#endAll");
            await claire.SeesText("#outText", "rien n’en est gardé");
            (await claire.Page.Locator("#outLinks a").CountAsync()).ShouldBe(1);
            await claire.Screenshot(world, "over");
        }
        catch
        {
            await claire.Explain(world, output);
            throw;
        }
    }
}
