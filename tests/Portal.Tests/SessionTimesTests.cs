using System.Globalization;
using CsCheck;
using Stages.Portal.Pages.Shared;
using Stages.Vocabulary;

namespace Stages.Portal.Tests;

public sealed class SessionTimesTests
{
    private static string Said(string language, params string[] slots)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        return SessionTimes.Words(new Week("A", new DateOnly(2021, 3, 29)), slots).Plain();
    }

    [Fact]
    public void days_that_share_an_hour_stand_together()
    {
        Said("fr", "MON-09:00").ShouldBe("lun. 29 mars à 9 h");
        Said("fr", "MON-09:00", "TUE-09:00", "WED-14:30").ShouldBe("lun. 29 et mar. 30 mars à 9 h ; mer. 31 mars à 14 h 30");
        Said("en", "MON-09:00", "TUE-09:00", "WED-14:30").ShouldBe("Mon 29 and Tue 30 Mar at 09:00; Wed 31 Mar at 14:30");
        // The month is said again where it changes.
        Said("fr", "WED-09:00", "THU-09:00", "FRI-09:00").ShouldBe("mer. 31 mars, jeu. 1er avr. et ven. 2 avr. à 9 h");
        Said("fr", "THU-09:00", "FRI-09:00").ShouldBe("jeu. 1er et ven. 2 avr. à 9 h");
        Said("fr").ShouldBeEmpty();
    }

    [Fact]
    public void every_hour_and_every_day_is_said_once()
    {
        var slot = from day in Gen.Int[0, 4] from hour in Gen.Int[8, 18] select new SlotCode(day, new TimeOnly(hour, 0));
        slot.Array[1, 20]
            .Sample(slots =>
            {
                var hours = Said("fr", [.. slots.Select(s => s.ToString())]).Split(" ; ");
                hours.Length.ShouldBe(slots.Select(s => s.Start).Distinct().Count());
                hours.Sum(h => h.Split(" à ")[0].Split([", ", " et "], StringSplitOptions.None).Length).ShouldBe(slots.Distinct().Count());
            });
    }
}
