using SmtpServer;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Stages.MailSink;

/// <summary>
/// Lets everybody in but two recipients: <c>unknown@…</c> is refused for ever (550) and <c>mailbox-full@…</c> for now (452), to
/// see what a sender makes of it.
/// </summary>
public sealed class Doorkeeper : MailboxFilter
{
    public override Task<bool> CanDeliverToAsync(
        ISessionContext context,
        IMailbox to,
        IMailbox from,
        CancellationToken cancellationToken
    ) =>
        to.User.ToLowerInvariant() switch
        {
            "unknown" => Task.FromResult(false),
            "mailbox-full" => throw new SmtpResponseException(new SmtpResponse(SmtpReplyCode.InsufficientStorage, "4.2.2 Mailbox full")),
            _ => Task.FromResult(true),
        };
}
