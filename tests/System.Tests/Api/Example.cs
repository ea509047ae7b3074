using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Stages.Testing;

namespace Stages.SystemTests.Api;

/// <summary>What a test hands in when it is about something else.</summary>
public static class Example
{
    public static Dictionary<string, T[]> InWeekA<T>(params T[] slots) => new(StringComparer.Ordinal) { ["A"] = slots };

    public static object Campaign(string name)
    {
        var now = TimeProvider.System.GetUtcNow();
        var monday = DateOnly.FromDateTime(now.UtcDateTime).AddDays(28 + (8 - (int)now.DayOfWeek) % 7);
        return new
        {
            name,
            academy = "Montpellier",
            zone = "C",
            timeZone = "Europe/Paris",
            weeks = new[] { new { label = "A", monday }, new { label = "B", monday = monday.AddDays(7) } },
            slotStarts = new[] { "09:00", "14:00" },
            closedDates = Array.Empty<DateOnly>(),
            enrolmentOpens = now.AddDays(-1),
            enrolmentCloses = now.AddDays(10),
            levels = new[] { "6e" },
            subjects = new[]
            {
                new
                {
                    code = "FR",
                    name = "Français",
                    levels = new[] { "6e" },
                },
            },
            rules = new
            {
                groupMin = 3,
                groupMax = 6,
                modulesMin = 3,
                modulesMax = 4,
                modulesPerDayMax = 1,
                singleWeek = true,
            },
        };
    }

    /// <summary>As soon as Enrolment has heard of it: a level that it does not have is refused only then.</summary>
    public static async Task<Guid> Opened(HttpClient coordinator, string name)
    {
        using var answer = await coordinator.PostAsJsonAsync("/api/campaigns", Campaign(name));
        var id = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await Eventually.Is(
            () => coordinator.PostAsJsonAsync($"/api/campaigns/{id}/enrolments", AtLevel("CM2", "Personne", "Personne")),
            a => a.StatusCode == HttpStatusCode.UnprocessableEntity
        );
        return id;
    }

    public static object Enrolment(string first, string last = "Exemple", params string[] guardians) =>
        AtLevel("6e", first, last, guardians);

    private static object AtLevel(string level, string first, string last, params string[] guardians) =>
        new
        {
            pupil = new
            {
                firstName = first,
                lastName = last,
                level,
                schoolUai = "0340008Z",
            },
            // Without an address a family is reached by its school.
            guardians = guardians.Length == 0
                ? [new { name = "Un parent" }]
                : guardians.Select(g => (object)new { name = "Un parent", email = g }).ToArray(),
            wishes = new[] { new { subject = "FR", rank = 1 } },
            weeks = new[] { new { label = "A", preference = 2 } },
            slots = InWeekA("MON-09:00", "TUE-09:00", "WED-09:00"),
            consent = true,
            anotherChild = true,
        };
}
