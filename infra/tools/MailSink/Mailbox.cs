using System.Globalization;
using System.Text;

namespace Stages.MailSink;

/// <summary>
/// A folder of mails: one <c>.eml</c> file for each recipient of each message, as a mail server delivers one copy into each
/// mailbox; text messages lie beside them as <c>.sms</c>, in the same form. A file is written aside, flushed to disk and then
/// renamed, so that whoever counts or reads sees whole mails only.
/// </summary>
public sealed class Mailbox
{
    public const string TextMessage = ".sms";

    private readonly string aside;
    private readonly TimeProvider clock;
    private long counter;

    public Mailbox(string folder, TimeProvider clock)
    {
        (Folder, this.clock) = (Path.GetFullPath(folder), clock);
        aside = Path.Combine(Folder, ".tmp");
        Directory.CreateDirectory(aside);
        foreach (var unfinished in Directory.EnumerateFiles(aside))
            File.Delete(unfinished);
    }

    public string Folder { get; }

    /// <summary>Mails and text messages, by name.</summary>
    public IEnumerable<string> Names =>
        Directory
            .EnumerateFiles(Folder)
            .Select(f => Path.GetFileName(f))
            .Where(n => n.EndsWith(".eml", StringComparison.Ordinal) || n.EndsWith(TextMessage, StringComparison.Ordinal));

    public int Count => Directory.EnumerateFiles(Folder, "*.eml").Count();

    /// <summary>Returns once every recipient's copy is on the disk.</summary>
    public async Task Deliver(
        string sender,
        IReadOnlyList<string> recipients,
        ReadOnlyMemory<byte> message,
        CancellationToken cancel,
        string kind = ".eml"
    )
    {
        var written = new List<(string Aside, string Final)>(recipients.Count);
        foreach (var recipient in recipients)
        {
            // Names sort by time of arrival; the process id keeps two runs of the same instant apart.
            var now = clock.GetUtcNow();
            var name = string.Create(
                CultureInfo.InvariantCulture,
                $"{now:yyyyMMdd'T'HHmmss.ffffff}-{Environment.ProcessId}-{Interlocked.Increment(ref counter)}{kind}"
            );
            var path = Path.Combine(aside, name);
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
            {
                await file.WriteAsync(
                    Encoding.UTF8.GetBytes(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"Return-Path: <{sender}>\r\nDelivered-To: {recipient}\r\n"
                                + $"X-Received-At: {now:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}\r\n"
                        )
                    ),
                    cancel
                );
                await file.WriteAsync(message, cancel);
                file.Flush(flushToDisk: true);
            }
            written.Add((path, Path.Combine(Folder, name)));
        }
        foreach (var (path, final) in written)
            File.Move(path, final);
    }
}
