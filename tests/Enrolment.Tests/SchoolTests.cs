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
