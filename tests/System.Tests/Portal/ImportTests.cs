using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Stages.SystemTests.Api;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>Lists on their way from the page through the work beside it, while the process that does it is killed.</summary>
public sealed partial class ImportTests(Stack stack) : IClassFixture<Stack>
{
    private const int Pupils = 400;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_list_is_carried_out_once_although_the_portal_is_killed_while_it_reads_and_while_it_imports()
    {
        using var coordinator = Client("imports@example.org");
        var campaign = await Example.Opened(coordinator, "Import");
        var list = new StringBuilder("nom;prénom;niveau;UAI;vœux;semaines;créneaux\n");
        for (var i = 0; i < Pupils; i++)
            list.Append(System.Globalization.CultureInfo.InvariantCulture, $"Nom{Letters(i)};Enfant;6e;0340008Z;FR;A;\n");
        var address = await Bring(coordinator, campaign, "liste.csv", Encoding.UTF8.GetBytes(list.ToString()));
        (await coordinator.GetStringAsync(address, Cancel)).ShouldContain("Lecture de liste.csv");
        await KillAndStart();

        var preview = await Until(coordinator, address, p => p.Contains($"Importer {Pupils} lignes", StringComparison.Ordinal));
        await Carry(coordinator, address, preview);
        await Until(coordinator, address, p => Progress().Match(p) is { Success: true } m && int.Parse(m.Groups["done"].ValueSpan) > 0);
        await KillAndStart();

        await Until(coordinator, address, p => p.Contains("C’est fait", StringComparison.Ordinal));
        var page = await coordinator.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/enrolments?limit=1000", Cancel);
        var names = page.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("pupil").GetProperty("lastName").GetString());
        names.Order().ShouldBe(Enumerable.Range(0, Pupils).Select(i => "Nom" + Letters(i)).Order());

