using System.Text;
using System.Text.Json;
using CsCheck;
using Stages.Enrolments.Schools;

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
        schools.ShouldAllBe(s => Uai.IsValid(s.Id));
        // A cité scolaire stands on two rows and is one school with the levels of both.
        schools.Single(s => s.Id == "0342266D").Levels.ShouldBe([.. School.CollegeLevels, .. School.LyceeLevels]);
        schools.Count(s => s.Type == "Ecole" && s.Levels.Length == 0).ShouldBe(590);
        schools.ShouldNotContain(s => s.Type.Contains("Service", StringComparison.Ordinal));
    }

    [Fact]
    public void another_file_is_refused_with_its_fault() =>
        ImportSchools.Read(Encoding.UTF8.GetBytes("a,b\n1,2\n"), out _).ShouldBeOfType<DirectoryUnreadable>().En.ShouldContain("uai");

    [Theory]
    [InlineData("0342266D", true)]
    [InlineData(" 0342266d ", true)]
    [InlineData("0342266E", false)]
    [InlineData("034226D", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("٠342266D", false)]
    public void a_uai_carries_its_check_letter(string? uai, bool valid) => Uai.IsValid(uai).ShouldBe(valid);

    [Fact]
    public void exactly_one_letter_fits_each_number() =>
        Gen.Int[0, 9_999_999].Sample(n => "ABCDEFGHIJKLMNOPQRSTUVWXYZ".Count(letter => Uai.IsValid($"{n:0000000}{letter}")) == 1);

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
            School.Plain($"{school.GetProperty("name")} {school.GetProperty("commune")}").ShouldContain("genies");
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
