namespace Stages.Portal.SignIns;

/// <summary>The time of day as it is in the académie.</summary>
public static class Hours
{
    public static string Fr(DateTimeOffset at) => Local(at).ToString("H' h 'mm", CultureInfo.InvariantCulture);

    public static string En(DateTimeOffset at) => Local(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, HomeZone.Zone);
}
