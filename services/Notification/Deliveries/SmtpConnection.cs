using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Stages.Notifications.Deliveries;

/// <summary>
/// One connection to the SMTP server, kept for one mail after the other, and what the server's answers mean. Not for use by two
/// at once.
/// </summary>
public sealed class SmtpConnection(MailSettings settings, TimeProvider clock) : IDisposable
{
    /// <summary>A connection that has been silent for longer is asked whether it still stands before a mail is given to it.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private SmtpClient? client;
    private long lastUsed;

    /// <param name="limit">Ends an attempt that takes too long.</param>
    public async Task<Result> Send(Claimed row, MimeMessage message, CancellationToken limit)
    {
        try
        {
            var smtp = await Open(limit);
            await smtp.SendAsync(message, limit);
            lastUsed = clock.GetTimestamp();
            return Result.Sent(row);
        }
        catch (SmtpCommandException e)
            when (e.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted && (int)e.StatusCode >= 500)
        {
            return Result.CameBack(row, $"{(int)e.StatusCode} {e.Message}");
        }
        catch (SmtpCommandException e)
        {
            // What the server holds against us rather than against this recipient is put right by people; nothing is abandoned for it.
            return Patience.After(row, $"{(int)e.StatusCode} {e.Message}", Patience.ForRecipient(row.Attempt), clock.GetUtcNow());
        }
        catch (NotSupportedException e)
        {
            return Result.CameBack(row, $"The server cannot take this address: {e.Message}");
        }
        catch (Exception e) when (IsServerAway(e))
        {
            Close();
            return Patience.Away(row, $"{e.GetType().Name}: {e.Message}", clock.GetUtcNow());
        }
    }

    /// <summary>A cancelled operation is one that took longer than its limit.</summary>
    private static bool IsServerAway(Exception e) =>
        e
            is IOException
                or SocketException
                or ProtocolException
                or ServiceNotConnectedException
                or ServiceNotAuthenticatedException
                or AuthenticationException
                or SslHandshakeException
                or TimeoutException
                or OperationCanceledException;

    private async Task<SmtpClient> Open(CancellationToken cancel)
    {
        if (client is { IsConnected: true })
        {
            if (clock.GetElapsedTime(lastUsed) < Fresh)
                return client;
            try
            {
                await client.NoOpAsync(cancel);
                return client;
            }
            catch (Exception e) when (e is IOException or ProtocolException or SmtpCommandException)
            {
                // The server had hung up while nothing was to be sent.
                Close();
            }
        }
        Close();
        client = new SmtpClient { Timeout = (int)settings.Timeout.TotalMilliseconds, LocalDomain = settings.Domain };
        await client.ConnectAsync(settings.Host, settings.Port, Security, cancel);
        if (!string.IsNullOrEmpty(settings.User))
            await client.AuthenticateAsync(settings.User, settings.Password ?? "", cancel);
        lastUsed = clock.GetTimestamp();
        return client;
    }

    private SecureSocketOptions Security =>
        settings.Security switch
        {
            "none" => SecureSocketOptions.None,
            "tls" => SecureSocketOptions.SslOnConnect,
            "auto" => settings.Port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable,
            _ => SecureSocketOptions.StartTls,
        };

    private void Close()
    {
        client?.Dispose();
        client = null;
    }

    public void Dispose() => Close();
}
