using System.Text;
using CsCheck;
using Shouldly;
using Xunit;

namespace Stages.Vocabulary.Tests;

/// <summary>Signs that French sets apart stay on the line of their word.</summary>
public sealed class FrenchTests
{
    [Theory]
    [InlineData("Pourquoi ?", "Pourquoi\u202F?")]
    [InlineData("Non ; oui !", "Non\u202F; oui\u202F!")]
    [InlineData("La place : « Maths » à 12 %", "La place\u00A0: «\u00A0Maths\u00A0» à 12\u202F%")]
    [InlineData("Une adresse https://stages.example.org?a=1;b", "Une adresse https://stages.example.org?a=1;b")]
    [InlineData("Rien à faire", "Rien à faire")]
    [InlineData("", "")]
    public void signs_stay_with_their_words(string typed, string written) => French.Spaced(typed).ShouldBe(written);

    [Fact]
    public void nothing_but_spaces_changes_and_no_sign_can_begin_a_line() =>
        Gen.Char["ab :;!?%«»\u00A0\u202F"]
            .Array[0, 20]
            .Select(signs => new string(signs))
            .Sample(typed =>
            {
                var written = French.Spaced(typed);
                Plain(written).ShouldBe(Plain(typed));
                French.Spaced(written).ShouldBe(written);
                foreach (var sign in ":;!?%»")
                    written.ShouldNotContain($" {sign}");
                written.ShouldNotContain("« ");
            });

    [Fact]
    public void a_text_message_has_plain_spaces() => Gsm.Text(French.Spaced("Léa : « oui » ; non ?")).ShouldBe("Léa : \"oui\" ; non ?");

    private static string Plain(string text) => new StringBuilder(text).Replace('\u00A0', ' ').Replace('\u202F', ' ').ToString();
}
