using System.Buffers;
using SmtpServer;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Stages.MailSink;

/// <summary>250 after DATA means that the mail is on the disk.</summary>
public sealed class Keeper(Mailbox mailbox, ILogger logger) : MessageStore
{
    public override async Task<SmtpResponse> SaveAsync(
        ISessionContext context,
        IMessageTransaction transaction,
        ReadOnlySequence<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        try
        {
            // The line break before the closing dot ends the mail's last line.
            byte[] mail = [.. buffer.ToArray(), .. "\r\n"u8];
            await mailbox.Deliver(Address(transaction.From), [.. transaction.To.Select(Address)], mail, cancellationToken);
            return SmtpResponse.Ok;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogError(e, "A mail could not be written");
            return new SmtpResponse(SmtpReplyCode.Aborted, "4.3.0 The disk did not take it; try again");
        }
    }

    /// <summary>Empty for the sender of a bounce, <c>&lt;&gt;</c>.</summary>
    private static string Address(IMailbox mailbox) => mailbox == SmtpServer.Mail.Mailbox.Empty ? "" : mailbox.AsAddress();
}
