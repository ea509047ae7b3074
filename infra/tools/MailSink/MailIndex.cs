using System.Collections.Concurrent;
using System.Globalization;
using MimeKit;

namespace Stages.MailSink;

/// <summary>What the list shows of a mail.</summary>
public sealed record MailSummary(string Name, DateTimeOffset ReceivedAt, string From, string To, string Subject, int Attachments);

/// <summary>Reads the folder. Files never change once they are there, so what was read of one is kept.</summary>
public sealed class MailIndex(Mailbox mailbox)
{
    private readonly ConcurrentDictionary<string, MailSummary> read = new(StringComparer.Ordinal);

    /// <summary>Newest first.</summary>
    /// <param name="words">All of them have to occur in recipient, sender or subject; accents and case do not count.</param>
    public IEnumerable<MailSummary> Find(string words) =>
        mailbox
            .Names.OrderDescending(StringComparer.Ordinal)
            .Select(Summary)
            .Where(m => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(w => Contains($"{m.To} {m.From} {m.Subject}", w)));

    /// <summary>Null when there is no such mail.</summary>
    public MimeMessage? Open(string name)
    {
        var path = Path.Combine(mailbox.Folder, Path.GetFileName(name));
        return File.Exists(path) ? MimeMessage.Load(path) : null;
    }

    public string Source(string name) => Path.Combine(mailbox.Folder, Path.GetFileName(name));

    private MailSummary Summary(string name) =>
        read.GetOrAdd(
            name,
            static (file, index) =>
            {
                using var message = index.Open(file)!;
                var at = DateTimeOffset.TryParse(message.Headers["X-Received-At"], CultureInfo.InvariantCulture, out var received)
                    ? received
                    : message.Date;
                return new MailSummary(
                    file,
                    at,
                    message.From.ToString(),
                    message.Headers["Delivered-To"] ?? message.To.ToString(),
                    message.Subject ?? "",
                    message.Attachments.Count()
                );
            },
            this
        );

    private static bool Contains(string text, string word) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, word, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0;
}
