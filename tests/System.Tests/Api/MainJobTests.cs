using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Api;

/// <summary>
/// The demonstration itself, small: from enrolment to published timetables in mailboxes and calendars, through the public API
/// alone.
/// </summary>
public sealed class MainJobTests(Stack stack) : IClassFixture<Stack>
{
    [Fact]
    public async Task a_campaign_goes_from_enrolment_to_everybodys_mailbox_and_calendar()
    {
        var (output, _) = await Demonstration.Play(stack, pupils: 60, seed: 7);

        var figures = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(stack.Data, "demo.json"))).RootElement;
        long Figure(string name) => figures.GetProperty(name).GetInt64();
        Figure("enrolments").ShouldBe(60);
        Figure("placedWishes").ShouldBeGreaterThan(10);
        Figure("bound").ShouldBeGreaterThanOrEqualTo(Figure("placedWeight"));
        Figure("published").ShouldBeGreaterThan(0);
        Figure("published").ShouldBe(Figure("stages"));
        Figure("mailsDelivered").ShouldBe(Directory.EnumerateFiles(stack.MailFolder, "*.eml").LongCount());
        Figure("mailsDelivered").ShouldBeGreaterThan(60);
        Figure("calendarEvents").ShouldBeGreaterThanOrEqualTo(3 * Figure("published"));
        await EveryDrawIsRight();
        output.Length.ShouldBeLessThan(100_000, string.Create(CultureInfo.InvariantCulture, $"{figures}"));
    }

    /// <summary>As a family would check it, with a script that knows nothing of ours.</summary>
    private async Task EveryDrawIsRight()
    {
        using var coordinator = stack.Client("coordinator", "coordinator@example.org");
        var campaign = (await coordinator.GetFromJsonAsync<JsonElement>("/api/campaigns")).GetProperty("items")[0];
        var enrolments = await coordinator.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign.GetProperty("id")}/enrolments");
        foreach (var enrolment in enrolments.GetProperty("items").EnumerateArray().Take(5))
        {
            var id = enrolment.GetProperty("id").GetString()!;
            using var family = stack.Client("family", enrolment.GetProperty("guardians")[0].GetProperty("email").GetString()!);
            var draw = await Eventually.Is(
                () => family.GetFromJsonAsync<JsonElement>($"/api/enrolments/{id}/draw"),
                d => d.TryGetProperty("draw", out var told) && told.ValueKind == JsonValueKind.String
            );
            string Said(string name) => draw.GetProperty(name).GetString()!;
            Said("sealedSeed").ShouldBe(campaign.GetProperty("sealedSeed").GetString());
            string[] check = [Path.Combine(Servers.Checkout, "tests", "lot"), Said("sealedSeed"), Said("seed"), id, Said("draw")];
            using var script = Process.Start("bash", check);
            await script.WaitForExitAsync();
            script.ExitCode.ShouldBe(0);
        }
    }

    [Fact]
    public async Task a_class_of_today_is_entered_by_whoever_watches()
    {
        var (_, told) = await Demonstration.Play(stack, pupils: 60, seed: 7, "--class", "only");
        var addresses = told.Split().Where(w => w.Contains("/classroom/", StringComparison.Ordinal)).ToList();
        // Stages are held from Monday to Friday, and not at midnight.
        addresses.Count.ShouldBe(told.Contains("No class to enter", StringComparison.Ordinal) ? 0 : 3, told);
        using var http = new HttpClient();
        foreach (var address in addresses)
            (await http.GetStringAsync(new Uri(address))).ShouldContain("<html");
    }
}
