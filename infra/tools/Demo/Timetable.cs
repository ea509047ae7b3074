using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Ical.Net;
using Stages.LocalRun;

namespace Stages.Demo;

/// <summary>A stage of the campaign's timetable, as the coordinator reads it.</summary>
public sealed record StageView(
    string Id,
    string OfferId,
    string Status,
    IReadOnlyList<(string Id, string Date, string Start)> Modules,
    IReadOnlyList<string> Enrolments
);

/// <summary>The adopted timetable: approved, published, and looked up in the calendars of those whom it concerns.</summary>
public sealed class Timetable(Api api, Screen screen, LocalTokens tokens, string coordinator, string campaign)
{
    public IReadOnlyList<StageView> Stages { get; private set; } = [];

    public int Published => Stages.Count(s => s.Status == "published");

    public IEnumerable<string> PlacedEnrolments => Stages.SelectMany(s => s.Enrolments).Distinct(StringComparer.Ordinal);

    public async Task ApproveAndPublish(int atOnce, TimeSpan patience)
    {
        await screen.Until(
            "the proposal becomes the draft timetable",
            patience,
            async () =>
            {
                await Read();
                return (Stages.Count > 0, $"The draft timetable has {Stages.Count} stages.");
            }
        );
        var approved = 0;
        await Parallel.ForEachAsync(
            Stages,
            new ParallelOptions { MaxDegreeOfParallelism = atOnce },
            async (stage, _) =>
            {
                await api.Post($"/api/stages/{stage.Id}/approve", coordinator);
                screen.Progress($"{Interlocked.Increment(ref approved)} of {Stages.Count} stages approved");
            }
        );
        await api.Post($"/api/campaigns/{campaign}/publish", coordinator);
        await screen.Until(
            "every approved stage is published",
            patience,
            async () =>
            {
                await Read();
                return (
                    Published == Stages.Count,
                    $"{Published} of {Stages.Count} stages published, {Stages.Sum(s => s.Modules.Count)} modules."
                );
            }
        );
    }

    /// <summary>Reads the feed of everybody who attends something until each holds all that this person attends.</summary>
    /// <returns>How many published modules stand in the calendars.</returns>
    public async Task<int> ReadCalendars(
        IReadOnlyDictionary<string, EnrolmentPart> enrolled,
        IReadOnlyDictionary<string, OfferPart> offered,
        int atOnce,
        TimeSpan patience
    )
    {
        var attends = new Dictionary<(string Role, string Email, string Name), HashSet<string>>();
        foreach (var stage in Stages.Where(s => s.Status == "published"))
        {
            var teacher = offered[stage.OfferId];
            Add(("teacher", teacher.Email, teacher.Name), stage);
            foreach (var enrolment in stage.Enrolments)
            foreach (var email in enrolled[enrolment].Emails)
                Add(("family", email, ""), stage);
        }
        var links = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var found = new ConcurrentDictionary<string, byte>(StringComparer.Ordinal);
        var (entries, right) = (0, 0);
        await screen.Until(
            "every published module is in the calendars",
            patience,
            async () =>
            {
                found.Clear();
                (entries, right) = (0, 0);
                await Parallel.ForEachAsync(
                    attends,
                    new ParallelOptions { MaxDegreeOfParallelism = atOnce },
                    async (person, _) =>
                    {
                        var (role, email, name) = person.Key;
                        if (!links.TryGetValue(email, out var link))
                            links[email] = link = (await api.Get("/api/me/calendar", tokens.For(role, email, name)))[
                                "url"
                            ]!.GetValue<string>();
                        var feed = Calendar.Load(await api.Text(link)) ?? throw new ApiFailure($"{link} is not a calendar");
                        // The feed of somebody who took part in an earlier campaign holds more than this one.
                        var here = person
                            .Value.Where(module => feed.Events.Any(e => e.Uid!.Contains(module, StringComparison.OrdinalIgnoreCase)))
                            .ToList();
                        foreach (var module in here)
                            found[module] = 0;
                        Interlocked.Add(ref entries, here.Count);
                        if (here.Count == person.Value.Count)
                            Interlocked.Increment(ref right);
                        screen.Progress($"{right} calendars read");
                    }
                );
                return (
                    right == attends.Count && found.Count == Stages.Sum(s => s.Modules.Count),
                    $"{found.Count} published modules in {attends.Count} people's calendars, "
                        + $"{entries} entries in all; {attends.Count - right} calendars not yet as the timetable."
                );
            }
        );
        return found.Count;

        void Add((string, string, string) person, StageView stage)
        {
            if (!attends.TryGetValue(person, out var modules))
                attends[person] = modules = new HashSet<string>(StringComparer.Ordinal);
            modules.UnionWith(stage.Modules.Select(m => m.Id));
        }
    }

    private async Task Read() => Stages = [.. (await api.List($"/api/campaigns/{campaign}/stages", coordinator)).Select(View)];

    private static StageView View(JsonNode stage) =>
        new(
            Text(stage, "id"),
            Text(stage, "teacherOfferId"),
            Text(stage, "status"),
            [.. stage["modules"]!.AsArray().Select(m => (Text(m!, "id"), Text(m!, "date"), Text(m!, "start")))],
            [.. stage["pupils"]!.AsArray().Select(p => Text(p!, "enrolmentId"))]
        );

    private static string Text(JsonNode node, string name) =>
        node[name]?.GetValue<string>() ?? throw new ApiFailure($"A stage without {name}: {node.ToJsonString()}");
}
