using System.Globalization;
using System.Text;

namespace Stages.Notifications.Calendars;

/// <summary>
/// RFC 5545 objects, written out: the few properties that we use, with their order, escapes and folds under our hand, because
/// mail programs are stricter readers than libraries are writers. Tests read them back with a library.
/// </summary>
public static class ICalendar
{
    private const string Product = "-//Stages de reussite//Stages//FR";

    /// <summary>An invitation (REQUEST) or its withdrawal (CANCEL) for one module: RFC 5546 wants one UID in one object.</summary>
    public static string Invitation(CalendarEntry entry, Invited invited)
    {
        var text = new Writer();
        text.Line("BEGIN", "VCALENDAR");
        text.Line("VERSION", "2.0");
        text.Line("PRODID", Product);
        text.Line("CALSCALE", "GREGORIAN");
        text.Line("METHOD", MethodOf(entry));
        TimeZones.Write(text, entry.Zone, entry.Date, entry.Date);
        Write(text, entry, invited);
        text.Line("END", "VCALENDAR");
        return text.ToString();
    }

    public static string MethodOf(CalendarEntry entry) => entry.Cancelled ? "CANCEL" : "REQUEST";

    /// <summary>A whole calendar to subscribe to.</summary>
    public static string Feed(string name, IReadOnlyCollection<CalendarEntry> entries)
    {
        var text = new Writer();
        text.Line("BEGIN", "VCALENDAR");
        text.Line("VERSION", "2.0");
        text.Line("PRODID", Product);
        text.Line("CALSCALE", "GREGORIAN");
        text.Line("METHOD", "PUBLISH");
        text.Text("NAME", name);
        text.Text("X-WR-CALNAME", name);
        // Programs that honour it ask again every hour; the answer is usually 304.
        text.Line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
        text.Line("X-PUBLISHED-TTL", "PT1H");
        foreach (var zone in entries.GroupBy(e => e.Zone, StringComparer.Ordinal).OrderBy(z => z.Key, StringComparer.Ordinal))
            TimeZones.Write(text, zone.Key, zone.Min(e => e.Date), zone.Max(e => e.Date));
        foreach (var entry in entries)
            Write(text, entry, null);
        text.Line("END", "VCALENDAR");
        return text.ToString();
    }

    private static void Write(Writer text, CalendarEntry entry, Invited? invited)
    {
        text.Line("BEGIN", "VEVENT");
        text.Line("UID", entry.Uid);
        text.Line("DTSTAMP", Writer.Utc(entry.Stamp));
        text.Line("LAST-MODIFIED", Writer.Utc(entry.Stamp));
        text.Line("SEQUENCE", entry.Sequence.ToString(CultureInfo.InvariantCulture));
        text.Line($"DTSTART;TZID={entry.Zone}", Writer.Local(entry.Date, entry.Start));
        text.Line($"DTEND;TZID={entry.Zone}", Writer.Local(entry.Date, entry.End));
        text.Text($"SUMMARY;LANGUAGE={entry.Language}", entry.Summary);
        text.Text($"DESCRIPTION;LANGUAGE={entry.Language}", entry.Description);
        text.Text($"LOCATION;LANGUAGE={entry.Language}", entry.Location);
        text.Line("URL", entry.Address);
        text.Line("STATUS", entry.Cancelled ? "CANCELLED" : "CONFIRMED");
        text.Line("TRANSP", entry.Cancelled ? "TRANSPARENT" : "OPAQUE");
        text.Line("CLASS", "PRIVATE");
        if (invited is not null)
        {
            text.Line($"ORGANIZER;CN={Writer.Quoted(invited.OrganizerName)}", $"mailto:{invited.OrganizerEmail}");
            // The place is confirmed on the site, not by an answer from the calendar, which nobody would read.
            text.Line(
                $"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE;CN={Writer.Quoted(invited.Name)}",
                $"mailto:{invited.Email}"
            );
        }
        text.Line("END", "VEVENT");
    }

    /// <summary>Content lines: CRLF, folded at 75 octets without cutting a letter in two.</summary>
    public sealed class Writer
    {
        private const int LongestLine = 75;

        private readonly StringBuilder text = new();

        /// <summary>A value that is no free text; line breaks in it cannot start another property.</summary>
        public void Line(string name, string value) => Fold($"{name}:{value.ReplaceLineEndings("")}");

        /// <summary>Free text with the escapes of RFC 5545, 3.3.11.</summary>
        public void Text(string name, string value) =>
            Line(
                name,
                value
                    .Replace("\\", "\\\\", StringComparison.Ordinal)
                    .Replace(";", "\\;", StringComparison.Ordinal)
                    .Replace(",", "\\,", StringComparison.Ordinal)
                    .ReplaceLineEndings("\\n")
            );

        /// <summary>A parameter's value: quotes cannot be written in one at all.</summary>
        public static string Quoted(string value) => $"\"{value.Replace('"', '\'').ReplaceLineEndings(" ")}\"";

        public static string Local(DateOnly date, TimeOnly time) =>
            date.ToDateTime(time).ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

        public static string Utc(DateTimeOffset instant) =>
            instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

        private void Fold(string line)
        {
            var octets = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (octets + rune.Utf8SequenceLength > LongestLine)
                {
                    text.Append("\r\n ");
                    octets = 1;
                }
                text.Append(rune.ToString());
                octets += rune.Utf8SequenceLength;
            }
            text.Append("\r\n");
        }

        public override string ToString() => text.ToString();
    }
}
