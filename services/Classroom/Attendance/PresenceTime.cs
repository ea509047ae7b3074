namespace Stages.Classrooms.Attendance;

/// <summary>How long somebody was there, from what the door wrote down. Pure.</summary>
public static class PresenceTime
{
    /// <summary>
    /// Time between start and end of the module during which the seat was connected, waiting at the door included: who waits is
    /// there.
    /// </summary>
    /// <param name="until">The end of the module, or now while it runs.</param>
    public static TimeSpan Within(IReadOnlyList<Presence> presences, DateTimeOffset startsAt, DateTimeOffset until)
    {
        var total = TimeSpan.Zero;
        var counted = startsAt;
        foreach (var p in presences.OrderBy(p => p.From))
        {
            var from = p.From > counted ? p.From : counted;
            var to = p.To is { } end && end < until ? end : until;
            if (to <= from)
                continue;
            total += to - from;
            counted = to;
        }
        return total;
    }

    /// <summary>Whole minutes, rounded to the nearest: 119 minutes and 40 seconds are the whole module.</summary>
    public static int Minutes(TimeSpan time) => (int)Math.Round(time.TotalMinutes, MidpointRounding.AwayFromZero);

    public static int MinutesOf(ClassSession? session, Guid enrolmentId, DateTimeOffset startsAt, DateTimeOffset until) =>
        session?.Seats.FirstOrDefault(s => s.EnrolmentId == enrolmentId) is { } seat ? Minutes(Within(seat.Presences, startsAt, until)) : 0;
}
