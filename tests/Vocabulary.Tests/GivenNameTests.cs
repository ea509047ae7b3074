using Shouldly;
using Xunit;

namespace Stages.Vocabulary.Tests;

/// <summary>What families read of a teacher's name, however it was typed into one field.</summary>
public sealed class GivenNameTests
{
    [Theory]
    [InlineData("Claire Martin", "Claire")]
    [InlineData("DE LA CRUZ Ana-María", "Ana-María")]
    [InlineData("Ana-María DE LA CRUZ", "Ana-María")]
    [InlineData("Ana-María de la Cruz", "Ana-María")]
    [InlineData("Dr Müller", "Müller")]
    [InlineData("Dr. Anna Müller", "Anna")]
    [InlineData("M. Paul DURAND", "Paul")]
    [InlineData("M.\u00A0DURAND Paul", "Paul")]
    [InlineData("Mme le GOFF Hélène", "Hélène")]
    [InlineData("DUPONT Jean-Pierre", "Jean-Pierre")]
    [InlineData("DUPONT Marie Claire", "Marie Claire")]
    [InlineData("Marie Claire DUPONT", "Marie Claire")]
    [InlineData("Durand, Paul", "Paul")]
    [InlineData("DURAND PAUL", "DURAND PAUL")]
    [InlineData("De La Cruz Ana", "De La Cruz Ana")]
    [InlineData("J. Martin", "J. Martin")]
    [InlineData("Ольга Иванова", "Ольга")]
    [InlineData("李 小龙", "李 小龙")]
    [InlineData("Madame", "Madame")]
    [InlineData("Dupont", "Dupont")]
    public void a_name_in_one_field_shows_a_given_name_or_all_of_it(string name, string shown) => GivenName.Of(name).ShouldBe(shown);

    [Theory]
    [InlineData(0, "0 vœu", "0 wishes")]
    [InlineData(1, "1 vœu", "1 wish")]
    [InlineData(2, "2 vœux", "2 wishes")]
    [InlineData(21, "21 vœux", "21 wishes")]
    public void a_number_and_its_noun_agree(int number, string french, string english)
    {
        Count.Fr(number, "vœu", "vœux").ShouldBe(french);
        Count.En(number, "wish", "wishes").ShouldBe(english);
        Count.Fr(number, "stage").ShouldBe($"{number} stage{(number > 1 ? "s" : "")}");
    }
}
