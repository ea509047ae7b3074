using MimeKit;
using MimeKit.Text;

namespace Stages.Notifications.Deliveries;

/// <summary>
/// A claimed delivery as a MIME message. The same delivery always has the same Message-ID, so that a mailbox can tell a
/// repetition.
/// </summary>
public sealed class Mail(MailSettings settings, Links links, TimeProvider clock)
{
    public async Task<MimeMessage> Compose(Claimed row)
    {
        var language = Language.Of(row.Language);
        var notice = row.Said;
        var pen = new Pen(language, links, row.RecipientName);
        var letter = notice.Write(pen);

        var message = new MimeMessage
        {
            MessageId = $"{row.Id:N}@{settings.Domain}",
            Date = clock.GetUtcNow(),
            Subject = Clean.Name(letter.Subject, 200),
        };
        message.From.Add(new MailboxAddress(settings.FromName, settings.From));
        message.To.Add(new MailboxAddress(row.RecipientName, row.Address));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        message.Headers.Add("X-Stages-Kind", row.Kind);
        if (row.EnrolmentId is { } enrolment)
            message.Headers.Add("X-Stages-Enrolment", enrolment.ToString());
        message.Body = await Body(notice, letter, pen, row);
        message.Body.Headers.Add(HeaderId.ContentLanguage, language.Code);
        return message;
    }

    private async Task<MimeEntity> Body(Notice notice, Letter letter, Pen pen, Claimed row)
    {
        var alternative = new MultipartAlternative(
            Text(TextFormat.Plain, PlainText.Of(letter, pen.Language)),
            Text(TextFormat.Html, await Html.Of(letter, pen.Language))
        );
        var entries = notice.CalendarEntries(pen).ToList();
        if (entries.Count == 0)
            return alternative;

        var mixed = new Multipart("mixed") { alternative };
        var invited = new Invited(
            settings.FromName,
            settings.From,
            row.RecipientName.Length > 0 ? row.RecipientName : row.Address,
            row.Address
        );
        foreach (var entry in entries)
            mixed.Add(Invitation(entry, invited, pen.Language));
        return mixed;
    }

    private static MimePart Invitation(CalendarEntry entry, Invited invited, Language language)
    {
        var file = language.In("seance", "session") + $"-{entry.Date:yyyy-MM-dd}-{entry.Start:HHmm}.ics";
        var part = new TextPart("calendar")
        {
            Text = ICalendar.Invitation(entry, invited),
            // Base64: no relay on the way may touch the line ends, which fold the content.
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = file },
        };
        part.ContentType.Parameters["charset"] = "utf-8";
        part.ContentType.Parameters["method"] = ICalendar.MethodOf(entry);
        part.ContentType.Name = file;
        return part;
    }

    private static TextPart Text(TextFormat format, string text) =>
        new(format) { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };
}
