using System.Text.Json;
using Microsoft.Playwright;
using Npgsql;
using Shouldly;
using Stages.Testing;
using Stages.Vocabulary;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>
/// Where classes meet and what was recorded of them: chosen by a coordinator with the keyboard, found by teacher and family on their
/// pages, in both languages, with a script and without.
/// </summary>
public sealed class ClassPlacesTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    [Theory]
    [InlineData("fr-FR", 360, false)]
    [InlineData("en-GB", 1280, true, Explicit = true)]
    public async Task a_coordinator_chooses_the_room_and_everybody_is_led_there(string language, int width, bool script)
    {
        var french = language == "fr-FR";
        var stage = await Class(language);
        var page = await house.Browser(width, 780, script, language);
        await house.SignIn(page, house.NewCoordinator(), "coordinator");
        await page.GotoAsync($"/coordination/{stage.Campaign}");
        await page.TabTo("a[href$='/classe']");
        await page.Keyboard.PressAsync("Enter");
        var see = new Look(house, page, $"coordinator-rooms-{width}-{language}", script);
        await page.Locator("input[name=kind][value=visio]").WaitForAsync();
        (await page.Locator("input[name=kind]:checked").InputValueAsync()).ShouldBe("stages");
        await see.Page("ours");

        // An address is missing, and said beside its field; what was chosen is still chosen.
        await page.TabTo("input[name=kind]");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.TabTo("button[value=save]");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".field.refused input[name=url]").WaitForAsync();
        (await page.InnerTextAsync(".field.refused .error")).ShouldContain("https://");
        (await page.Locator("input[name=kind]:checked").InputValueAsync()).ShouldBe("visio");
        await see.Page("refused");
        await page.TabTo("input[name=url]");
        await page.Keyboard.TypeAsync("https://visio.example.org");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("main > [role=status]").WaitForAsync();
        await see.Page("visio");

        // The stage is somewhere else than its campaign, by the button on its page.
        await page.GotoAsync($"/coordination/{stage.Campaign}/stages/{stage.Id}");
        await page.TabTo($"a[href$='classe?stage={stage.Id}']");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("input[name=kind][value=campaign]:checked").WaitForAsync();
        await see.Page("stage");

        var parent = await house.Browser(width, 780, script, language);
        await house.SignIn(parent, stage.Parent, "family");
        await parent.GotoAsync($"/seance/{stage.Module}");
        (await parent.InnerTextAsync("main .note:has-text('visio.example.org')")).ShouldContain(french ? "a lieu sur" : "meets on");
        await new Look(house, parent, $"family-elsewhere-{width}-{language}", script).Page("door");

        // A link of last resort for this stage alone: the same page says the new place, under the same address.
        await page.Locator("input[name=kind][value=link]").CheckAsync();
        await page.FillAsync("input[name=url]", "https://jitsi.example.org/{classe}");
        await page.ClickAsync("button[value=save]");
        await page.Locator("main > [role=status]").WaitForAsync();
        await parent.ReloadAsync();
        await parent.Locator("main .note:has-text('jitsi.example.org')").WaitForAsync();
        // Who coordinates comes in by the same door, and is told that everybody sees it.
        await page.GotoAsync($"/seance/{stage.Module}");
        (await page.InnerTextAsync("main")).ShouldContain(french ? "Vous entrez en visite" : "You come as a visitor");
        (await page.Locator("main .lead").CountAsync()).ShouldBe(1);
        await see.Page("visit");
        var other = await house.Api(HttpMethod.Get, $"/api/modules/{stage.OtherModule}/place");
        other.GetProperty("host").GetString().ShouldBe("visio.example.org");
    }

    [Theory]
    [InlineData("fr-FR", 1280, true, Explicit = true)]
    [InlineData("en-GB", 360, false)]
    public async Task a_recording_is_watched_by_whom_the_campaign_names_and_deleted_by_who_keeps_it(string language, int width, bool script)
    {
        var french = language == "fr-FR";
        var stage = await Class(language);
        var page = await house.Browser(width, 780, script, language);
        await house.SignIn(page, house.NewCoordinator(), "coordinator");
        var see = new Look(house, page, $"coordinator-recordings-{width}-{language}", script);
        await page.GotoAsync($"/coordination/{stage.Campaign}/classe");
        await page.TabTo("input[name=allowed]");
        await page.Keyboard.PressAsync("Space");
        await page.TabTo("input[name=families]");
        await page.Keyboard.PressAsync("Space");
        await page.FillAsync("input[name=days]", "100");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".field.refused input[name=days]").WaitForAsync();
        (await page.Locator("input[name=families]").IsCheckedAsync()).ShouldBeTrue();
        await page.FillAsync("input[name=days]", "5");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("main > [role=status]").WaitForAsync();
        await see.Page("rule");

        var film = await Film(stage.Module);
        await HandOver(stage);
        var parent = await house.Browser(width, 780, script, language);
        await house.SignIn(parent, stage.Parent, "family");
        await house.Api(HttpMethod.Post, $"/api/enrolments/{stage.Pupil}/confirm", new { stageId = stage.Id }, "family", stage.Parent);
        await parent.GotoAsync($"/famille/inscriptions/{stage.Pupil}");
        await parent.TabTo("a[href$='/enregistrements']");
        await parent.Keyboard.PressAsync("Enter");
        await parent.Locator("video").WaitForAsync();
        (await parent.Locator("form button.bad").CountAsync()).ShouldBe(0);
        (await parent.InnerTextAsync("main")).ShouldContain(french ? "familles du groupe" : "families of the group");
        await new Look(house, parent, $"family-recordings-{width}-{language}", script).Page("watched");
        if (script)
            (
                await parent.EvaluateAsync<double>(
                    """
                    async () => {
                      const film = document.querySelector('video');
                      film.muted = true;
                      await film.play();
                      while (film.currentTime === 0) await new Promise(requestAnimationFrame);
                      return film.videoWidth;
                    }
                    """
                )
            ).ShouldBe(64);

        await parent.GotoAsync($"/famille/inscriptions/{stage.Pupil}");
        await parent.TabTo("a[href$='/fichiers']");
        await parent.Keyboard.PressAsync("Enter");
        await parent.Locator("h2").First.WaitForAsync();
        (await parent.Locator("main li a").AllInnerTextsAsync()).ShouldBe(["Leçon 3, les fractions.pdf", "mon travail.odt"]);
        await new Look(house, parent, $"family-files-{width}-{language}", script).Page("files");
        var kept = await parent.RunAndWaitForDownloadAsync(() => parent.Locator("main li a").First.PressAsync("Enter"));
        kept.SuggestedFilename.ShouldEndWith("fractions.pdf");

        var teacher = await house.Browser(width, 780, script, language);
        await house.SignIn(teacher, stage.Teacher, "teacher");
        await teacher.GotoAsync($"/enseignant/stages/{stage.Id}");
        await teacher.TabTo("a[href$='/fichiers']");
        await teacher.Keyboard.PressAsync("Enter");
        await teacher.Locator("h2").First.WaitForAsync();
        (await teacher.Locator("main li a").AllInnerTextsAsync()).ShouldBe([
            "Leçon 3, les fractions.pdf",
            "mon travail.odt",
            "Dictée 東京.txt",
        ]);
        await new Look(house, teacher, $"teacher-files-{width}-{language}", script).Page("files");
        await teacher.GotoAsync("/enseignant/stages");
        await new Look(house, teacher, $"teacher-rehearses-{width}-{language}", script).Page("stages");
        await teacher.TabTo("section[aria-labelledby=rehearse] button");
        await teacher.Keyboard.PressAsync("Enter");
        await teacher.Locator("#enter").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await teacher.GotoAsync($"/enseignant/stages/{stage.Id}");
        await teacher.TabTo("a[href$='/enregistrements']");
        await teacher.Keyboard.PressAsync("Enter");
        await teacher.Locator("video").WaitForAsync();
        await teacher.TabTo("article summary");
        await teacher.Keyboard.PressAsync("Enter");
        await new Look(house, teacher, $"teacher-recordings-{width}-{language}", script).Page("delete");
        await teacher.TabTo("article button.bad");
        await teacher.Keyboard.PressAsync("Enter");
        await teacher.Locator("main > [role=status]").WaitForAsync();
        await teacher.Locator("main .empty").WaitForAsync();
        await new Look(house, teacher, $"teacher-recordings-{width}-{language}-gone", script).Page("gone");
        await parent.ReloadAsync();
        (await parent.Locator("video").CountAsync()).ShouldBe(0);

        var noted = await Eventually.Is(
            () => house.Api(HttpMethod.Get, $"/api/administration/audit?object={film}&kind=erasure", role: "admin"),
            log => log.GetProperty("items").GetArrayLength() > 0
        );
        noted.GetProperty("items")[0].GetProperty("role").GetString().ShouldBe("teacher");
    }

    /// <summary>As a class leaves it behind: one file from the teacher, one work of this pupil's, one of somebody else's.</summary>
    private async Task HandOver(Published stage)
    {
        Guid Participant(Guid pupil) => HashId.Of(IdSpace.Participant, $"{stage.Module}:{pupil}");
        var known = await house.Api(HttpMethod.Get, $"/api/modules/{stage.Module}/attendance");
        var other = known
            .GetProperty("pupils")
            .EnumerateArray()
            .Select(p => p.GetProperty("enrolmentId").GetGuid())
            .First(p => p != stage.Pupil);
        var now = TimeProvider.System.GetUtcNow();
        await using var database = NpgsqlDataSource.Create(house.Postgres);
        (Guid? Of, string Name, string Type)[] files =
        [
            (null, "Leçon 3, les fractions.pdf", "application/pdf"),
            (Participant(stage.Pupil), "mon travail.odt", "application/vnd.oasis.opendocument.text"),
            (Participant(other), "Dictée 東京.txt", "text/plain; charset=utf-8"),
        ];
        foreach (var (number, file) in files.Index())
        {
            await using var command = database.CreateCommand(
                "insert into classroom.class_file (id, module_id, work_of, name, type, content, at) values ($1, $2, $3, $4, $5, $6, $7)"
            );
            var whose = new NpgsqlParameter { Value = (object?)file.Of ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid };
            command.Parameters.AddWithValue(Guid.CreateVersion7(now));
            command.Parameters.AddWithValue(stage.Module);
            command.Parameters.Add(whose);
            foreach (var value in new object[] { file.Name, file.Type, new byte[1_400_000 / (number + 1)], now.AddMinutes(number) })
                command.Parameters.AddWithValue(value);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>What a browser records, in two pieces, as a class would have sent it.</summary>
    private async Task<Guid> Film(Guid module)
    {
        var page = await house.Browser(200, 200);
        var bytes = Convert.FromBase64String(
            await page.EvaluateAsync<string>(
                """
                async () => {
                  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 36 });
                  const c = canvas.getContext('2d');
                  const parts = [];
                  const recorder = new MediaRecorder(canvas.captureStream(10), { mimeType: 'video/webm;codecs=vp8' });
                  recorder.ondataavailable = e => parts.push(e.data);
                  const stopped = new Promise(done => { recorder.onstop = done; });
                  recorder.start();
                  for (let i = 0; i < 60; i++) {
                    c.fillStyle = `hsl(${i * 6} 80% 50%)`;
                    c.fillRect(0, 0, 64, 36);
                    await new Promise(requestAnimationFrame);
                  }
                  recorder.stop();
                  await stopped;
                  const all = new Uint8Array(await new Blob(parts).arrayBuffer());
                  return btoa(String.fromCharCode(...all));
                }
                """
            )
        );
        var now = TimeProvider.System.GetUtcNow();
        var (film, half) = (Guid.CreateVersion7(now), bytes.Length / 2);
        await using var database = NpgsqlDataSource.Create(house.Postgres);
        foreach (var (number, piece) in new[] { bytes[..half], bytes[half..] }.Index())
        {
            await using var command = database.CreateCommand(
                "insert into classroom.class_recording (recording_id, number, module_id, at, piece, forget_at) "
                    + "values ($1, $2, $3, $4, $5, $6)"
            );
            foreach (var value in new object[] { film, number, module, now.AddMinutes(number * 12), piece, now.AddDays(5) })
                command.Parameters.AddWithValue(value);
            await command.ExecuteNonQueryAsync();
        }
        return film;
    }

    private sealed record Published(Guid Campaign, Guid Id, Guid Module, Guid OtherModule, Guid Pupil, string Parent, string Teacher);

    private async Task<Published> Class(string name)
    {
        var campaign = await house.Campaign(6, $"Vacances en salle {name}");
        await house.DraftTimetable(campaign);
        await house.Api(HttpMethod.Post, $"/api/campaigns/{campaign}/stages/approve", new { });
        await house.Api(HttpMethod.Post, $"/api/campaigns/{campaign}/publish", new { });
        var stages = (await house.Api(HttpMethod.Get, $"/api/campaigns/{campaign}/stages?status=published")).GetProperty("items");
        static Guid Module(JsonElement stage) => stage.GetProperty("modules")[0].GetProperty("id").GetGuid();
        foreach (var one in stages.EnumerateArray())
            await Eventually.Is(
                () => house.Api(HttpMethod.Get, $"/api/modules/{Module(one)}/attendance"),
                a => a.ValueKind == JsonValueKind.Object
            );
        var pupil = stages[0].GetProperty("pupils")[0].GetProperty("enrolmentId").GetGuid();
        var enrolment = await Eventually.Is(
            () => house.Api(HttpMethod.Get, $"/api/enrolments/{pupil}"),
            e => e.GetProperty("placements").EnumerateArray().Any(p => p.GetProperty("status").GetString() == "offered")
        );
        var parent = enrolment.GetProperty("guardians")[0].GetProperty("email").GetString()!;
        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/modules/{Module(stages[0])}/place", null, "family", parent), _ => true);
        var offer = await house.Api(HttpMethod.Get, $"/api/offers/{stages[0].GetProperty("teacherOfferId").GetGuid()}");
        return new(
            campaign,
            stages[0].GetProperty("id").GetGuid(),
            Module(stages[0]),
            Module(stages[1]),
            pupil,
            parent,
            offer.GetProperty("teacher").GetProperty("email").GetString()!
        );
    }
}
