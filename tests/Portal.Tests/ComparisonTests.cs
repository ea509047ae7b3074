using Stages.Portal.Pages.Coordination;

namespace Stages.Portal.Tests;

/// <summary>Two enrolments beside each other: what differs is marked, and only that.</summary>
public sealed class ComparisonTests
{
    private static readonly EnrolmentView Lea = new(
        Guid.Empty,
        Guid.Empty,
        "submitted",
        1,
        new Pupil("Léa", "Martin", "6e", "0340008Z", 2009),
        [new Guardian("Anne Martin", "anne@example.org")],
        [new Wish("MA", 1)],
        [new WeekWanted("A", 2)],
        new Dictionary<string, string[]>(StringComparer.Ordinal) { ["A"] = ["MON-09:00", "TUE-14:00"] },
        false,
        new Equipment(Computer: true),
        true,
        false,
        DateTimeOffset.UnixEpoch,
        DateTimeOffset.UnixEpoch,
        []
    );

    [Fact]
    public void what_is_equal_is_not_marked() => Differing(Lea).ShouldBeEmpty();

    [Fact]
    public void each_difference_is_marked_by_its_field()
    {
        Differing(Lea with { Pupil = Lea.Pupil with { LastName = "Marten", BirthYear = null } }).ShouldBe(["Nom", "Année de naissance"]);
        Differing(Lea with { Guardians = [], SchoolNote = "Lit avec un cache." }).ShouldBe(["Responsables", "Mot de l’école"]);
        Differing(Lea with { Weeks = [], Equipment = new Equipment() }).ShouldBe(["Créneaux, semaine A", "Matériel qui manque"]);
        Differing(Lea with { IdentifiedBySchool = true }).ShouldBe(["Identifié par l’école"]);
    }

    [Fact]
    public void slots_and_schools_are_in_words()
    {
        var lines = Comparison.Of(Lea, Lea, Some.Campaign, uai => $"Collège ({uai})");
        lines.Single(l => l.Field == "Établissement").One.ShouldBe("Collège (0340008Z)");
        lines.Single(l => l.Field == "Créneaux, semaine A").One.ShouldBe("lun. 9\u00a0h, mar. 14\u00a0h");
    }

    private static IEnumerable<string> Differing(EnrolmentView other) =>
        Comparison.Of(Lea, other, Some.Campaign, uai => uai).Where(l => l.Differs).Select(l => l.Field);
}
