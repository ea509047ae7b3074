using CsCheck;
using Shouldly;
using Xunit;

namespace Stages.Vocabulary.Tests;

public sealed class NameTests
{
    /// <summary>Texts without accents go a shorter way; an accent at the end, which no key keeps, leads the long one.</summary>
    [Fact]
    public void the_short_way_to_a_key_leads_where_the_long_one_does() =>
        Gen.Char['\0', '\u007f']
            .Array[0, 30]
            .Select(signs => new string(signs))
            .Sample(text =>
            {
                TextKey.Of(text).ShouldBe(TextKey.Of(text + "\u0301"));
                TextKey.Words(text).ShouldBe(TextKey.Words(text + "\u0301"));
                TextKey.Letters(text).ShouldBe(TextKey.Letters(text + "\u0301"));
            });

    [Theory]
    [InlineData("  Hélène ", "Hélène")]
    [InlineData("He\u0301le\u0300ne", "Hélène")]
    [InlineData("Ana  María", "Ana María")]
    [InlineData("N’Diaye", "N’Diaye")]
    [InlineData("Ольга", "Ольга")]
    [InlineData("李 小龙", "李 小龙")]
    [InlineData("\u202eanimaL", "animaL")]
    [InlineData("Lé\u200ba", "Léa")]
    [InlineData("می\u200cنا", "می\u200cنا")]
    [InlineData("J.-P.", "J.-P.")]
    [InlineData("Léa\nMartin", null)]
    [InlineData("Léa\0", null)]
    [InlineData("#N/A", "#N/A")]
    [InlineData("123", null)]
    [InlineData("-", null)]
    [InlineData(" ", null)]
    [InlineData(null, null)]
    public void a_name_is_one_line_with_a_letter(string? typed, string? name) => Values.Of<NameText>(typed).ShouldBe(name);

    [Fact]
    public void a_name_has_a_hundred_signs_at_most()
    {
        Values.Of<NameText>(new string('é', 100)).ShouldNotBeNull();
        Values.Of<NameText>(new string('é', 101)).ShouldBeNull();
    }

    [Theory]
    [InlineData("Gagnez 500 EUR: http://evil.example/x")]
    [InlineData("Remboursement CAF www.caf.example")]
    [InlineData("www .caf")]
    [InlineData("evil.example")]
    [InlineData("Evil.Com")]
    [InlineData("x.com")]
    [InlineData("t.me/abc")]
    [InlineData("T.co/abc")]
    [InlineData("cadeau．fr")]
    [InlineData("cadeau。fr")]
    [InlineData("ca\u00addeau.fr")]
    [InlineData("cadeau\u200c.fr")]
    [InlineData("hameau:／／x")]
    [InlineData("lea@example.org")]
    [InlineData("lea＠example")]
    [InlineData("Serveur 10.0.0.1")]
    [InlineData("Appelez le 08 99 12 34 56")]
    public void a_name_leads_nowhere(string typed) => Values.Of<NameText>(typed).ShouldBeNull();

    private static readonly string[] Words =
    [
        "Jean-Pierre",
        "Élodie",
        "N’Diaye",
        "O'Brien",
        "d’Alembert",
        "L’Hérault",
        "de la Cruz",
        "van der Berg",
        "Mª",
        "M.ª",
        "J.-P.",
        "J.R.R.",
        "Ste. Marie",
        "St-Étienne",
        "Mc Donald",
        "M.Durand",
        "Louis XIV",
        "Martin Jr.",
        "Dr. Müller",
        "Łukasz",
        "Đức",
        "İpek",
        "Ольга",
        "李",
        "小龙",
        "محمد",
        "אברהם",
        "अनीता",
        "สมชาย",
        "김민준",
        "Γιώργος",
        "Ærøskøbing",
        "Ana-María",
        "Nguyễn",
        "Ẽ",
        "Ph. D.",
        "Bar-On",
        "Ibn Sīnā",
        "Ka‘ahumanu",
        "D´Souza",
        "X Æ A-12",
        "Anne–Lise",
        "(Zoé)",
        "“Tom”",
        "Smith & Co",
        "Zoé, Tom",
    ];

    private static readonly string[] Places =
    [
        "http://evil.example",
        "HTTPS://EVIL.EXAMPLE/CAF",
        "www.evil",
        "evil.com",
        "Evil.Com/x",
        "x.com",
        "t.me/abc",
        "lea@example.org",
        "@lea",
        "evil．com",
        "ftp://a",
        "0899123456",
        "+33 8 99 12 34 56",
        "192.168.1.1",
        "xn--vil-zoa.com",
        "пример.рф",
        "例子.中国",
    ];

    [Fact]
    public void names_of_the_world_stay_as_they_are()
    {
        Words.ShouldAllBe(word => Values.Of<NameText>(word) == word);
        Gen.Select(Gen.Int[0, Words.Length - 1], Gen.Int[0, Words.Length - 1])
            .Select((a, b) => $"{Words[a]} {Words[b]}")
            .Sample(name => Values.Of<NameText>(name) == name, iter: 4_000);
    }

    [Fact]
    public void no_name_holds_a_place_wherever_it_stands() =>
        Gen.Select(Gen.Int[0, Words.Length - 1], Gen.Int[0, Places.Length - 1], Gen.Int[0, Words.Length - 1])
            .Select((a, place, b) => (Before: $"{Words[a]} {Places[place]}", Within: $"{Words[a]} {Places[place]} {Words[b]}"))
            .Sample(n => Values.Of<NameText>(n.Before) is null && Values.Of<NameText>(n.Within) is null, iter: 4_000);

