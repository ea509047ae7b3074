namespace Stages.Scheduling.Holidays;

public sealed record PublicHoliday(DateOnly Date, string Name, string NameEn);

/// <summary>
/// The eleven public holidays of metropolitan France (Code du travail, article L3133-1). Those of Alsace-Moselle alone are not
/// among them.
/// </summary>
public static class PublicHolidays
{
    public static IReadOnlyList<PublicHoliday> Of(int year)
    {
        var easter = EasterSunday(year);
        PublicHoliday[] all =
        [
            new(new(year, 1, 1), "Jour de l’an", "New Year’s Day"),
            new(easter.AddDays(1), "Lundi de Pâques", "Easter Monday"),
            new(new(year, 5, 1), "Fête du Travail", "Labour Day"),
            new(new(year, 5, 8), "Victoire de 1945", "Victory in Europe Day"),
            new(easter.AddDays(39), "Ascension", "Ascension Day"),
            new(easter.AddDays(50), "Lundi de Pentecôte", "Whit Monday"),
            new(new(year, 7, 14), "Fête nationale", "Bastille Day"),
            new(new(year, 8, 15), "Assomption", "Assumption"),
            new(new(year, 11, 1), "Toussaint", "All Saints’ Day"),
            new(new(year, 11, 11), "Armistice de 1918", "Armistice Day"),
            new(new(year, 12, 25), "Noël", "Christmas Day"),
        ];
        return [.. all.OrderBy(h => h.Date)];
    }

    /// <summary>Those that fall on a Monday to Friday of the weeks that begin on these Mondays.</summary>
    public static IReadOnlyList<DateOnly> Within(IEnumerable<DateOnly> mondays) =>
        [.. mondays.SelectMany(monday => Enumerable.Range(0, 5).Select(monday.AddDays)).Where(IsHoliday).Distinct().Order()];

    public static bool IsHoliday(DateOnly date) => Of(date.Year).Any(h => h.Date == date);

    /// <summary>The anonymous Gregorian computus (Meeus, Jones, Butcher), for the years from 1583.</summary>
    public static DateOnly EasterSunday(int year)
    {
        int a = year % 19,
            b = year / 100,
            c = year % 100;
        int d = b / 4,
            e = b % 4,
            f = (b + 8) / 25,
            g = (b - f + 1) / 3;
        var h = ((19 * a) + b - d - g + 15) % 30;
        int i = c / 4,
            k = c % 4;
        var l = (32 + (2 * e) + (2 * i) - h - k) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }
}
