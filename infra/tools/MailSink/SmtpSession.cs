using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Stages.MailSink;

/// <summary>
/// One SMTP connection: the minimum of RFC 5321 with SIZE, 8BITMIME, SMTPUTF8 and PIPELINING, which is what real senders use
/// without encryption and password. 250 after DATA means that the mail is on the disk. Over 150 lines: one protocol, read together.
/// </summary>
/// <remarks>Recipients <c>unknown@…</c> and <c>mailbox-full@…</c> are refused (550 for ever, 452 for now), to see what a sender makes of it.</remarks>
public sealed class SmtpSession(Stream stream, Mailbox mailbox, ILogger logger)
{
    /// <summary>Largest mail, in bytes; announced with SIZE.</summary>
    public const int LargestMail = 25 * 1024 * 1024;

    private const int LongestLine = 4096;
    private const int MostRecipients = 100;

    private readonly PipeReader input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16384));
    private string? sender;
    private readonly List<string> recipients = [];

    public async Task Run(CancellationToken cancel)
    {
        await Say("220 localhost Stages mailbox, ready", cancel);
        while (await ReadLine(LongestLine, cancel) is { } line)
        {
            if (line.Length > LongestLine)
            {
                await Say("500 5.5.2 Line too long", cancel);
                return;
            }
            var text = Encoding.UTF8.GetString(line);
            var (verb, rest) = text.IndexOf(' ', StringComparison.Ordinal) is var space and >= 0
                ? (text[..space], text[(space + 1)..].Trim())
                : (text, "");
            switch (verb.ToUpperInvariant())
            {
                case "EHLO":
                    Reset();
                    await Say(
                        $"250-localhost\r\n250-SIZE {LargestMail}\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 PIPELINING",
                        cancel
                    );
                    break;
                case "HELO":
                    Reset();
                    await Say("250 localhost", cancel);
                    break;
                case "MAIL":
                    await Say(From(rest), cancel);
                    break;
                case "RCPT":
                    await Say(To(rest), cancel);
                    break;
                case "DATA":
                    await Data(cancel);
                    break;
                case "RSET":
                    Reset();
                    await Say("250 2.0.0 Forgotten", cancel);
                    break;
                case "NOOP":
                    await Say("250 2.0.0 Still here", cancel);
                    break;
                case "VRFY":
                    await Say("252 2.5.0 Send and see", cancel);
                    break;
                case "QUIT":
                    await Say("221 2.0.0 Goodbye", cancel);
                    return;
                default:
                    await Say("500 5.5.1 Unknown command", cancel);
                    break;
            }
        }
    }

    private void Reset()
    {
        sender = null;
        recipients.Clear();
    }

    private string From(string argument)
    {
        if (sender is not null)
            return "503 5.5.1 One sender at a time";
        if (Path(argument, "FROM:") is not var (address, parameters))
            return "501 5.5.4 MAIL FROM:<address>";
        foreach (var parameter in parameters)
        {
            if (
                parameter.StartsWith("SIZE=", StringComparison.OrdinalIgnoreCase)
                && (!long.TryParse(parameter.AsSpan(5), CultureInfo.InvariantCulture, out var size) || size > LargestMail)
            )
                return "552 5.3.4 Larger than this mailbox takes";
        }
        sender = address;
        return "250 2.1.0 Sender noted";
    }

    private string To(string argument)
    {
        if (sender is null)
            return "503 5.5.1 MAIL comes first";
        if (Path(argument, "TO:") is not var (address, _) || !address.Contains('@', StringComparison.Ordinal))
            return "501 5.5.4 RCPT TO:<address>";
        if (recipients.Count == MostRecipients)
            return "452 4.5.3 Too many recipients";
        if (address.StartsWith("unknown@", StringComparison.OrdinalIgnoreCase))
            return "550 5.1.1 No such mailbox";
        if (address.StartsWith("mailbox-full@", StringComparison.OrdinalIgnoreCase))
            return "452 4.2.2 Mailbox full";
        recipients.Add(address);
        return "250 2.1.5 Recipient noted";
    }

    /// <summary><c>FROM:&lt;a@b&gt; SIZE=…</c> into the address and the parameters after it; null when it has another form.</summary>
    private static (string Address, string[] Parameters)? Path(string argument, string keyword)
    {
        if (!argument.StartsWith(keyword, StringComparison.OrdinalIgnoreCase))
            return null;
        var rest = argument[keyword.Length..].TrimStart();
        var end = rest.IndexOf('>', StringComparison.Ordinal);
        if (!rest.StartsWith('<') || end < 0)
            return null;
        var address = rest[1..end];
        // Goes into a header of the file: a control character there would forge another header.
        return address.Any(char.IsControl) ? null : (address, rest[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private async Task Data(CancellationToken cancel)
    {
        if (sender is null || recipients.Count == 0)
        {
            await Say("503 5.5.1 MAIL and RCPT come first", cancel);
            return;
        }
        await Say("354 The mail, then a line with a dot", cancel);
        var message = new ArrayBufferWriter<byte>(8192);
        var tooLarge = false;
        while (await ReadLine(LargestMail, cancel) is { } line)
        {
            if (line is [(byte)'.'])
            {
                await Say(tooLarge ? "552 5.3.4 Larger than this mailbox takes" : await Keep(message.WrittenMemory, cancel), cancel);
                Reset();
                return;
            }
            var content = line is [(byte)'.', ..] ? line.AsMemory(1) : line;
            tooLarge |= message.WrittenCount + content.Length + 2 > LargestMail;
            if (tooLarge)
                continue;
            message.Write(content.Span);
            message.Write("\r\n"u8);
        }
        throw new IOException("The sender hung up within a mail.");
    }

    private async Task<string> Keep(ReadOnlyMemory<byte> message, CancellationToken cancel)
    {
        try
        {
            await mailbox.Deliver(sender!, recipients, message, cancel);
            return "250 2.0.0 Delivered";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogError(e, "A mail could not be written");
            return "451 4.3.0 The disk did not take it; try again";
        }
    }

    /// <summary>The next line without its CRLF, cut just over <paramref name="longest"/>; null when the connection has ended.</summary>
    private async Task<byte[]?> ReadLine(int longest, CancellationToken cancel)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancel);
            var buffer = result.Buffer;
            // Only CRLF ends a line: servers that also took a bare LF were made to see two mails in one.
            if (TryReadLine(buffer, out var line, out var next))
            {
                input.AdvanceTo(next);
                return line;
            }
            if (buffer.Length > longest)
            {
                var cut = buffer.Slice(0, longest + 1).ToArray();
                input.AdvanceTo(buffer.End);
                return cut;
            }
            input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
                return null;
        }
    }

    private static bool TryReadLine(in ReadOnlySequence<byte> buffer, out byte[] line, out SequencePosition next)
    {
        var reader = new SequenceReader<byte>(buffer);
        var found = reader.TryReadTo(out ReadOnlySequence<byte> read, "\r\n"u8);
        (line, next) = (found ? read.ToArray() : [], reader.Position);
        return found;
    }

    private Task Say(string line, CancellationToken cancel) => stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancel).AsTask();
}
