using System.Globalization;
using Stages.Portal.Pages.Coordination;
using Stages.Portal.Pages.Shared;

namespace Stages.Portal.Tests;

/// <summary>What the overview of a campaign shows: every level at once, and slots by their names.</summary>
public sealed class OverviewTests
{
    private static readonly string[] Levels = "CP CE1 CE2 CM1 CM2 6e 5e 4e 3e 2de 1re Tle".Split(' ');

    [Fact]
    public void twelve_levels_of_six_subjects_are_seen_whole_on_a_screen_of_1280_pixels()
    {
        (string Name, string Code)[] subjects =
        [
            ("Français", "FR"),
            ("Mathématiques", "MA"),
            ("Anglais", "ANG"),
            ("Physique-chimie", "PC"),
            ("Sciences de la vie et de la Terre", "SVT"),
            ("Histoire-géographie", "HG"),
        ];
        string[] names = [.. subjects.Select(s => HeatSize.Short(s.Name, s.Code))];
        names.ShouldBe(["Français", "Mathématiques", "Anglais", "Physique-chimie", "SVT", "Histoire-géographie"]);
        for (var columns = 1; columns <= Levels.Length; columns++)
        {
            var cell = HeatSize.Cell(names, columns, 86);
            cell.ShouldBeInRange(60, 86);
            (HeatSize.Left(names) + (columns * cell) + 4).ShouldBeLessThanOrEqualTo(HeatSize.Room);
        }
    }

    [Theory]
    [InlineData("·", 60, 13)]
    [InlineData("58 / 333", 68, 13)]
    [InlineData("1234 / 5678", 68, 11)]
    [InlineData("1234 / 5678", 120, 13)]
    public void figures_stay_within_their_cell(string text, int cell, int letters) => HeatSize.Letters(text, cell).ShouldBe(letters);

    [Theory]
    [InlineData(
        "fr",
        4,
        "Mathématiques, 6e ou 5e\u00a0: lun. 12 avr. 9\u00a0h, jeu. 15 avr. 14\u00a0h\u00a0– 4 élèves auraient un groupe."
    )]
    [InlineData("fr", 1, "Mathématiques, 6e ou 5e\u00a0: lun. 12 avr. 9\u00a0h, jeu. 15 avr. 14\u00a0h\u00a0– 1 élève aurait un groupe.")]
    [InlineData("en", 4, "Mathematics, 6e or 5e: Mon 12 Apr 09:00, Thu 15 Apr 14:00 – 4 pupils would have a group.")]
    public void one_more_volunteer_is_asked_for_at_slots_that_are_named(string language, int pupils, string words)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            var volunteer = new VolunteerView("MA", ["6e", "5e"], "A", ["MON-09:00", "THU-14:00"], pupils, 1, "");
            VolunteerWords.Of(Some.Campaign, volunteer).ShouldBe(words);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Theory]
    [InlineData("fr", "2027-02-01", "lun. 1er févr.", "1 – 5 févr.")]
    [InlineData("fr", "2026-12-28", "lun. 28 déc.", "28 déc. – 1 janv.")]
    [InlineData("en", "2027-02-08", "Mon 8 Feb", "8 – 12 Feb")]
    public void a_short_day_has_its_month_so_that_it_is_no_hour(string language, string monday, string day, string week)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            var date = DateOnly.Parse(monday, CultureInfo.InvariantCulture);
            Dates.ShortDate(date).ShouldBe(day);
            Dates.ShortWeek(new Week("A", date)).ShouldBe(week);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
