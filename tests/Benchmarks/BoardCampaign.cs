using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Stages.Testing;

namespace Stages.Benchmarks;

/// <summary>
/// A campaign with a draft timetable, made through the public API as people would: of 1,600 pupils and 150 teachers some 500 stages for
/// some 3,000 wishes.
/// </summary>
public static class BoardCampaign
{
    private static readonly string[] Levels = ["6e", "5e", "4e", "3e"],
        Subjects = ["FR", "MA"];
    private static readonly string[] Slots =
    [
        .. new[] { "MON", "TUE", "WED", "THU", "FRI" }.SelectMany(d =>
            new[] { "09:00", "11:15", "14:00", "16:15" }.Select(t => $"{d}-{t}")
        ),
    ];
    private static readonly string[] FirstNames = ["Lina", "Noé", "Jade", "Adam", "Inès", "Léo", "Maya", "Yanis", "Zoé", "Sacha"],
        LastNames = ["Benali", "Martin", "Garcia", "Petit", "Roux", "Fabre", "Vidal", "Costa"];

    public static async Task<Guid> Open(HttpClient coordinator, int pupils, int teachers)
    {
        var now = TimeProvider.System.GetUtcNow();
        // February has no public holiday in France, so that every slot is open whenever this runs.
        var monday = new DateOnly(now.UtcDateTime.Year + 1, 2, 1);
        while (monday.DayOfWeek != DayOfWeek.Monday)
            monday = monday.AddDays(1);
        var campaign = (
            await Post(
                coordinator,
                "/api/campaigns",
                new
                {
                    name = "Cinq cents stages",
                    academy = "Montpellier",
                    zone = "C",
                    timeZone = "Europe/Paris",
                    weeks = new[] { new { label = "A", monday }, new { label = "B", monday = monday.AddDays(7) } },
                    enrolmentOpens = now.AddDays(-1),
                    enrolmentCloses = now.AddDays(10),
                    levels = Levels,
                    subjects = new[]
                    {
                        new
                        {
                            code = "FR",
                            name = "Français",
                            nameEn = "French",
                        },
                        new
                        {
                            code = "MA",
                            name = "Mathématiques",
                            nameEn = "Mathematics",
                        },
                    },
                    trustedDomains = new[] { "ac-montpellier.fr" },
                }
            )
        ).GetProperty("id").GetGuid();
        var school = (await coordinator.GetFromJsonAsync<JsonElement>("/api/schools?search=montpellier&level=6e"))
            .GetProperty("items")[0]
            .GetProperty("uai")
            .GetString()!;
        await Parallel.ForAsync(
            0,
            teachers,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (i, _) => await Post(coordinator, $"/api/campaigns/{campaign}/offers", Offer(i, school))
        );
        // The first enrolment waits until Enrolment has heard of the campaign.
        await Eventually.True(async () =>
            (await coordinator.PostAsJsonAsync($"/api/campaigns/{campaign}/enrolments", Enrolment(0, school))).IsSuccessStatusCode
        );
        await Parallel.ForAsync(
            1,
            pupils,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (i, _) => await Post(coordinator, $"/api/campaigns/{campaign}/enrolments", Enrolment(i, school))
        );
        await Eventually.Is(
            async () =>
                (await coordinator.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/demand")).GetProperty("enrolments").GetInt32(),
            n => n == pupils,
            TimeSpan.FromMinutes(10)
        );

        var run = (await Post(coordinator, $"/api/campaigns/{campaign}/pairings", new { budgetSeconds = 10, keep = "none" }))
            .GetProperty("id")
            .GetGuid();
        await Eventually.Is(
            async () =>
                (await coordinator.GetFromJsonAsync<JsonElement>($"/api/pairings/{run}?summary=true")).GetProperty("status").GetString(),
            s => s == "done",
            TimeSpan.FromMinutes(3)
        );
        await Post(coordinator, $"/api/pairings/{run}/adopt", new { });
        return campaign;
    }

    /// <summary>A name has no number in it.</summary>
    public static string Letters(int number) =>
        string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => (char)('A' + digit - '0')));

    private static object Offer(int i, string school) =>
        new
        {
            teacher = new
            {
                name = $"{FirstNames[i % 10]} {LastNames[i % 8]} {Letters(i)}",
                email = $"prof{i}@ac-montpellier.fr",
                schoolUai = school,
            },
            teaches = new[] { new { subject = Subjects[i % 2], levels = i / 2 % 2 == 0 ? Levels[..2] : Levels[2..] } },
            slots = Both(Slots.Where((_, s) => (s + i) % 5 != 0).Select(s => new { slot = s, preference = "possible" }).ToArray()),
            limits = new { stagesPerWeek = 2 },
        };

    private static object Enrolment(int i, string school) =>
        new
        {
            pupil = new
            {
                firstName = FirstNames[i * 7 % 10],
                lastName = $"{LastNames[i % 8]} {Letters(i)}",
                level = Levels[i % 4],
                schoolUai = school,
            },
            guardians = new[]
            {
                new
                {
                    name = "Un parent",
                    email = $"parent{i}@example.org",
                    language = "fr",
                },
            },
            wishes = new[] { new { subject = Subjects[i % 2], rank = 1 }, new { subject = Subjects[(i + 1) % 2], rank = 2 } },
            weeks = new[] { new { label = "A", preference = 1 + (i / 4 % 2) }, new { label = "B", preference = 2 - (i / 4 % 2) } },
            slots = Both(Slots.Where((_, s) => (s * 3 + i) % 7 != 0).ToArray()),
            consent = true,
        };

    /// <summary>The same in both weeks; a dictionary, since names of members would be written in small letters.</summary>
    private static Dictionary<string, T> Both<T>(T slots) => new(StringComparer.Ordinal) { ["A"] = slots, ["B"] = slots };

    private static async Task<JsonElement> Post(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"POST {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
