using System.Text;
using System.Text.Json;
using CsCheck;
using Stages.Enrolments.Schools;
using Stages.Vocabulary;

namespace Stages.Enrolments.Tests;

public sealed class SchoolTests(EnrolmentService service)
{
    private static readonly byte[] Shipped = File.ReadAllBytes(
        Path.Combine(AppContext.BaseDirectory, "Schools", "schools-montpellier.csv")
    );

    [Fact]
    public void the_shipped_directory_reads_with_its_traps()
    {
        ImportSchools.Read(Shipped, out var schools).ShouldBeNull();
        schools.Count.ShouldBeGreaterThan(2500);
        schools.Select(s => s.Id).ShouldBeUnique();
        schools.ShouldAllBe(s => Texts.Find<Uai>(s.Id) != null);
        // A cité scolaire stands on two rows and is one school with the levels of both.
        schools.Single(s => s.Id == "0342266D").Levels.ShouldBe(["6e", "5e", "4e", "3e", "2de", "1re", "Tle"]);
        schools.Count(s => s.Type == "Ecole" && s.Levels.Length == 0).ShouldBe(590);
        schools.ShouldNotContain(s => s.Type.Contains("Service", StringComparison.Ordinal));
    }

    [Fact]
    public void another_file_is_refused_with_its_fault() =>
        ImportSchools.Read(Encoding.UTF8.GetBytes("a,b\n1,2\n"), out _).ShouldBeOfType<DirectoryUnreadable>().En.ShouldContain("uai");

    [Theory]
    [InlineData("saint genies", null)]
    [InlineData("Saint-Géniès", null)]
    [InlineData("SAINT GENIES elem", "CP")]
    public async Task schools_are_found_without_accents(string search, string? level)
    {
        using var anybody = service.Client();
        var found = await anybody.GetFromJsonAsync<JsonElement>($"/api/schools?search={Uri.EscapeDataString(search)}&level={level}");
        found.GetProperty("items").GetArrayLength().ShouldBeGreaterThan(0);
        foreach (var school in found.GetProperty("items").EnumerateArray())
            TextKey.Words($"{school.GetProperty("name")} {school.GetProperty("commune")}").ShouldContain("genies");
    }

    [Theory]
    [InlineData("st jean de vedas", null, "Saint-Jean-de-Védas")]
    [InlineData("St-Jean Védas", "6e", "Saint-Jean-de-Védas")]
    [InlineData("Montpelier", "6e", "Montpellier")]
    [InlineData("montpellier", "6e", "Montpellier")]
    [InlineData("34000", "6e", "Montpellier")]
    [InlineData("carcasone", null, "Carcassonne")]
    public async Task schools_of_a_commune_are_found_however_it_is_typed(string search, string? level, string commune)
    {
        var first = (await Found(search, level))[0];
        (first.Commune, first.Type == "Médico-social").ShouldBe((commune, false));
    }

    [Theory]
    [InlineData("clemance royer", "Clémence Royer")]
    [InlineData("royer clem", "Clémence Royer")]
    [InlineData("clémence rpyer", "Clémence Royer")]
    public async Task a_school_is_found_by_its_mistyped_name(string search, string name) =>
        (await Found(search, null)).ShouldContain(s => s.Name.Contains(name, StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData("xyz")]
    [InlineData("zzzzzzzz")]
    [InlineData("!?")]
    public async Task what_no_school_has_finds_none(string search) => (await Found(search, null)).ShouldBeEmpty();

    private async Task<IReadOnlyList<SchoolView>> Found(string search, string? level)
    {
        using var anybody = service.Client();
        return (
            await anybody.GetFromJsonAsync<Page<SchoolView>>($"/api/schools?search={Uri.EscapeDataString(search)}&level={level}")
        )!.Items;
    }

    [Fact]
    public async Task an_import_is_for_a_coordinator_of_the_whole_academie_and_can_be_repeated()
    {
        foreach (var (role, territory) in new[] { ("family", (string?)null), ("coordinator", "034") })
        {
            using var other = service.Client(role, territory: territory);
            (await other.PostAsync("/api/schools/import", new ByteArrayContent(Shipped))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
        using var coordinator = service.Client("coordinator");
        (await coordinator.PostAsync("/api/schools/import", new ByteArrayContent(Encoding.UTF8.GetBytes("nonsense")))).StatusCode.ShouldBe(
            HttpStatusCode.UnprocessableEntity
        );
        var again = await (
            await coordinator.PostAsync("/api/schools/import", new ByteArrayContent(Shipped))
        ).Content.ReadFromJsonAsync<JsonElement>();
        again.GetProperty("unchanged").GetBoolean().ShouldBeTrue();
    }
}
