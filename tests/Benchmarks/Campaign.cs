using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using MassTransit;
using Stages.Contracts.Scheduling;
using Stages.Testing;

namespace Stages.Benchmarks;

/// <summary>A campaign told to the services as Scheduling tells it, and enrolments in it.</summary>
public static class Campaign
{
    public const string School = "0340008Z";

    /// <summary>Publishes an open campaign and waits until Enrolment accepts for it.</summary>
    public static async Task<Guid> Open(TestRealm realm, HttpClient enrolment)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(new Uri(realm.RabbitMq)));
        await bus.StartAsync();
        await bus.Publish(
            new CampaignOpened(
                id,
                1,
                "Printemps 2021",
                "Montpellier",
                "C",
                "Europe/Paris",
                [new("A", new DateOnly(2021, 4, 12)), new("B", new DateOnly(2021, 4, 19))],
                [new(9, 0), new(11, 15), new(14, 0), new(16, 15)],
                120,
                [],
                now.AddDays(-1),
                now.AddDays(30),
                ["6e", "5e", "4e", "3e"],
                [new("FR", "Français", ["6e", "5e", "4e", "3e"]), new("MATHS", "Mathématiques", ["6e", "5e", "4e", "3e"])],
                new CampaignRules()
            ),
            context => context.MessageId = id
        );
        await bus.StopAsync();
        await Eventually.True(async () => (await enrolment.PostAsync($"/api/campaigns/{id}/enrolments", Enrolment(0))).IsSuccessStatusCode);
        return id;
    }

    /// <summary>The body of one enrolment, as a family's browser sends it.</summary>
    public static HttpContent Enrolment(int number, string? email = null) =>
        JsonContent.Create(
            new
            {
                pupil = new
                {
                    firstName = $"Élève {BoardCampaign.Letters(number)}",
                    lastName = "D’Essai",
                    level = "6e",
                    schoolUai = School,
                    birthYear = 2009,
                },
                guardians = new[]
                {
                    new
                    {
                        name = "Parent D’Essai",
                        email = email ?? $"parent{number}@example.org",
                        language = "fr",
                    },
                },
                wishes = new[] { new { subject = "MATHS", rank = 1 }, new { subject = "FR", rank = 2 } },
                weeks = new[] { new { label = "A", preference = 2 }, new { label = "B", preference = 1 } },
                slots = new Dictionary<string, string[]>(StringComparer.Ordinal)
                {
                    ["A"] = ["MON-09:00", "TUE-09:00", "WED-09:00", "THU-09:00", "FRI-09:00"],
                    ["B"] = ["MON-14:00", "TUE-14:00", "WED-14:00", "THU-14:00"],
                },
                equipment = new { computer = false, connection = number % 9 == 0 },
                consent = true,
            },
            options: JsonSerializerOptions.Web
        );
}
