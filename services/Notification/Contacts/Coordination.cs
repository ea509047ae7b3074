namespace Stages.Notifications.Contacts;

/// <summary>
/// Who hears for the coordinators. What concerns a territory goes to those who coordinate it; a school that nobody coordinates by itself
/// is the whole académie's; and where there is nobody, <c>Alarms:To</c>, addresses with commas between them, hears. With nobody
/// configured either, what they should hear stands in the delivery log as unsent. Each in their own language; of whom it is not known, and
/// <c>Alarms:To</c>, in <c>Alarms:Language</c>, French unless told.
/// </summary>
public static class Coordination
{
    public static IReadOnlyList<Recipient> Of(IConfiguration configuration)
    {
        var addresses = (configuration["Alarms:To"] ?? "").Split(
            ',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        return addresses.Length == 0
            ? [new Recipient(Guid.Empty, "Coordination", null, null, "fr")]
            : [.. addresses.Select(a => Recipient.Of(null, "", a, null, Language(configuration)))];
    }

    /// <param name="schools">Of the pupils whom it concerns.</param>
    public static IReadOnlyList<Recipient> Of(KnownCoordinators? known, IEnumerable<string?> schools, IConfiguration configuration)
    {
        var people = known?.People ?? [];
        var whole = people.Where(p => p.Territory is null).ToList();
        var asked = schools.Distinct(StringComparer.Ordinal).ToList();
        var told = (asked.Count == 0 ? [null] : asked).SelectMany(school =>
            people.Where(p => p.Territory is { } t && school?.StartsWith(t, StringComparison.Ordinal) == true).ToList()
                is { Count: > 0 } own
                ? own
                : whole
        );
        Recipient[] recipients =
        [
            .. told.Select(p => Recipient.Of(null, "", p.Email, null, p.Language ?? Language(configuration)))
                .DistinctBy(r => r.Key, StringComparer.Ordinal),
        ];
        return recipients.Length > 0 ? recipients : Of(configuration);
    }

    /// <summary>As above, as it is known now, for what concerns these enrolments.</summary>
    public static async Task<IReadOnlyList<Recipient>> Of(
        Reading reading,
        IReadOnlyCollection<Guid> enrolments,
        IConfiguration configuration
    ) =>
        Of(
            await reading.Load<KnownCoordinators>(KnownCoordinators.TheId),
            (await reading.LoadMany<EnrolmentContact>(enrolments)).Select(c => c.SchoolUai),
            configuration
        );

    private static string Language(IConfiguration configuration) => configuration["Alarms:Language"] ?? "fr";
}
