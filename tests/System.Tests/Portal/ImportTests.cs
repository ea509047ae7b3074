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

    /// <summary>A token does not go along where a redirect leads.</summary>
    private HttpClient Client(string email)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = stack.Gateway };
        client.DefaultRequestHeaders.Authorization = new("Bearer", stack.Realm.Token("coordinator", email));
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

    [GeneratedRegex("(?<done>[0-9]+) lignes sur [0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Progress();
}
