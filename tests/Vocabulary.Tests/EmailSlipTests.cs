using CsCheck;
using Shouldly;
using Xunit;

namespace Stages.Vocabulary.Tests;

/// <summary>An address that was perhaps meant to be another.</summary>
public sealed class EmailSlipTests
{
    private static readonly string[] Usual = ["gmail.com", "hotmail.fr", "orange.fr", "ac-toulouse.fr", "icloud.com"];

    [Theory]
    [InlineData("claire@gmial.con", "claire@gmail.com")]
    [InlineData("Claire.M@GMAIL.CON", "Claire.M@gmail.com")]
    [InlineData("c@gmal.com", "c@gmail.com")]
    [InlineData("c@hotmial.fr", "c@hotmail.fr")]
    [InlineData("c@ornage.fr", "c@orange.fr")]
    [InlineData("c@wanadou.fr", "c@wanadoo.fr")]
    [InlineData("c@la-poste.net", "c@laposte.net")]
    [InlineData("c@fre.fr", "c@free.fr")]
    [InlineData("c@ac-montpelier.fr", "c@ac-montpellier.fr")]
    [InlineData("c@college-moulin.con", "c@college-moulin.com")]
    [InlineData(" c@yaho.fr ", "c@yahoo.fr")]
    public void a_slip_in_a_usual_domain_is_seen(string typed, string meant) => EmailSlip.Meant(typed).ShouldBe(meant);

    [Theory]
    [InlineData("c@gmail.com")]
    [InlineData("c@mail.com")]
    [InlineData("c@ymail.com")]
    [InlineData("c@sfr.fr")]
    [InlineData("c@example.org")]
    [InlineData("c@account.example")]
    [InlineData("c@ville-montpellier.fr")]
    [InlineData("c@monentreprise.fr")]
    [InlineData("c@entreprise.cm")]
    [InlineData("gmial.com")]
    [InlineData("@gmial.com")]
    [InlineData("c@")]
    [InlineData("")]
    [InlineData(null)]
    public void what_is_right_or_nothing_is_let_be(string? typed) => EmailSlip.Meant(typed).ShouldBeNull();

    /// <summary>Whoever takes the hint is not asked again, and the part before the @ is theirs.</summary>
    [Fact]
    public void what_is_meant_needs_no_second_hint() =>
        Gen.Select(Gen.Int[0, Usual.Length - 1], Gen.Int[0, 20], Gen.Char['a', 'z'])
            .Sample(
                (which, at, letter) =>
                {
                    var domain = Usual[which];
                    var typed = "Éva.x@" + domain.Insert(Math.Min(at, domain.Length), letter.ToString());
                    if (EmailSlip.Meant(typed) is not { } meant)
                        return;
                    meant.ShouldStartWith("Éva.x@");
                    EmailSlip.Meant(meant).ShouldBeNull();
                }
            );
}
