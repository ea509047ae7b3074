using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Npgsql;
using Shouldly;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>
/// The pages by which people know where they stand, as they look in both languages: errors with their number and a way on, one's sessions
/// and second factor, the queue of teachers, the audit log, what is kept how long. No sideways scrolling, nothing that axe finds.
/// </summary>
public sealed partial class TrustPagesTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    [Theory]
    [InlineData("fr-FR", 360)]
    [InlineData("en-GB", 1280, Explicit = true)]
    public async Task an_error_is_a_page_with_a_number_and_a_way_on(string language, int width)
    {
        var page = await house.Browser(width, 780, language: language);
        var see = new Look(house, page, $"errors-{width}-{language}", script: true);
        var email = $"errors-{width}-{language.ToLowerInvariant()}@account.example";
        await house.SignIn(page, email, "family");
        await Shows(404, page.GotoAsync("/famille/inscriptions/01a21414-aee1-70a3-a232-6cdabda698fc"));
        await Shows(403, page.GotoAsync("/administration/personnes"));

        // A form that stood open for too long: its cookie has gone.
        await page.GotoAsync("/famille/donnees");
        await page.Context.ClearCookiesAsync(new() { Name = "stages-form" });
        await page.CheckAsync("input[name=sure]");
        await Shows(410, Sent("main form button"));
        await page.ClickAsync("main a.button");
        await page.Arrives("**/famille/donnees");

        // What it asks for was done meanwhile, in another browser.
        var elsewhere = await house.Browser(1280, 800);
        await house.SignIn(elsewhere, email, "family");
        await page.GotoAsync("/compte");
        await see.Page("sessions");
        await elsewhere.ClickAsync("form[action='/deconnexion'] button");
        await elsewhere.Arrives(url => new Uri(url).AbsolutePath == "/");
        await Shows(409, Sent(".lines form button"));
        await page.ClickAsync("main a.button");
        await page.Arrives("**/compte");

        // A fault of ours: what is kept of this one person cannot be read.
        await using var database = NpgsqlDataSource.Create(house.Postgres);
        var person = (await house.Api(HttpMethod.Get, "/api/me", role: "family", email: email)).GetProperty("id").GetGuid();
        await using (
            var broken = database.CreateCommand(
                "insert into portal.mt_doc_linkedaccount (id, data) "
                    + $"values (gen_random_uuid(), '{{\"person\":\"{person}\",\"since\":\"?\"}}')"
            )
        )
            await broken.ExecuteNonQueryAsync();
        await Shows(500, page.GotoAsync("/compte"));

        async Task Shows(int status, Task<IResponse?> answer)
        {
            (await answer)!.Status.ShouldBe(status);
            Number().IsMatch(await page.InnerTextAsync("main code")).ShouldBeTrue();
            await see.Page(status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        async Task<IResponse?> Sent(string button) =>
            await page.RunAndWaitForResponseAsync(() => page.ClickAsync(button), r => r.Request.Method == "POST");
    }

    [Theory]
    [InlineData("fr-FR", 1280)]
    [InlineData("en-GB", 360, Explicit = true)]
    public async Task staff_see_their_second_factor_the_queue_of_teachers_and_the_audit_log(string language, int width)
    {
        var campaign = await house.Campaign(0, $"Vacances {language} {width}");
        await house.Api(
            HttpMethod.Post,
            $"/api/campaigns/{campaign}/offers",
            new
            {
                teacher = new { name = "Lou Vasseur", email = $"lou-{width}@nobody.example" },
                teaches = new[] { new { subject = "MA", levels = House.Levels } },
                slots = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["A"] = new[] { "MON", "TUE", "WED" }.Select(d => new { slot = $"{d}-09:00", preference = "possible" }),
                },
                limits = new { stagesPerWeek = 1 },
            },
            "teacher",
            $"lou-{width}@nobody.example"
        );
        var page = await house.Browser(width, 780, language: language);
        var see = new Look(house, page, $"staff-{width}-{language}", script: true);
        var staff = house.NewCoordinator();
        await house.SignIn(page, staff, "coordinator");
        await page.GotoAsync("/compte/double-authentification");
        await see.Page("factors");
        await page.ClickAsync("form:has(input[name=instead]) button");
        await page.Locator(".codes").WaitForAsync();
        await see.Page("codes");
        await page.GotoAsync("/compte");
        await see.Page("sessions");
        await page.GotoAsync($"/coordination/{campaign}/acceptation");
        await see.Page("queue");
        await page.ClickAsync("main .list a, main .lines a, main .card a");
        await page.Arrives("**/acceptation/*");
        await see.Page("teacher");

        var half = await house.Browser(width, 780, language: language);
        await house.ProveAddress(half, staff, "coordinator");
        await new Look(house, half, $"half-{width}-{language}", script: true).Page("step");
        var admin = await house.Browser(width, 780, language: language);
        await house.SignIn(admin, house.NewCoordinator(), "coordinator");
        var seen = new Look(house, admin, $"admin-{width}-{language}", script: true);
        foreach (var address in (string[])["/administration/journal", "/administration/personnes", "/administration/territoires"])
        {
            await admin.GotoAsync(address);
            await seen.Page(address.Split('/')[^1]);
        }
        foreach (var address in (string[])["/confidentialite", "/confidentialite/registre", "/connexion", "/connexion/code"])
        {
            await admin.GotoAsync(address);
            await seen.Page(address.Replace('/', '-'));
        }
    }

    [GeneratedRegex("^[0-9a-f]{10}$", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
