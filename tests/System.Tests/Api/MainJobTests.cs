using System.Globalization;
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
        output.Length.ShouldBeLessThan(100_000, string.Create(CultureInfo.InvariantCulture, $"{figures}"));
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
