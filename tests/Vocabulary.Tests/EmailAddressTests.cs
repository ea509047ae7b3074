using System.Globalization;
using CsCheck;
using Shouldly;
using Xunit;

namespace Stages.Vocabulary.Tests;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("claire@example.org", "claire@example.org")]
    [InlineData("  claire@example.org\t", "claire@example.org")]
    [InlineData("\u00a0claire@example.org\u202f", "claire@example.org")]
    [InlineData("claire\u200b@example.org", "claire@example.org")]
    [InlineData("\ufeffclaire@example.org\u200e", "claire@example.org")]
    [InlineData("cl\u00adaire@example.org", "claire@example.org")]
    [InlineData("claire@example.org.", "claire@example.org")]
    [InlineData("Claire.Martin@Example.ORG", "Claire.Martin@example.org")]
    [InlineData("claire+stages@example.org", "claire+stages@example.org")]
    [InlineData("o'neill@example.org", "o'neill@example.org")]
    [InlineData("claire@académie.fr", "claire@xn--acadmie-eya.fr")]
    [InlineData("claire@ACADÉMIE.fr", "claire@xn--acadmie-eya.fr")]
    [InlineData("claire@acade\u0301mie.fr", "claire@xn--acadmie-eya.fr")]
    [InlineData("claire@xn--acadmie-eya.fr", "claire@xn--acadmie-eya.fr")]
    public void one_mailbox_has_one_spelling(string typed, string address) => Values.Of<EmailAddress>(typed).ShouldBe(address);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("claire")]
    [InlineData("@example.org")]
    [InlineData("claire@")]
    [InlineData("claire@example")]
    [InlineData("claire@localhost")]
    [InlineData("claire@127.0.0.1")]
    [InlineData("claire@[127.0.0.1]")]
    [InlineData("claire@example..org")]
    [InlineData("claire@-example.org")]
    [InlineData("claire@exam ple.org")]
    [InlineData("claire@exam_ple.org")]
    [InlineData("claire martin@example.org")]
    [InlineData("claire@martin@example.org")]
    [InlineData(".claire@example.org")]
    [InlineData("claire.@example.org")]
    [InlineData("cla..ire@example.org")]
    [InlineData("hélène@example.org")]
    [InlineData("\"claire martin\"@example.org")]
    [InlineData("Claire <claire@example.org>")]
    [InlineData("claire@example.org, tom@example.org")]
    [InlineData("claire@example.org\r\nBcc: all@example.org")]
    [InlineData("claire\0@example.org")]
    public void the_rest_is_refused(string? typed) => Values.Of<EmailAddress>(typed).ShouldBeNull();

    [Fact]
    public void lengths_are_those_of_smtp()
    {
        var local = new string('a', 64);
        Values.Of<EmailAddress>($"{local}@example.org").ShouldNotBeNull();
        Values.Of<EmailAddress>($"{local}a@example.org").ShouldBeNull();
        var label = new string('b', 63);
        Values.Of<EmailAddress>($"a@{label}.org").ShouldNotBeNull();
        Values.Of<EmailAddress>($"a@{label}b.org").ShouldBeNull();
        Values.Of<EmailAddress>($"{local}@{label}.{label}.{new string('c', 57)}.org").ShouldNotBeNull().Length.ShouldBe(254);
        Values.Of<EmailAddress>($"{local}@{label}.{label}.{new string('c', 58)}.org").ShouldBeNull();
    }

    [Fact]
    public void capitals_make_no_other_account()
    {
        var (one, other) = (EmailAddress.Parse("Claire@Example.org"), EmailAddress.Parse("claire@example.ORG"));
        one.ShouldBe(other);
        one.Key.ShouldBe("claire@example.org");
        new HashSet<EmailAddress> { one, other }.Count.ShouldBe(1);
    }

    [Fact]
    public void people_see_the_domain_in_its_own_letters() =>
        EmailAddress.Parse("claire@xn--acadmie-eya.fr").Shown.ShouldBe("claire@académie.fr");

    /// <summary>A domain in ASCII goes a shorter way: it must lead where the framework's mapping leads.</summary>
    [Fact]
    public void a_domain_in_ascii_is_taken_when_the_mapping_takes_it() =>
        (from signs in Gen.Int[0, 8].Select(i => "aB1-._ x*"[i]).Array[1, 14] select new string(signs)).Sample(
            domain => EmailAddress.TryParse($"claire@{domain}", out _, out _).ShouldBe(IsMapped(domain.TrimEnd().TrimEnd('.')), domain),
            iter: 4_000
        );

    private static bool IsMapped(string domain)
    {
        try
        {
            var labels = new IdnMapping { UseStd3AsciiRules = true }
                .GetAscii(domain)
                .Split('.');
            return labels.Length >= 2 && labels[^1].Length >= 2 && !labels[^1].All(char.IsAsciiDigit);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [Fact]
    public void any_text_is_an_address_or_refused() =>
        Values.Hold<EmailAddress>(
            "aZé.@-_ \u200b\"xn\u0130。",
            "claire@example.org",
            "c@xn--acadmie-eya.fr",
            "A.b+c@École.Fr.",
            "a@日本.jp"
        );
}