        // Brought again, nothing is to be done; and nobody else sees either.
        var again = await Bring(coordinator, campaign, "liste.csv", Encoding.UTF8.GetBytes(list.ToString()));
        var same = await Until(coordinator, again, p => p.Contains("lignes lues", StringComparison.Ordinal));
        same.ShouldContain($"<strong>{Pupils}</strong><span>déjà là, inchangées</span>");
        using var colleague = Client("colleague@example.org");
        (await colleague.GetStringAsync(address, Cancel)).ShouldNotContain("liste.csv");
    }

    [Fact]
    public async Task what_is_no_list_is_refused_in_words_and_its_file_is_not_kept()
    {
        using var coordinator = Client("imports@example.org");
        var campaign = await Example.Opened(coordinator, "Refus");
        var address = await Bring(coordinator, campaign, "bombe.csv", Encoding.UTF8.GetBytes("nom\n" + new string('z', 2_000_000)));
        (await Until(coordinator, address, p => p.Contains("4000 signes", StringComparison.Ordinal))).ShouldContain("type=\"file\"");
        (await Dump.Search(stack.Realm, null, "zzzzzzzz"))["zzzzzzzz"].ShouldBeEmpty();
        using var large = new MultipartFormDataContent { { new ByteArrayContent(new byte[9 * 1024 * 1024]), "file", "grand.csv" } };
        (await coordinator.PostAsync(Form(campaign), large, Cancel)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task a_list_stops_where_its_coordinator_loses_the_role_and_goes_on_where_it_stopped_once_they_have_it_again()
    {
        const string email = "half.way@example.org";
        using var admin = Client("admin@example.org", "admin");
        await Appoint(admin, email);
        using var coordinator = Client(email);
        var campaign = await Example.Opened(coordinator, "Destitution");
        var list = new StringBuilder("nom;prénom;niveau;UAI;vœux;semaines;créneaux\n");
        for (var i = 0; i < Pupils; i++)
            list.Append(System.Globalization.CultureInfo.InvariantCulture, $"Nom{Letters(i)};Enfant;6e;0340008Z;FR;A;\n");
        var file = Encoding.UTF8.GetBytes(list.ToString());
        var address = await Bring(coordinator, campaign, "moitie.csv", file);
        var preview = await Until(coordinator, address, p => p.Contains($"Importer {Pupils} lignes", StringComparison.Ordinal));
        await Carry(coordinator, address, preview);
        await Eventually.Is(() => Enrolled(coordinator, campaign), n => n > 0);
        await Send(admin, "/administration/personnes", ("_handler", $"dismiss-{await MemberId(admin, email)}"));
        var then = await Enrolled(coordinator, campaign);

        // What the page says is what there is; of what was not on its way at that moment nothing was written.
        var stopped = WebUtility
            .HtmlDecode(await Until(coordinator, address, p => p.Contains("Votre rôle a changé", StringComparison.Ordinal)))
            .Plain();
        var written = await Enrolled(coordinator, campaign);
        written.ShouldBeInRange(then, then + 4);
        written.ShouldBeLessThan(Pupils);
        stopped.ShouldContain($"Lignes importées : {written} sur {Pupils}");
        Directory
            .EnumerateFiles(Path.Combine(stack.Data, "logs"), "*Portal*")
            .ShouldContain(log => ReadShared(log).Contains($"stopped after {written} of {Pupils} lines", StringComparison.Ordinal));

        // Nothing more is done of it until somebody who may brings it again: the rest, and that alone.
        await Appoint(admin, email);
        var again = await Bring(coordinator, campaign, "moitie.csv", file);
        var rest = await Until(coordinator, again, p => p.Contains("lignes lues", StringComparison.Ordinal));
        rest.ShouldContain($"<strong>{written}</strong><span>déjà là, inchangées</span>");
        await Carry(coordinator, again, rest);
        await Until(coordinator, again, p => p.Contains("C’est fait", StringComparison.Ordinal));
        (await Enrolled(coordinator, campaign)).ShouldBe(Pupils);
    }

    private static Task Appoint(HttpClient admin, string email) =>
        Send(admin, "/administration/personnes", ("_handler", "appoint"), ("email", email), ("role", "coordinator"));

    private static async Task Send(HttpClient client, string address, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await client.PostAsync(address, form, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<string> MemberId(HttpClient admin, string email)
    {
        var row = (await admin.GetStringAsync("/administration/personnes", Cancel))
            .Split("<tr>")
            .Single(r => r.Contains(email, StringComparison.Ordinal));
        return Member().Match(row).Groups["id"].Value;
    }

    private static async Task<int> Enrolled(HttpClient client, Guid campaign) =>
        (await client.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/enrolments?limit=1000", Cancel))
            .GetProperty("items")
            .GetArrayLength();

    private static string ReadShared(string log)
    {
        using var reader = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    /// <summary>A token does not go along where a redirect leads.</summary>
    private HttpClient Client(string email, string role = "coordinator")
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = stack.Gateway };
        client.DefaultRequestHeaders.Authorization = new("Bearer", stack.Realm.Token(role, email));
        return client;
    }

    private static string Form(Guid campaign) => $"/coordination/{campaign}/importer/inscriptions";

    private async Task KillAndStart()
    {
        var portal = stack.Process("Portal");
        await portal.Kill();
        portal.Start();
        await portal.Ready(TimeSpan.FromMinutes(2));
    }

    private static async Task<string> Bring(HttpClient client, Guid campaign, string name, byte[] list)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("bring"), "_handler" },
            { new StringContent("A"), "weeks" },
            { new StringContent("yes"), "consent" },
            { new ByteArrayContent(list), "file", name },
        };
        using var answer = await client.PostAsync(Form(campaign), form, Cancel);
        var address = answer.Headers.Location!.ToString();
        address.ShouldContain("liste=");
        return address;
    }

    private static async Task Carry(HttpClient client, string address, string page)
    {
        page.ShouldContain("carry");
        using var form = new FormUrlEncodedContent([new("_handler", "carry")]);
        // Pressed twice.
        using var once = await client.PostAsync(address, form, Cancel);
        using var twice = await client.PostAsync(address, form, Cancel);
        once.Headers.Location!.ToString().ShouldContain("liste=");
        twice.Headers.Location!.ToString().ShouldContain("liste=");
    }

    private static Task<string> Until(HttpClient client, string address, Func<string, bool> holds) =>
        Eventually.Is(() => client.GetStringAsync(address, Cancel), page => holds(WebUtility.HtmlDecode(page)), TimeSpan.FromMinutes(3));

    /// <summary>A name of letters for a number.</summary>
    private static string Letters(int n) =>
        string.Concat(n.ToString("000", System.Globalization.CultureInfo.InvariantCulture).Select(d => (char)('a' + (d - '0'))));

    [GeneratedRegex("personne=(?<id>[0-9a-f-]{36})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Member();

    [GeneratedRegex("(?<done>[0-9]+) lignes sur [0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Progress();
}
