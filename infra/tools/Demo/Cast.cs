using System.Globalization;
using System.Text.Json.Nodes;
using Stages.Generator;
using Stages.Vocabulary;

namespace Stages.Demo;

/// <summary>An enrolment about to be made.</summary>
/// <param name="Family">The account that signs in; null when a coordinator enrols on the family's behalf.</param>
public sealed record EnrolmentPart(JsonObject Body, (string Name, string Email)? Family, IReadOnlyList<string> Emails);

/// <summary>An offer about to be made by its teacher.</summary>
public sealed record OfferPart(JsonObject Body, string Name, string Email);

/// <summary>Gives the people of a drawn population names, addresses and the words of the API.</summary>
public static class Cast
{
    private static readonly Dictionary<string, (string Fr, string En)> SubjectNames = new(StringComparer.Ordinal)
    {
        ["FR"] = ("Français", "French"),
        ["MATHS"] = ("Mathématiques", "Mathematics"),
        ["ANG"] = ("Anglais", "English"),
        ["PC"] = ("Physique-chimie", "Physics and chemistry"),
        ["SVT"] = ("Sciences de la vie et de la Terre", "Life and earth sciences"),
        ["HG"] = ("Histoire-géographie", "History and geography"),
    };

    /// <summary>Families can enrol now, wherever its weeks lie.</summary>
    public static JsonObject Campaign(DateTimeOffset now, Fortnight fortnight) =>
        new()
        {
            ["name"] = $"Stages de réussite, {fortnight.Name}",
            ["academy"] = "Montpellier",
            ["zone"] = Fortnight.Zone,
            ["timeZone"] = "Europe/Paris",
            ["weeks"] = new JsonArray([
                .. fortnight.Weeks.Select(w => new JsonObject
                {
                    ["label"] = w.Label,
                    ["monday"] = w.Monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                }),
            ]),
            ["slotStarts"] = Strings(CampaignDefaults.SlotStarts.Select(s => s.ToString("HH:mm", CultureInfo.InvariantCulture))),
            ["closedDates"] = new JsonArray(),
            ["enrolmentOpens"] = Instant(now.AddMinutes(-5)),
            ["enrolmentCloses"] = Instant(now.AddDays(1)),
            ["levels"] = Strings(Population.Levels),
            ["subjects"] = new JsonArray([
                .. Population.Subjects.Select(code => new JsonObject
                {
                    ["code"] = code,
                    ["name"] = SubjectNames[code].Fr,
                    ["nameEn"] = SubjectNames[code].En,
                    ["levels"] = Strings(Population.LevelsOf(code)),
                }),
            ]),
            ["trustedDomains"] = new JsonArray(People.TeachersDomain),
            ["rules"] = new JsonObject
            {
                ["groupMin"] = CampaignDefaults.GroupMin,
                ["groupMax"] = CampaignDefaults.GroupMax,
                ["modulesMin"] = CampaignDefaults.ModulesMin,
                ["modulesMax"] = CampaignDefaults.ModulesMax,
                ["modulesPerDayMax"] = CampaignDefaults.ModulesPerDayMax,
                ["singleWeek"] = CampaignDefaults.SingleWeek,
            },
        };

