using System.Collections.Concurrent;
using MimeKit;

namespace Stages.MailSink;

/// <summary>
/// The receiving end of a gateway for text messages: <c>POST /sms { id, to, text }</c>, kept before it is answered. An id that comes
/// again is the same message, delivered once.
/// </summary>
public sealed class TextMessages(Mailbox mailbox)
{
    private readonly ConcurrentDictionary<string, Task> delivered = new(StringComparer.Ordinal);

    /// <param name="Id">The sender's; the same at each attempt.</param>
    /// <param name="To">A number in international form, such as <c>+33639980001</c>.</param>
    public sealed record Message(string Id, string To, string Text);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(
            "/sms",
            async (Message message, TextMessages messages) =>
            {
                if (
                    message.To is null
                    || message.Text is null
                    || message.Id is null
                    || !message.To.StartsWith('+')
                    || message.To.Length is < 8 or > 16
                    || !message.To.Skip(1).All(char.IsAsciiDigit)
                )
                    return Results.BadRequest(new { error = "to: a number in international form" });
                await messages.Deliver(message);
                return Results.Accepted();
            }
        );

    public Task Deliver(Message message) =>
        delivered.GetOrAdd(message.Id, static (_, x) => x.Self.Write(x.Message), (Self: this, Message: message));

    private async Task Write(Message message)
    {
        try
        {
            using var mail = new MimeMessage();
            mail.From.Add(new MailboxAddress("SMS", "sms@localhost"));
            mail.To.Add(new MailboxAddress(message.To, "sms@localhost"));
            mail.Subject = $"SMS : {message.Text}";
            mail.Headers.Add("X-Stages-Kind", "sms");
            mail.Body = new TextPart("plain") { Text = message.Text };
            using var bytes = new MemoryStream();
            await mail.WriteToAsync(bytes);
            await mailbox.Deliver("sms@localhost", [message.To], bytes.ToArray(), CancellationToken.None, Mailbox.TextMessage);
        }
        catch
        {
            // Not delivered: the next attempt with this id must not find that it was.
            delivered.TryRemove(message.Id, out _);
            throw;
        }
    }
}
