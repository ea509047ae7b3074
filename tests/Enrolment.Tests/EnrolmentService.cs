using Stages.Contracts.Scheduling;
using Stages.Testing;

[assembly: Xunit.AssemblyFixture(typeof(Stages.Enrolments.Tests.EnrolmentService))]

namespace Stages.Enrolments.Tests;

/// <summary>The Enrolment service on real servers, with one open and one closed campaign that Scheduling told it of.</summary>
public sealed class EnrolmentService : ServiceUnderTest<Program>
{
    private bool told;

    /// <summary>One account stands for many families here; the caps are tried by value, and with accounts of their own.</summary>
    protected override IEnumerable<KeyValuePair<string, string>> ExtraSettings => [new("Caps:EnrolmentsPerFamily", "100000")];

    public Guid Open { get; } = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public Guid Closed { get; } = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    /// <summary>Tells the campaigns once and waits until the service accepts them.</summary>
    public async Task TellCampaigns()
    {
        if (told)
            return;
        var now = TimeProvider.System.GetUtcNow();
        await Publish(Some.Campaign(Open, now.AddDays(-1), now.AddDays(1)));
        await Publish(Some.Campaign(Closed, now.AddDays(-9), now.AddDays(-2)));
        await Eventually.Is(
            async () =>
            {
                using var client = Client("family", "probe@example.org");
                using var open = await client.PostAsJsonAsync($"/api/campaigns/{Open}/enrolments", Some.Request());
                using var closed = await client.PostAsJsonAsync($"/api/campaigns/{Closed}/enrolments", Some.Request());
                return (open.StatusCode, closed.StatusCode);
            },
            answers => answers is (HttpStatusCode.Created, HttpStatusCode.Conflict)
        );
        told = true;
    }
}

/// <summary>Plausible things, made from as few words as possible.</summary>
public static class Some
{
    public const string School = "0340008Z";

    public static Guid Id() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public static CampaignOpened Campaign(Guid id, DateTimeOffset opens, DateTimeOffset closes) =>
        new(
            id,
            1,
            "Printemps 2021",
            "Montpellier",
            "C",
            "Europe/Paris",
            [new("A", new DateOnly(2021, 4, 12)), new("B", new DateOnly(2021, 4, 19))],
            [new(9, 0), new(11, 15), new(14, 0), new(16, 15)],
            120,
            [new DateOnly(2021, 4, 16)],
            opens,
            closes,
            ["CP", "CE1", "CE2", "CM1", "CM2", "6e", "5e", "4e", "3e"],
            [
                new("FR", "Français", ["CP", "CM1", "6e", "3e"], "French"),
                new("MATHS", "Mathématiques", ["CP", "CM1", "6e", "3e"], "Mathematics"),
                new("PC", "Physique-chimie", ["3e"]),
            ],
            new CampaignRules()
        );

    public static PlaceModule Module(DateOnly day) => new(Id(), day, new TimeOnly(9, 0), new TimeOnly(11, 0), default, default, 0);

    private static int children;

    /// <summary>Each time another child.</summary>
    public static EnrolmentRequest Request(string firstName = "Zoé", string email = "parent@example.org") =>
        new(
            new Pupil(firstName, "L’Hérault " + Letters(Interlocked.Increment(ref children)), "6e", School, 2009),
            [new Guardian("Anne L’Hérault", email)],
            [new Wish("MATHS", 1), new Wish("FR", 2)],
            [new WeekWanted("A", 2), new WeekWanted("B", 1)],
            new Dictionary<string, string[]>(StringComparer.Ordinal)
            {
                ["A"] = ["MON-09:00", "TUE-09:00", "WED-09:00"],
                ["B"] = ["MON-14:00", "TUE-14:00", "WED-14:00"],
            },
            Consent: true
        );

    private static string Letters(int number) =>
        string.Concat(number.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(digit => (char)('A' + digit - '0')));
}