    [Theory]
    [InlineData("Hélène Le Goff", "helene le goff")]
    [InlineData("HE\u0301LE\u0300NE", "helene")]
    [InlineData("N’Diaye", "ndiaye")]
    [InlineData("n'diaye", "ndiaye")]
    [InlineData("Sœur Lætitia", "soeur laetitia")]
    [InlineData("Groß", "gross")]
    [InlineData("Jean-Pierre", "jean pierre")]
    [InlineData("Łukasz Øster", "lukasz oster")]
    [InlineData("İpek Işık Öztürk", "ipek isik ozturk")]
    [InlineData("Đức", "duc")]
    [InlineData("ОЛЬГА", "ольга")]
    [InlineData("Ὀδυσσεύς", "οδυσσευσ")]
    [InlineData("مُحَمَّد", "محمد")]
    [InlineData("अनीता", "अनीता")]
    [InlineData("李", "李")]
    public void keys_leave_accents_out(string name, string key) => TextKey.Of(name).ShouldBe(key);

    [Fact]
    public void names_of_no_latin_letter_differ() => TextKey.Of("Ольга").ShouldNotBe(TextKey.Of("Иван"));

    [Fact]
    public void a_key_is_its_own_key() => Gen.String.Sample(s => TextKey.Of(TextKey.Of(s)) == TextKey.Of(s), iter: 10_000);

    [Theory]
    [InlineData("Élodie", "Le Goff", "ÉL")]
    [InlineData("Jean-Pierre", "Martin", "JM")]
    [InlineData("e\u0301va", "dupont", "ÉD")]
    [InlineData("李", "小龙", "李小")]
    public void initials_are_what_readers_see(string given, string family, string initials) =>
        Name(given, family).Initials.ShouldBe(initials);

    [Theory]
    [InlineData("helene", true)]
    [InlineData("LE GOFF", true)]
    [InlineData("goff hél", true)]
    [InlineData("lene", false)]
    [InlineData("helene martin", false)]
    public void a_search_asks_for_the_beginnings_of_words(string search, bool found) =>
        Name("Hélène", "Le Goff").Answers(search).ShouldBe(found);

    [Fact]
    public void names_sort_by_family_then_given() =>
        new[] { ("Zoé", "Éluard"), ("Ana", "Eluard"), ("Tom", "Dupont"), ("Léa", "Œuvrard"), ("Léa", "Odin") }
            .Select(n => Name(n.Item1, n.Item2))
            .OrderBy(n => n.SortKey, StringComparer.Ordinal)
            .Select(n => n.ToString())
            .ShouldBe(["Tom Dupont", "Ana Eluard", "Zoé Éluard", "Léa Odin", "Léa Œuvrard"]);

    [Theory]
    [InlineData("Inès", "d’Inès")]
    [InlineData("Élodie", "d’Élodie")]
    [InlineData("E\u0301lodie", "d’E\u0301lodie")]
    [InlineData("Assia", "d’Assia")]
    [InlineData("Œdipe", "d’Œdipe")]
    [InlineData("Marie", "de Marie")]
    [InlineData("Hélène", "d’Hélène")]
    [InlineData("HÉLÈNE", "d’HÉLÈNE")]
    [InlineData("Henri-Paul", "d’Henri-Paul")]
    [InlineData("Hamza", "de Hamza")]
    [InlineData("Hanna", "de Hanna")]
    [InlineData("Yann", "de Yann")]
    [InlineData("Yasmine", "de Yasmine")]
    [InlineData("Yves", "d’Yves")]
    [InlineData("Yvonne", "d’Yvonne")]
    [InlineData("Ольга", "d’Ольга")]
    [InlineData("Юлия", "de Юлия")]
    [InlineData("李", "de 李")]
    public void french_elides_before_a_vowel(string name, string with) => French.De(name).ShouldBe(with);

    [Fact]
    public void any_text_is_a_name_or_refused() =>
        Values.Hold<NameText>("aé e\u0301-’\u200b\u202e\n李\ud83d.@:/1", "Hélène", "N’Diaye", "李 小龙");

    private static PersonName Name(string given, string family) =>
        PersonName.TryParse(given, family, out var name, out var reason) ? name : throw new FormatException(reason.En);
}

public sealed class GsmTests
{
    [Theory]
    [InlineData("Hélène à l’école, là où Noël", "Hélène à l'école, là où Noel")]
    [InlineData("É È Ê ê ë ç Ç ô î û Ö ñ Ü", "É E E e e c Ç o i u Ö ñ Ü")]
    [InlineData("Łukasz", "Lukasz")]
    [InlineData("Đức", "Duc")]
    [InlineData("Ольга", "Ol'ga")]
    [InlineData("李", "Li")]
    [InlineData("Sœur Œuvre", "Soeur Oeuvre")]
    [InlineData("«\u00a0bonjour\u00a0» – 9\u202fh…", "\"bonjour\" - 9 h...")]
    [InlineData("e\u0301", "é")]
    [InlineData("12 € [a] 😀", "12 EUR (a) ")]
    [InlineData("\u202eabc", "abc")]
    public void accents_of_the_alphabet_stay(string text, string sent) => Gsm.Text(text).ShouldBe(sent);

    [Fact]
    public void no_letter_is_lost_and_no_sign_is_foreign() =>
        Gen.String.Sample(
            text =>
            {
                var sent = Gsm.Text(text, 10_000);
                sent.ShouldAllBe(c => Gsm.Has(c));
                if (text.EnumerateRunes().Any(System.Text.Rune.IsLetterOrDigit))
                    sent.Trim().ShouldNotBeEmpty();
                Gsm.Text(sent, 10_000).ShouldBe(sent);
            },
            iter: 4_000
        );

    [Fact]
    public void a_long_text_ends_in_three_dots()
    {
        var sent = Gsm.Text(new string('é', 200));
        sent.Length.ShouldBe(160);
        sent.ShouldEndWith("é...");
    }
}
