namespace Stages.Portal.Pages.Coordination;

/// <summary>Reads what people type into the forms of a campaign. Null is what cannot be read; the form says so beside its field.</summary>
public static class Typed
{
    public static string NotTimes => Say.In("Écrivez des heures comme 09:00, 14:00.", "Write times like 09:00, 14:00.");

    public static string NoInstant => Say.In("Cette date et cette heure n’existent pas.", "This date and time do not exist.");

    public static string[] Words(string text) => text.Split([',', ';', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    public static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static DateOnly? Day(string text) => DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var day) ? day : null;

    public static TimeOnly? Time(string text) => TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null;

    /// <summary>Null also for the hour that a night in March leaves out.</summary>
    public static DateTimeOffset? Instant(string text, string timeZone)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && !zone.IsInvalidTime(local)
            ? new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone))
            : null;
    }
}
