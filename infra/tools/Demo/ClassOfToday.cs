using System.Globalization;
using System.Text.Json.Nodes;
using Stages.Generator;
using Stages.LocalRun;
using Stages.Vocabulary;

namespace Stages.Demo;

/// <summary>A class that begins in ten minutes, to be entered as its teacher and as a pupil: a small campaign of this very day.</summary>
public sealed class ClassOfToday(Api api, LocalTokens tokens, string coordinator, Screen screen, TimeProvider clock)
{
    private const int Pupils = 3;

    private const string Teacher = $"claire.demonstration@{People.TeachersDomain}";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Doors open a quarter of an hour before, so at once.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Least = TimeSpan.FromMinutes(30);

    public async Task Begin()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(CampaignDefaults.TimeZone);
        var now = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone);
        var start = now.Add(Ahead);
        var lasts = TimeSpan.FromMinutes(Math.Min(120, (int)(TimeSpan.FromDays(1) - start.TimeOfDay).TotalMinutes - 1));
        if (start.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || start.Date != now.Date || lasts < Least)
        {
            screen.Line("No class to enter: stages are held from Monday to Friday, and not at midnight.");
            return;
        }
        var slot = $"{start.DayOfWeek.ToString()[..3].ToUpperInvariant()}-{start.ToString("HH:mm", CultureInfo.InvariantCulture)}";
        var campaign = await Open(now, start, lasts);
        var families = await Enrol(campaign, slot);
        var module = await Publish(campaign, slot);
        screen.Line($"A class begins at {start:HH:mm}. Each address opens once, in a window of its own:");
        screen.Line($"  as its teacher   {await Enter(module, tokens.For("teacher", Teacher, "Claire Démonstration"))}");
        screen.Line($"  as a pupil       {await Enter(module, families[0])}");
        screen.Line($"  as another       {await Enter(module, families[1])}");
        await FillLibrary(campaign);
    }

    /// <summary>Something that its teacher finds at hand, and its families on their pages; the room stands by now.</summary>
    private async Task FillLibrary(string campaign)
    {
        var link = new JsonObject
        {
            ["title"] = "Lumni : réviser les mathématiques",
            ["about"] = "Vidéos et jeux courts, à regarder avant ou après la séance",
            ["subject"] = "MATHS",
            ["levels"] = new JsonArray("6e"),
            ["link"] = "https://www.lumni.fr/college",
        };
        var teacher = tokens.For("teacher", Teacher, "Claire Démonstration");
        var id = Play.Id(await api.Post($"/api/classroom/campaigns/{campaign}/resources", teacher, link));
        await api.Post($"/api/classroom/resources/{id}/accept", coordinator);
        screen.Line("The library has a link for it, which the teacher can hand out under “Fichiers”.");
    }

    private async Task<string> Open(DateTimeOffset now, DateTimeOffset start, TimeSpan lasts)
    {
        var monday = DateOnly.FromDateTime(now.Date).AddDays(-(((int)now.DayOfWeek + 6) % 7));
        var body = Cast.Campaign(now, new Fortnight("", [("A", monday)], new HashSet<DateOnly>()));
        body["name"] = $"Séance d’essai du {now.ToString("d MMMM", CultureInfo.GetCultureInfo("fr-FR"))}";
        body["slotStarts"] = new JsonArray(start.ToString("HH:mm", CultureInfo.InvariantCulture));
        body["moduleMinutes"] = (int)lasts.TotalMinutes;
        body["rules"] = new JsonObject
        {
            ["groupMin"] = Pupils,
            ["groupMax"] = 6,
            ["modulesMin"] = 1,
            ["modulesMax"] = 1,
            ["modulesPerDayMax"] = 1,
            ["singleWeek"] = true,
        };
        return Play.Id(await api.Post("/api/campaigns", coordinator, body));
    }

    /// <returns>Tokens of the families.</returns>
    private async Task<IReadOnlyList<string>> Enrol(string campaign, string slot)
    {
        var families = new List<string>();
        foreach (var first in new[] { "Inès", "Noah", "Élio" })
        {
            var email = string.Create(CultureInfo.InvariantCulture, $"famille.demonstration{families.Count + 1}@example.org");
            families.Add(tokens.For("family", email, "Un parent"));
            var body = new JsonObject
            {
                ["pupil"] = new JsonObject
                {
                    ["firstName"] = first,
                    ["lastName"] = "Démonstration",
                    ["level"] = "6e",
                    ["schoolUai"] = "0340008Z",
                },
                ["guardians"] = new JsonArray(new JsonObject { ["name"] = "Un parent", ["email"] = email }),
                ["wishes"] = new JsonArray(new JsonObject { ["subject"] = "MATHS", ["rank"] = 1 }),
                ["weeks"] = new JsonArray(new JsonObject { ["label"] = "A", ["preference"] = 2 }),
                ["slots"] = new JsonObject { ["A"] = new JsonArray(slot) },
                ["consent"] = true,
            };
            await screen.Until(
                "the campaign reaches Enrolment",
                Patience,
                async () => (await Try(campaign, families[^1], body), $"{first} is enrolled.")
            );
        }
        return families;
    }

    private async Task<bool> Try(string campaign, string family, JsonObject body)
    {
        try
        {
            await api.Post($"/api/campaigns/{campaign}/enrolments", family, body);
            return true;
        }
        catch (ApiFailure e) when (e.Message.Contains("no-such-campaign", StringComparison.Ordinal))
        {
            return false;
        }
    }

    /// <returns>The one module of the one stage.</returns>
    private async Task<string> Publish(string campaign, string slot)
    {
        var offer = new JsonObject
        {
            ["teacher"] = new JsonObject { ["name"] = "Claire Démonstration", ["email"] = Teacher },
            ["teaches"] = new JsonArray(new JsonObject { ["subject"] = "MATHS", ["levels"] = new JsonArray("6e") }),
            ["slots"] = new JsonObject { ["A"] = new JsonArray(new JsonObject { ["slot"] = slot, ["preference"] = "preferred" }) },
            ["limits"] = new JsonObject { ["stagesPerWeek"] = 1, ["groupMax"] = 6 },
        };
        await api.Post($"/api/campaigns/{campaign}/offers", tokens.For("teacher", Teacher, "Claire Démonstration"), offer);
        await screen.Until(
            "the pupils reach Scheduling",
            Patience,
            async () =>
                (
                    (await api.Get($"/api/campaigns/{campaign}/demand", coordinator))["enrolments"]!.GetValue<int>() == Pupils,
                    "All are known."
                )
        );
        var run = Play.Id(
            await api.Post($"/api/campaigns/{campaign}/pairings", coordinator, new JsonObject { ["budgetSeconds"] = 1, ["keep"] = "none" })
        );
        await screen.Until(
            "the group is formed",
            Patience,
            async () =>
                ((await api.Get($"/api/pairings/{run}", coordinator))["status"]!.GetValue<string>() == "done", "The group is formed.")
        );
        await api.Post($"/api/pairings/{run}/adopt", coordinator);
        var timetable = new Timetable(api, screen, tokens, coordinator, campaign);
        await timetable.ApproveAndPublish(1, Patience);
        return timetable.Stages.Single().Modules.Single().Id;
    }

    private async Task<string> Enter(string module, string token)
    {
        var address = "";
        await screen.Until(
            "the room stands",
            Patience,
            async () =>
            {
                try
                {
                    address = (await api.Post($"/api/modules/{module}/join", token))["url"]!.GetValue<string>();
                    return (true, "");
                }
                catch (ApiFailure)
                {
                    return (false, "The room is being prepared");
                }
            }
        );
        return address;
    }
}