    /// <summary>Siblings share their family; some families have two guardians who are both told, a few have a telephone only.</summary>
    public static IReadOnlyList<EnrolmentPart> Enrolments(Population population, int seed, Fortnight fortnight)
    {
        var people = new People(seed);
        var families = new Dictionary<int, (string Name, JsonArray Guardians, List<(string Name, string Email)> Reached)>();
        var parts = new List<EnrolmentPart>(population.Pupils.Count);
        for (var i = 0; i < population.Pupils.Count; i++)
        {
            var pupil = population.Pupils[i];
            var household = Math.Min(i, pupil.Sibling ?? i);
            if (!families.TryGetValue(household, out var family))
                families[household] = family = Family(people);
            // A school that recommends a pupil strongly has the coordinator enrol; so does a family without an e-mail address.
            var identified = pupil.Priority - (pupil.School.IsPriority ? 1 : 0) >= 4;
            var onBehalf = identified || family.Reached.Count == 0;
            var body = new JsonObject
            {
                ["pupil"] = new JsonObject
                {
                    ["firstName"] = people.FirstName(),
                    ["lastName"] = family.Name,
                    ["level"] = pupil.Level,
                    ["schoolUai"] = pupil.School.Uai,
                },
                ["guardians"] = family.Guardians.DeepClone(),
                ["wishes"] = new JsonArray([
                    .. pupil.Wishes.Select((subject, rank) => new JsonObject { ["subject"] = subject, ["rank"] = rank + 1 }),
                ]),
                ["weeks"] = new JsonArray([.. pupil.Weeks.Select(w => new JsonObject { ["label"] = w.Key, ["preference"] = w.Value })]),
                ["slots"] = new JsonObject(
                    pupil.Slots.Select(w =>
                        KeyValuePair.Create<string, JsonNode?>(w.Key, Strings(fortnight.Held(w.Key, w.Value).Select(h => h.Slot)))
                    )
                ),
                ["siblingsTogether"] = pupil.Sibling is not null,
                ["equipment"] = new JsonObject { ["computer"] = people.Chance(.1), ["connection"] = people.Chance(.05) },
                ["consent"] = true,
                // Names are drawn: two who are called alike are two.
                ["anotherChild"] = true,
            };
            if (identified)
                body["identifiedBySchool"] = true;
            parts.Add(new EnrolmentPart(body, onBehalf ? null : family.Reached[0], [.. family.Reached.Select(g => g.Email)]));
        }
        return parts;
    }

    public static IReadOnlyList<OfferPart> Offers(Population population, int seed, Fortnight fortnight)
    {
        var people = new People(seed + 1);
        return
        [
            .. population.Offers.Select(offer =>
            {
                var (name, email) = people.Teacher();
                return new OfferPart(
                    new JsonObject
                    {
                        ["teacher"] = new JsonObject { ["name"] = name, ["email"] = email },
                        ["teaches"] = new JsonArray([
                            .. offer.Teaches.Select(t => new JsonObject { ["subject"] = t.Subject, ["levels"] = Strings(t.Levels) }),
                        ]),
                        ["slots"] = new JsonObject(
                            offer.Slots.Select(week =>
                                KeyValuePair.Create<string, JsonNode?>(
                                    week.Key,
                                    new JsonArray([
                                        .. fortnight
                                            .Held(week.Key, week.Value)
                                            .Select(held => new JsonObject
                                            {
                                                ["slot"] = held.Slot,
                                                ["preference"] = offer.Preferred[week.Key].Contains(held.Number) ? "preferred" : "possible",
                                            }),
                                    ])
                                )
                            )
                        ),
                        ["limits"] = new JsonObject { ["stagesPerWeek"] = offer.StagesPerWeek, ["groupMax"] = offer.GroupMax },
                    },
                    name,
                    email
                );
            }),
        ];
    }

    private static (string Name, JsonArray Guardians, List<(string Name, string Email)> Reached) Family(People people)
    {
        var name = people.FamilyName();
        var guardians = new JsonArray();
        var reached = new List<(string Name, string Email)>();
        var phoneOnly = people.Chance(.02);
        for (var i = people.Chance(.3) && !phoneOnly ? 2 : 1; i > 0; i--)
        {
            var (guardian, email) = people.Guardian(name);
            var entry = new JsonObject { ["name"] = guardian, ["language"] = people.Chance(.04) ? "en" : "fr" };
            if (phoneOnly || people.Chance(.5))
                entry["phone"] = people.Phone();
            if (!phoneOnly)
            {
                entry["email"] = email;
                reached.Add((guardian, email));
            }
            guardians.Add(entry);
        }
        return (name, guardians, reached);
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(v => JsonValue.Create(v))]);
}
