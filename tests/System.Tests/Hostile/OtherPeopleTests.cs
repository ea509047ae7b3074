using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using Shouldly;
using Stages.SystemTests.Api;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Hostile;

/// <summary>
/// Every operation of the published document and every page, as nobody, a stranger, a family, a teacher and a coordinator of another
/// territory, with ids of objects that are not theirs in the address and in the body: nothing of other people is told, nothing of theirs
/// changes, nobody is answered with a fault. An operation of tomorrow is tried too; an address whose object is unknown here fails.
/// </summary>
[Trait("Walk", "hostile")]
public sealed partial class OtherPeopleTests(Populated world) : IClassFixture<Populated>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task nothing_of_other_people_is_told_and_nothing_of_theirs_changes()
    {
        await world.Fill();
        var (people, foreign, own) = Cast();
        using var reader = world.Client();
        var api = await PublishedApi.Read(reader);
        var before = await Happenings();
        var known = before.Select(e => e.Stream).ToHashSet();
        var walk = new Walked();
        foreach (var somebody in people)
        {
            await Operate(somebody, api, foreign, foreign, walk);
            await Open(somebody, foreign, walk);
        }
        var theirs = people.SelectMany(p => p.Streams).ToHashSet();
        (await OfOthers()).ShouldBeEmpty();
        // What is addressed is the coordinator's own; what the body names is not.
        await Operate(people[^1], api, own, foreign, walk);
        Tally.Of("other people's objects, every operation and page", walk.Asked);
        walk.Faults.ShouldBeEmpty();
        // A stage of their own that changes moves others on the waiting list, and takes its own places back from whoever is in it: the
        // services tell each other some seconds later.
        (await OfOthers())
            .Where(e => e.What is not ("wishes_left_waiting" or "waiting_explained"))
            .Where(e => !(e.What == "place_taken_back" && e.Stage is { } stage && theirs.Contains(stage)))
            .ShouldBeEmpty();
        walk.Asked.ShouldBeGreaterThan(1000);

        // The same requests with the right key: else a walk past closed doors would prove nothing of what is behind them.
        var key = new Walked();
        var all = new Somebody("a coordinator of the académie", Client("coordinator"), Nothing, Nothing);
        await Operate(all, api, foreign, foreign, key);
        await Open(all, foreign, key);
        var changed = (await OfOthers()).Select(e => e.Stream).Distinct().Count();
        TestContext.Current.TestOutputHelper?.WriteLine($"With the right key {key.Faults.Count} answers tell, {changed} streams change.");
        TestContext.Current.TestOutputHelper?.WriteLine(walk.ToString());
        TestContext.Current.TestOutputHelper?.WriteLine(key.ToString());
        key.Faults.Count.ShouldBeGreaterThan(8);
        changed.ShouldBeGreaterThan(2);

        async Task<IEnumerable<Happened>> OfOthers() =>
            (await Happenings()).Where(e => !theirs.Contains(e.Stream) && known.Contains(e.Stream) && !before.Contains(e));
    }

    private static readonly HashSet<Guid> Nothing = [];

    /// <summary>What a walk met.</summary>
    private sealed class Walked
    {
        public int Asked { get; set; }

        public List<string> Faults { get; } = [];

        public SortedDictionary<string, int> Statuses { get; } = new(StringComparer.Ordinal);

        public override string ToString() => string.Join('\n', [.. Statuses.Select(s => $"{s.Key}: {s.Value}"), .. Faults]);
    }

    /// <summary>Every operation, with a body made from its schema and, where one can be read, with the object itself sent back.</summary>
    /// <param name="addressed">What the address names.</param>
    /// <param name="named">What the body names.</param>
    private async Task Operate(Somebody somebody, PublishedApi api, Named addressed, Named named, Walked walk)
    {
        using var reader = Client("coordinator");
        // All but the erasing of oneself, which is everybody's right.
        foreach (var (method, path, operation) in api.All.Where(o => o.Path != "/api/me" || o.Method != HttpMethod.Delete))
        {
            var made = new Filled(api.Document, name => IdOf(name, named)).Body(operation)?.ToJsonString();
            var read = method == HttpMethod.Put ? await Read(reader, Address(path, named)) : null;
            foreach (var body in new[] { made, read }.Distinct(StringComparer.Ordinal))
            {
                if (body is null && (addressed != named || made is not null))
                    continue;
                using var request = new HttpRequestMessage(method, Address(path, addressed))
                {
                    Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
                };
                await Try(somebody, request, $"{method} {path}", walk);
            }
        }
    }

    private static async Task<string?> Read(HttpClient reader, string address)
    {
        using var answer = await reader.GetAsync(address, Cancel);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(Cancel) : null;
    }

    /// <summary>Every page, and its form without a token.</summary>
    private async Task Open(Somebody somebody, Named foreign, Walked walk)
    {
        foreach (var page in HostileDoors.Pages.Concat(HostileDoors.Beside))
        foreach (var address in new[] { Address(page, foreign), Address(page, foreign) + "?personne=x&page=1" })
        {
            using var view = new HttpRequestMessage(HttpMethod.Get, address);
            await Try(somebody, view, $"GET {page}", walk);
            using var form = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new FormUrlEncodedContent([KeyValuePair.Create("_handler", "x")]),
            };
            // Who is not signed in is sent to where one signs in; nobody's form is taken.
            if (await Try(somebody, form, $"POST {page}", walk) is not ((>= 400 and < 500) or 302 or 303))
                walk.Faults.Add($"{somebody.Name}: POST {page} without its token");
        }
    }

    /// <summary>One request; what it betrays, or breaks, stands among the faults.</summary>
    private async Task<int> Try(Somebody somebody, HttpRequestMessage request, string told, Walked walk)
    {
        using var answer = await somebody.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        var status = (int)answer.StatusCode;
        // A stream of events has no end; who hears what of it is a property of Scheduling's own.
        var streams = answer.Content.Headers.ContentType?.MediaType == "text/event-stream";
        var text = streams ? "" : await answer.Content.ReadAsStringAsync(Cancel);
        if (status >= 500)
            walk.Faults.Add($"{somebody.Name}: {told}: {status} {text[..Math.Min(text.Length, 300)]}");
        if (status is 302 or 303 && answer.Headers.Location is { } to && !Elsewhere(request).IsMatch(to.ToString()))
            walk.Faults.Add($"{somebody.Name}: {told}: leads to {to}");
        if (somebody.Betrayal(text, world.Children) is { } word)
            walk.Faults.Add($"{somebody.Name}: {told}: {status} tells of {word}");
        walk.Asked++;
        var line = $"{somebody.Name} {told.Split(' ')[0]} {status}";
        walk.Statuses[line] = walk.Statuses.GetValueOrDefault(line) + 1;
        return status;
    }

    /// <summary>Where a refusal may lead: to where one signs in, proves it anew or chooses another account.</summary>
    private static Regex Elsewhere(HttpRequestMessage request) => request.Method == HttpMethod.Get ? Anywhere() : SignIn();

    private HttpClient Client(string? role = null, string email = "someone@example.org", string? territory = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = world.Gateway,
            Timeout = TimeSpan.FromSeconds(60),
        };
        client.DefaultRequestHeaders.Authorization = role is null ? null : world.Realm.Bearer(role, email, territory);
        return client;
    }

    /// <summary>Who comes to the doors, and the objects that belong to none of them.</summary>
    private (Somebody[] People, Named Foreign, Named Own) Cast()
    {
        static string Territory(string school) => school.Length < 3 ? "" : school[..3];
        var children = world.Children.ToDictionary(c => c.Id);
        var offers = world.Volunteers.ToDictionary(v => v.Id);
        bool Concerns(Group g, string territory) =>
            Territory(offers[g.Offer].School) == territory || g.Pupils.Any(p => Territory(children[p].School) == territory);
        // The territory with the fewest groups: some groups are then wholly of others.
        var here = world
            .Children.Select(c => Territory(c.School))
            .Distinct()
            .OrderBy(t => world.Groups.Count(g => Concerns(g, t)))
            .First(t => world.Groups.Any(g => Concerns(g, t)));
        var theirs = world.Groups.First(g => !Concerns(g, here));
        var child = children[theirs.Pupils[0]];
        Named Of(Group g, Child c) => new(world.Campaign, world.Run, c.Id, g.Id, g.Offer, g.Modules[0], c.School);

        var mine = world.Children.Where(c => Territory(c.School) == here).ToList();
        var family = mine[0];
        var group = world.Groups.First(g => g.Offer != theirs.Offer);
        return (
            [
                new("nobody", Client(), Nothing, Nothing),
                new("a stranger's family", Client("family", "stranger.family@example.org"), Nothing, Nothing),
                new("a stranger who teaches", Client("teacher", "stranger.teacher@ac-montpellier.fr"), Nothing, Nothing),
                new(
                    "another family",
                    Client("family", family.Guardians[0]),
                    world
                        .Children.Where(c => c.Guardians.Contains(family.Guardians[0], StringComparer.OrdinalIgnoreCase))
                        .Select(c => c.Id)
                        .ToHashSet(),
                    Nothing
                ),
                new(
                    "another teacher",
                    Client("teacher", offers[group.Offer].Email),
                    world.Groups.Where(g => offers[g.Offer].Email == offers[group.Offer].Email).SelectMany(g => g.Pupils).ToHashSet(),
                    Nothing
                ),
                new(
                    $"a coordinator of {here}",
                    Client("coordinator", "coordinator.elsewhere@example.org", here),
                    mine.Select(c => c.Id).ToHashSet(),
                    mine.Select(c => c.Id)
                        .Concat(world.Groups.Where(g => Concerns(g, here)).Select(g => g.Id))
                        .Concat(world.Volunteers.Where(v => Territory(v.School) == here).Select(v => v.Id))
                        .ToHashSet()
                ),
            ],
            Of(theirs, child),
            Of(world.Groups.First(g => Concerns(g, here)), family)
        );
    }

    private sealed record Named(Guid Campaign, Guid Run, Guid Child, Guid Group, Guid Offer, Guid Module, string School);

    /// <summary>What an address or a member of a body names, by the words before it.</summary>
    private static string? IdOf(string name, Named named) =>
        name.ToUpperInvariant() switch
        {
            "CAMPAIGNS" or "CAMPAIGNID" or "CAMPAIGN" or "COORDINATION" or "PROPOSITION" or "RESSOURCES" => named.Campaign.ToString(),
            "ENROLMENTS" or "ENROLMENTID" or "INSCRIPTIONS" or "ATTENTE" or "PUPILS" or "WITH" or "DOUBLON" => named.Child.ToString(),
            "STAGES" or "STAGEID" or "STAGE" or "FROM" => named.Group.ToString(),
            "OFFERS" or "OFFERID" or "TEACHEROFFERID" or "PROPOSITIONS" or "SUBSTITUTES" or "ACCEPTATION" => named.Offer.ToString(),
            "MODULES" or "MODULEID" or "CLASSE" or "SEANCE" => named.Module.ToString(),
            "PAIRINGS" or "APPARIEMENTS" or "RUNID" => named.Run.ToString(),
            "SCHOOLS" or "SCHOOLUAI" or "UAI" => named.School,
            _ => null,
        };

    /// <summary>Ids of their own kind, of which there is none that is somebody else's and could be known.</summary>
    private static readonly string[] Unknowable =
    [
        "a",
        "connexion",
        "importer",
        "drafts",
        "sessions",
        "notifications",
        "recordings",
        "files",
        "inscription",
        "media-servers",
        "resources",
    ];

    private static string Address(string path, Named named) =>
        Blank()
            .Replace(
                path.Replace("{What:regex(^(inscriptions|propositions)$)}", "inscriptions", StringComparison.Ordinal),
                m =>
                    m.Groups["name"].Value is "Subject" or "Step" ? "MATHS"
                    : IdOf(m.Groups["before"].Value, named) is { } id ? $"{m.Groups["before"].Value}/{id}"
                    : Unknowable.Contains(m.Groups["before"].Value)
                        ? $"{m.Groups["before"].Value}/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}"
                    : throw new InvalidOperationException($"Whose object stands in {path}? Say it in IdOf.")
            );

    /// <summary>Every event there is: of which aggregate, and what.</summary>
    private async Task<HashSet<Happened>> Happenings()
    {
        await using var database = NpgsqlDataSource.Create(world.Realm.Postgres);
        await using var command = database.CreateCommand(
            string.Join(
                " union all ",
                new[] { "enrolment", "scheduling", "classroom", "portal" }.Select(s =>
                    $"select stream_id, version, type, (data ->> 'stageId')::uuid from {s}.mt_events"
                )
            )
        );
        await using var rows = await command.ExecuteReaderAsync(Cancel);
        var events = new HashSet<Happened>();
        while (await rows.ReadAsync(Cancel))
            events.Add(new Happened(rows.GetGuid(0), rows.GetInt64(1), rows.GetString(2), rows.IsDBNull(3) ? null : rows.GetGuid(3)));
        return events;
    }

    /// <param name="Stage">What the event says of one.</param>
    private sealed record Happened(Guid Stream, long Version, string What, Guid? Stage);

    [GeneratedRegex("^(https?://[^/]+)?/connexion", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SignIn();

    /// <summary>An address of ours.</summary>
    [GeneratedRegex("^(http://127\\.0\\.0\\.1:\\d+)?/(?!/)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Anywhere();

    [GeneratedRegex(@"(?<before>[^/{}]+)/\{(?<name>[A-Za-z]+)[^{}]*\}|\{(?<name>Subject|Step)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blank();
}
