using System.Text.Json;
using Microsoft.Playwright;
using Npgsql;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>
/// A class that is held elsewhere is entered from the portal, in a real browser and under the page's own policy: what a form leads to must
/// be ours, so that an address of somebody else's needs a way that no policy stops.
/// </summary>
public sealed class EnterElsewhereTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    /// <summary>With all that makes a signature go wrong.</summary>
    private static readonly string[] Names = ["Zoë-Łucja D’Aragon", "李小龙 + ليلى", "Noé & \"l'ami\" 👩‍🏫 100 %"];

    [Theory]
    [InlineData("fr-FR", 360, false, Explicit = true)]
    [InlineData("en-GB", 1280, true)]
    public async Task everybody_arrives_with_their_own_name_and_role(string language, int width, bool script)
    {
        var stage = await Now(language);
        var place = $"/api/classroom/stages/{stage.Id}/place";
        await house.Api(HttpMethod.Put, place, new { kind = "bigBlueButton" });
        var pages = new List<IPage>();
        foreach (var (parent, name) in stage.Parents.Zip(Names))
        {
            var page = await house.Browser(width, 780, script, language, strict: true);
            await house.SignIn(page, parent, "family");
            await Enters(page, stage.Module, name, "VIEWER");
            pages.Add(page);
        }
        var teacher = await house.Browser(width, 780, script, language, strict: true);
        await house.SignIn(teacher, stage.Teacher, "teacher");
        await Enters(teacher, stage.Module, TeacherName, "MODERATOR");
        // Twice by the same link's page: a reload of the form's answer, as people do.
        await Enters(teacher, stage.Module, TeacherName, "MODERATOR");

        // The same doors lead to another place as soon as it is another.
        await house.Api(HttpMethod.Put, place, new { kind = "link", url = "https://jitsi.example.org/étage 2/{classe}?x=1&y=%20" });
        foreach (var page in pages.Append(teacher))
        {
            await page.Context.RouteAsync(
                url => url.StartsWith("https://jitsi.example.org/", StringComparison.Ordinal),
                route => route.FulfillAsync(new() { Body = "<p id=there>Jitsi</p>", ContentType = "text/html" })
            );
            await Presses(page, stage.Module);
            await page.Locator("#there").WaitForAsync();
            page.Url.ShouldStartWith("https://jitsi.example.org/%C3%A9tage%202/");
            page.Url.ShouldMatch("/[a-z]{3}-[a-z]{4}-[a-z]{3}\\?x=1&y=%20$");
        }
        // One room for all of a session.
        pages.Append(teacher).Select(p => p.Url).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
    }

    private const string TeacherName = "Élise O’Neill + ß";

    private async Task Enters(IPage page, Guid module, string name, string role)
    {
        await Presses(page, module);
        await page.Locator("#name").WaitForAsync();
        (await page.InnerTextAsync("#name")).ShouldBe(name);
        (await page.InnerTextAsync("#role")).ShouldBe(role);
        page.Url.ShouldStartWith(house.BigBlueButton.Url[..house.BigBlueButton.Url.IndexOf("/bigbluebutton", StringComparison.Ordinal)]);
    }

    private static async Task Presses(IPage page, Guid module)
    {
        await page.GotoAsync($"/seance/{module}");
        await page.ClickAsync("main form button[type=submit]");
    }

    private sealed record Running(Guid Id, Guid Module, string Teacher, IReadOnlyList<string> Parents);

    /// <summary>A published stage whose first session is now: its hour is moved where the class reads it, its names are harder.</summary>
    private async Task<Running> Now(string name)
    {
        var campaign = await house.Campaign(6, $"Vacances ailleurs {name}");
        await house.DraftTimetable(campaign);
        await house.Api(HttpMethod.Post, $"/api/campaigns/{campaign}/stages/approve", new { });
        await house.Api(HttpMethod.Post, $"/api/campaigns/{campaign}/publish", new { });
        var stage = (await house.Api(HttpMethod.Get, $"/api/campaigns/{campaign}/stages?status=published"))
            .GetProperty("items")
            .EnumerateArray()
            .MaxBy(s => s.GetProperty("pupils").GetArrayLength());
        var (id, module) = (stage.GetProperty("id").GetGuid(), stage.GetProperty("modules")[0].GetProperty("id").GetGuid());
        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/modules/{module}/attendance"), a => a.ValueKind == JsonValueKind.Object);
        var parents = new List<string>();
        foreach (
            var pupil in stage.GetProperty("pupils").EnumerateArray().Take(Names.Length).Select(p => p.GetProperty("enrolmentId").GetGuid())
        )
        {
            var enrolment = await house.Api(HttpMethod.Get, $"/api/enrolments/{pupil}");
            var parent = enrolment.GetProperty("guardians")[0].GetProperty("email").GetString()!;
            await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/modules/{module}/place", null, "family", parent), _ => true);
            await Change("mt_doc_pupilfamily", "jsonb_set(data, '{firstName}', to_jsonb($2::text))", pupil, Names[parents.Count]);
            parents.Add(parent);
        }
        var starts = TimeProvider.System.GetUtcNow().AddMinutes(-5).ToString("O");
        await Change("mt_doc_room", "jsonb_set(data, '{stage,teacherFirstName}', to_jsonb($2::text))", id, TeacherName);
        await Change("mt_doc_room", "jsonb_set(data, '{stage,modules,0,startsAt}', to_jsonb($2::text))", id, starts);
        await Change("mt_doc_classmodule", "jsonb_set(data, '{startsAt}', to_jsonb($2::text))", module, starts);
        var offer = await house.Api(HttpMethod.Get, $"/api/offers/{stage.GetProperty("teacherOfferId").GetGuid()}");
        return new(id, module, offer.GetProperty("teacher").GetProperty("email").GetString()!, parents);
    }

    private async Task Change(string table, string data, Guid id, string value)
    {
        await using var database = NpgsqlDataSource.Create(house.Postgres);
        await using var command = database.CreateCommand($"update classroom.{table} set data = {data} where id = $1");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(value);
        (await command.ExecuteNonQueryAsync()).ShouldBe(1, table);
    }
}
