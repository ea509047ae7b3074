using CsCheck;

namespace Stages.Enrolments.Tests;

/// <summary>
/// Which enrolments are shown to a coordinator as what may be one child, and that all of them are found without comparing all.
/// </summary>
public sealed class PossibleDoublesTests
{
    private const string Elsewhere = "0340051W";

    private static readonly Guid Campaign = Some.Id();

    private static readonly LikeChild Lea = Child("Léa", "Martin");

    [Theory]
    [InlineData("Léa", "Martin", "6e", 2009, Some.School, true)]
    [InlineData("LEA", "martin", "5e", 2010, Some.School, true)]
    [InlineData("Léa", "Martin", "6e", null, Some.School, true)]
    [InlineData("Martin", "Léa", "6e", 2009, Elsewhere, true)]
    [InlineData("Léa", "Martin", "5e", 2010, Elsewhere, false)]
    [InlineData("Léa", "Martin", "6e", null, Elsewhere, true)]
    [InlineData("Léa", "Martin", "5e", null, Elsewhere, false)]
    [InlineData("Léa", "Marten", "6e", 2009, Some.School, true)]
    [InlineData("Léa", "Marten", "6e", 2009, Elsewhere, false)]
    [InlineData("Léa", "Marten", "6e", 2010, Some.School, false)]
    [InlineData("Marten", "Lea", "6e", null, Some.School, true)]
    [InlineData("Léa", "Martin-Dupont", "6e", 2009, Some.School, true)]
    [InlineData("Léo", "Martin", "6e", 2009, Some.School, false)]
    [InlineData("Zoé", "Durand", "6e", 2009, Some.School, false)]
    public void what_may_be_one_child_is_shown(string first, string last, string level, int? year, string school, bool shown)
    {
        var other = Child(first, last, level, year, school);
        PossibleDoubles.May(Lea, other).ShouldBe(shown);
        PossibleDoubles.May(other, Lea).ShouldBe(shown);
    }

    [Fact]
    public void the_schools_list_has_the_last_word_and_so_has_a_coordinator()
    {
        var twin = Lea with { Id = Some.Id() };
        PossibleDoubles.May(Lea with { Marks = ["ine-1"] }, twin with { Marks = ["ine-2"] }).ShouldBeFalse();
        PossibleDoubles.May(Lea with { Marks = ["ine-1"] }, Child("Zoé", "Durand") with { Marks = ["ine-1"] }).ShouldBeTrue();
        PossibleDoubles.May(Lea with { Marks = ["born-1"] }, twin with { Marks = ["born-2"] }).ShouldBeFalse();
        PossibleDoubles.May(Lea, twin with { Apart = [Lea.Id] }).ShouldBeFalse();
        PossibleDoubles.May(Lea with { Apart = [twin.Id] }, twin).ShouldBeFalse();
        PossibleDoubles.May(Lea, Lea).ShouldBeFalse();
    }

    private static readonly string[] Names =
    [
        "Léa",
        "Lea",
        "Martin",
        "Marten",
        "MARTIN",
        "Martin-Dupont",
        "N’Diaye",
        "Ndiaye",
        "Ольга",
        "Олга",
        "Иванова",
        "محمد",
        "王",
        "王芳",
        "Παπαδόπουλος",
        "Παπαδοπουλος",
        "Müller",
        "Mueller",
        "De La Cruz",
        "Delacruz",
        "ნინო",
        "-",
    ];

    private static readonly Gen<LikeChild> Anybody =
        from first in Gen.Int[0, Names.Length - 1]
        from last in Gen.Int[0, Names.Length - 1]
        from level in Gen.Int[5, 6]
        from year in Gen.Int[2008, 2010]
        from school in Gen.Bool
        from ine in Gen.Int[0, 9]
        from slip in Gen.Int[0, 20]
        select new LikeChild(
            Some.Id(),
            new Pupil(Slipped(Names[first], slip), Names[last], $"{level}e", school ? Some.School : Elsewhere, year == 2008 ? null : year),
            ine < 3 ? [$"ine-{ine}"] : null
        );

    [Fact]
    public void each_pair_is_found_that_comparing_all_with_all_would_find() =>
        Anybody
            .Array[0, 60]
            .Sample(
                children =>
                {
                    var found = PossibleDoubles.Among(Campaign, children);
                    var all = from a in children from b in children where PossibleDoubles.May(a, b) select (a.Id, b.Id);
                    return all.ToHashSet().SetEquals(found.SelectMany(g => g, (g, other) => (g.Key, other)));
                },
                iter: 300
            );

    /// <summary>One letter of a long name is lost.</summary>
    private static string Slipped(string name, int at) => at < name.Length && name.Length > 5 ? name.Remove(at, 1) : name;

    private static LikeChild Child(string first, string last, string level = "6e", int? year = 2009, string school = Some.School) =>
        new(Some.Id(), new Pupil(first, last, level, school, year));
}
