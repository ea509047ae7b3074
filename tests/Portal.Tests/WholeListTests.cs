using Microsoft.Extensions.DependencyInjection;
using Stages.Api.Enrolment;
using Stages.Portal.Clients;
using Stages.Portal.Imports;

namespace Stages.Portal.Tests;

/// <summary>A list that ends because a service is away is none: whoever follows it to its end is told, and gets no shorter one.</summary>
public sealed class WholeListTests(PortalService portal)
{
    private static readonly Problem Refused = new(403, "forbidden", "", new Dictionary<string, string[]>(StringComparer.Ordinal));

    private static readonly Caller Coordinator = new(Guid.Empty, Roles.Coordinator, null, null, null);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task a_list_breaks_off_where_a_page_of_it_cannot_be_read(int whole)
    {
        var (read, pages) = (new List<int>(), 0);
        async Task Follow()
        {
            await foreach (var item in Clients.Pages.All(Read))
                read.Add(item);
        }
        (await Should.ThrowAsync<ServiceAway>(Follow())).Status.ShouldBe(503);
        read.Count.ShouldBe(whole);

        Task<Answer<Page<int>>> Read(string after) =>
            Task.FromResult(
                pages++ < whole
                    ? new Answer<Page<int>>(new Page<int>([pages], $"{pages}"), null)
                    : new Answer<Page<int>>(null, Problem.Away)
            );
    }

    [Fact]
    public async Task what_is_refused_stays_refused_and_what_is_whole_is_read_to_its_end()
    {
        (await Should.ThrowAsync<ServiceAway>(ServiceAway.Whole(Task.FromResult(new Answer<string>(null, Refused))))).Status.ShouldBe(403);
        var read = new List<string>();
        await foreach (
            var after in Clients.Pages.All(after =>
                Task.FromResult(new Answer<Page<string>>(new Page<string>([after], after.Length == 0 ? "a b" : null), null))
            )
        )
            read.Add(after);
        read.ShouldBe(["", "&after=a%20b"]);
    }

    [Fact]
    public async Task a_file_whose_service_is_away_is_a_page_that_says_so()
    {
        using var browser = await Staff();
        foreach (var name in new[] { "inscriptions", "propositions", "stages", "attente" })
        foreach (var format in new[] { "csv", "xlsx" })
        {
            using var answer = await browser.Get($"/coordination/{Guid.Empty}/{name}.{format}");
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, name);
            answer.Content.Headers.ContentDisposition.ShouldBeNull();
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).ShouldContain("Le service reprend dans un instant");
        }
    }

    /// <summary>Every list that leaves the house, and every one that an import compares with.</summary>
    [Fact]
    public void whoever_writes_or_compares_lists_follows_them_so()
    {
        var sourcesOf = Path.Combine(Servers.Checkout, "services", "Portal");
        var sources = Directory
            .EnumerateFiles(Path.Combine(sourcesOf, "Imports"), "*.cs")
            .Append(Path.Combine(sourcesOf, "Pages", "Coordination", "Exports.cs"))
            .ToDictionary(f => Path.GetFileName(f), File.ReadAllText, StringComparer.Ordinal);
        sources.Where(s => s.Value.Contains("Clients.Pages.All(", StringComparison.Ordinal)).Count().ShouldBe(2);
        sources.Where(s => s.Value.Contains("?.Items", StringComparison.Ordinal)).Select(s => s.Key).ShouldBeEmpty();
        sources["Exports.cs"].ShouldContain("isFile: true");
    }

    [Theory]
    [InlineData("inscriptions", "nom;prénom;niveau;UAI;vœux;semaines;créneaux\nUn;Zoé;6e;0340008Z;MA;A;\n")]
    [InlineData("propositions", "enseignant;courriel;enseigne\nTom;tom@example.org;MA 6e\n")]
    public async Task a_list_is_not_compared_with_half_of_what_is_there(string what, string list)
    {
        var table = Table.Read(System.Text.Encoding.UTF8.GetBytes(list), TestContext.Current.CancellationToken);
        await using var scope = portal.Services.CreateAsyncScope();
        var importer = scope.ServiceProvider.GetRequiredService<Importer>();
        var usual = new Usual("0340008Z", ["MA"], ["A"], false, true);
        await Should.ThrowAsync<ServiceAway>(
            importer.Plan(Some.Campaign, what, table, usual, Coordinator, TestContext.Current.CancellationToken)
        );
    }

    private async Task<Browser> Staff()
    {
        const string admin = "camille.martin@example.org";
        portal.Staff.Person = [new("sub", admin), new("email", admin), new("email_verified", "true"), new("given_name", "Camille")];
        var browser = new Browser(portal);
        await browser.Through("academie", "/coordination");
        await SecondStep.Pass(browser, admin);
        return browser;
    }
}
