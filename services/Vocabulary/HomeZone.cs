namespace Stages.Vocabulary;

/// <summary>
/// The hours of the académie: of a campaign unless it says otherwise, and of everything that belongs to no campaign. One setting for all
/// services of an installation, and the only place where a zone is named: an académie overseas (<c>Indian/Reunion</c>,
/// <c>America/Guadeloupe</c>, <c>Indian/Mayotte</c>) says its own.
/// </summary>
public static class HomeZone
{
    public const string Setting = "Academie:TimeZone";

    private const string Usual = "Europe/Paris";

    private static string? id;

    public static string Id => id ?? Usual;

    public static TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(Id);

    /// <summary>Once in a process, before the first hour is told.</summary>
    /// <exception cref="InvalidOperationException">There is no such zone, or the process has another one already.</exception>
    public static void Use(string? given)
    {
        var zone = string.IsNullOrWhiteSpace(given) ? Usual : given.Trim();
        if (!Exists(zone))
            throw new InvalidOperationException($"{Setting} is a zone such as Indian/Reunion, and not '{zone}'.");
        if ((Interlocked.CompareExchange(ref id, zone, null) ?? zone) != zone)
            throw new InvalidOperationException($"This process tells its hours in another zone than {zone} already.");
    }

    /// <summary>By its name in the IANA database, as calendars need it.</summary>
    public static bool Exists(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && (zone.HasIanaId || name == "UTC");

    /// <summary>The day that it is there.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);
}
