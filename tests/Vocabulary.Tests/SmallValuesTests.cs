using CsCheck;
using Shouldly;
using Xunit;

namespace Stages.Vocabulary.Tests;

public sealed class UaiTests
{
    [Theory]
    [InlineData("0340051W", "0340051W")]
    [InlineData(" 0340051w ", "0340051W")]
    [InlineData("0340051W\u00a0", "0340051W")]
    [InlineData("034 0051 W", "0340051W")]
    [InlineData("\u200b0340051W", "0340051W")]
    [InlineData("0340051X", null)]
    [InlineData("0340151W", null)]
    [InlineData("340051W", null)]
    [InlineData("03400510", null)]
    [InlineData("0340051WW", null)]
    [InlineData("٠٣٤٠٠٥١W", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void a_code_is_read_in_one_way(string? typed, string? code) => Values.Of<Uai>(typed).ShouldBe(code);

    [Fact]
    public void a_number_has_one_letter() =>
        Gen.Int[0, 9_999_999]
            .Sample(n =>
                "ABCDEFGHIJKLMNOPQRSTUVWXYZ".Count(letter => Values.Of<Uai>($"{n:0000000}{letter}") is not null) == 1
                && Uai.Parse(Uai.Of(n).ToString()) == Uai.Of(n)
            );

    [Fact]
    public void every_school_of_the_directory_has_a_code()
    {
        var lines = File.ReadLines(Checkout.Path("services/Enrolment/Schools/schools-montpellier.csv")).Skip(1).ToList();
        lines.Count.ShouldBeGreaterThan(2000);
        foreach (var line in lines)
            Uai.Parse(line[..8]).ToString().ShouldBe(line[..8]);
    }

    [Fact]
    public void a_wrong_digit_is_told_from_a_wrong_shape()
    {
        Uai.TryParse("0340151W", out _, out var wrong).ShouldBeFalse();
        Uai.TryParse("collège", out _, out var shape).ShouldBeFalse();
        wrong.ShouldNotBe(shape);
    }

    [Theory]
    [InlineData(" 034 0051w", "0340051W")]
    [InlineData("034\u200b", "034")]
    [InlineData("0340051W", "0340051W")]
    [InlineData(null, "")]
    [InlineData("  ", "")]
    public void the_beginning_of_a_code_is_spelled_as_codes_are(string? typed, string beginning) =>
        Uai.Beginning(typed).ShouldBe(beginning);

    [Fact]
    public void the_department_opens_the_code() => Uai.Parse("0340051W").Department.ShouldBe("034");

    [Fact]
    public void any_text_is_a_code_or_refused() => Values.Hold<Uai>("0123456789WXEw ", "0340051W", "0110003U");
}

public sealed class LevelTests
{
    [Fact]
    public void there_are_twelve_in_order()
    {
        Level.Codes.ShouldBe(["CP", "CE1", "CE2", "CM1", "CM2", "6e", "5e", "4e", "3e", "2de", "1re", "Tle"]);
        Level.All.Select(l => l.Order).ShouldBe(Enumerable.Range(0, 12));
    }

    [Fact]
    public void neighbours_lie_in_one_kind_of_school() =>
        Level
            .Neighbours.Select(p => $"{p.Younger}/{p.Older}")
            .ShouldBe(["CP/CE1", "CE1/CE2", "CE2/CM1", "CM1/CM2", "6e/5e", "5e/4e", "4e/3e", "2de/1re", "1re/Tle"]);

    [Theory]
    [InlineData("CP", "CP cp Cp cours-préparatoire")]
    [InlineData("CE1", "CE1 ce1 C.E.1")]
    [InlineData("CM2", "CM2 cm2")]
    [InlineData("6e", "6e 6E 6ème 6EME 6ᵉ 6 sixième SIXIEME")]
    [InlineData("5e", "5e 5ème cinquième")]
    [InlineData("4e", "4e 4ème quatrième")]
    [InlineData("3e", "3e 3ème troisième")]
    [InlineData("2de", "2de 2nde 2nd 2e seconde SECONDE")]
    [InlineData("1re", "1re 1ère 1ere première")]
    [InlineData("Tle", "Tle TLE terminale Term. T Tale")]
    public void schools_write_it_in_many_ways(string code, string spellings)
    {
        foreach (var typed in spellings.Split(' '))
            Values.Of<Level>(typed).ShouldBe(code, typed);
        var level = Level.Parse(code);
        Values.Of<Level>(level.Name.Fr).ShouldBe(code);
        Values.Of<Level>($"Year {level.Order + 2}").ShouldBe(code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("GS")]
    [InlineData("7e")]
    [InlineData("CP/CE1")]
    [InlineData("MEF 24110")]
    public void the_rest_is_refused(string? typed) => Values.Of<Level>(typed).ShouldBeNull();

    [Fact]
    public void no_spelling_means_two_levels() => Level.All.ShouldAllBe(l => Level.Parse(l.ToString()) == l && Level.Parse(l.Name.Fr) == l);

    [Fact]
    public void any_text_is_a_level_or_refused() => Values.Hold<Level>("0123456eèmCPEMTl ", "6e", "CM2", "Tle", "seconde");
}

public sealed class SlotCodeTests
{
    [Theory]
    [InlineData("MON-09:00", 0, 9, 0)]
    [InlineData("FRI-16:15", 4, 16, 15)]
    public void a_code_is_a_day_and_a_start(string code, int day, int hour, int minute)
    {
        SlotCode.Parse(code).ShouldBe(new SlotCode(day, new TimeOnly(hour, minute)));
        new SlotCode(day, new TimeOnly(hour, minute)).ToString().ShouldBe(code);
    }

    [Theory]
    [InlineData("SAT-09:00")]
    [InlineData("mon-09:00")]
    [InlineData("MON 09:00")]
    [InlineData("MON-9:00")]
    [InlineData("MON-24:00")]
    [InlineData("MON-09:00 ")]
    [InlineData("")]
    [InlineData(null)]
    public void the_rest_is_refused(string? code) => Values.Of<SlotCode>(code).ShouldBeNull();

    [Theory]
    [InlineData("LUN-09:00", "MON-09:00")]
    [InlineData("mar-9:00", "TUE-09:00")]
    [InlineData(" Fri-16:15 ", "FRI-16:15")]
    [InlineData("DIM-09:00", null)]
    [InlineData("lundi", null)]
    public void a_list_may_say_it_in_french(string typed, string? code) => SlotCode.Typed(typed)?.ToString().ShouldBe(code);

    [Fact]
    public void a_week_goes_by_day_and_start() =>
        SlotCode
            .Week(CampaignDefaults.SlotStarts)
            .Select(s => s.ToString())
            .ShouldBe(
                from day in new[] { "MON", "TUE", "WED", "THU", "FRI" }
                from start in new[] { "09:00", "11:15", "14:00", "16:15" }
                select $"{day}-{start}"
            );

    [Fact]
    public void any_text_is_a_slot_or_refused() => Values.Hold<SlotCode>("MONTUEWDHFRI-0123456789:", "MON-09:00", "FRI-23:59");
}

public sealed class LocalTextTests
{
    [Fact]
    public void a_stored_sentence_stays_readable()
    {
        var text = new LocalText("Français", "French");
        const string stored = """{"fr":"Fran\u00E7ais","en":"French"}""";
        System.Text.Json.JsonSerializer.Deserialize<LocalText>(stored, System.Text.Json.JsonSerializerOptions.Web).ShouldBe(text);
        System.Text.Json.JsonSerializer.Serialize(text, System.Text.Json.JsonSerializerOptions.Web).ShouldBe(stored);
    }

    [Theory]
    [InlineData("en", "French")]
    [InlineData("en-GB", "French")]
    [InlineData("fr", "Français")]
    [InlineData("de", "Français")]
    [InlineData(null, "Français")]
    public void whoever_does_not_read_english_reads_french(string? language, string read) =>
        new LocalText("Français", "French").In(language).ShouldBe(read);
}
