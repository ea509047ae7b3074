namespace Stages.Notifications.Calendars;

/// <summary>
/// One module in one person's calendar. The module's id gives the UID, so that every later word about it replaces this one.
/// </summary>
/// <param name="Zone">IANA zone of the local times.</param>
/// <param name="Stamp">When the service last changed it: DTSTAMP, LAST-MODIFIED.</param>
public sealed record CalendarEntry(
    Guid ModuleId,
    DateOnly Date,
    TimeOnly Start,
    TimeOnly End,
    string Zone,
    int Sequence,
    bool Cancelled,
    DateTimeOffset Stamp,
    string Summary,
    string Description,
    string Location,
    string Address,
    string Language
)
{
    public string Uid => $"{ModuleId}@stages-de-reussite";
}

/// <summary>Organiser and invited person of an invitation; a feed has none.</summary>
public sealed record Invited(string OrganizerName, string OrganizerEmail, string Name, string Email);
