using CsCheck;
using Shouldly;
using Xunit;

namespace Stages.Vocabulary.Tests;

public sealed class NamesakesTests
{
    [Theory]
    [InlineData("Léa", "Martin", "Tom", "Dupont", "Léa")]
    [InlineData("Léa", "Martin", "Léa", "Dupont", "Léa M.")]
    [InlineData("Léa", "Martin", "LEA", "Moreau", "Léa Ma.")]
    [InlineData("Léa", "Élie", "Léa", "Martin", "Léa É.")]
    [InlineData("Léa", "Martin", "Léa", "Martinez", "Léa Martin")]
    [InlineData("Léa", "Martinez", "Léa", "Martin", "Léa Martine.")]
    [InlineData("Léa", "Martin", "Léa", "MARTIN", "Léa")]
    [InlineData("Léa", "", "Léa", "Martin", "Léa")]
    [InlineData("Ольга", "Иванова", "Ольга", "Петрова", "Ольга И.")]
    public void two_of_one_name_are_told_apart(string given, string family, string other, string otherFamily, string told) =>
        Namesakes.Of(given, family, [(other, otherFamily)]).ShouldBe(told);

    private static readonly string[] Given = ["Léa", "Tom", "Ольга"];
    private static readonly string[] Family = ["Martin", "Martinez", "Moreau", "Élie", "Иванова", "Ma", "N’Diaye"];

    private static readonly Gen<(string Given, string Family)> APerson = Gen.Select(
        Gen.Int[0, Given.Length - 1].Select(i => Given[i]),
        Gen.Int[0, Family.Length - 1].Select(i => Family[i])
    );

    [Fact]
    public void no_two_of_a_family_are_called_the_same() =>
        APerson
            .Array[1, 6]
            .Sample(people =>
            {
                var family = people.Distinct().ToArray();
                var told = family.Select(p => Namesakes.Of(p.Given, p.Family, family.Where(o => o != p))).ToArray();
                told.Distinct(StringComparer.Ordinal).Count().ShouldBe(family.Length, string.Join(", ", told));
            });
}
