using System.Net.Sockets;
using System.Text;
using CsCheck;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using Shouldly;
using Stages.MailSink;
using Xunit;

namespace Stages.Infra.Tests;

/// <summary>The mail server of local runs, spoken to by a real client and, where that one is too polite, line by line.</summary>
public sealed class MailboxTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("stages-mail-").FullName;
    private SmtpReceiver receiver = null!;

    public async ValueTask InitializeAsync()
    {
        receiver = new SmtpReceiver(new Mailbox(folder, TimeProvider.System), 0, NullLogger<SmtpReceiver>.Instance);
        await receiver.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await receiver.StopAsync(CancellationToken.None);
        receiver.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task a_mail_is_a_file_when_the_client_hears_that_it_was_taken()
    {
        using var client = await Connect();
        var mail = Mail("Zoé L'Hénoret <zoe@example.org>", "Place proposée", "Bonjour,\r\n.une ligne avec un point\r\n..et deux\r\n");

        await client.SendAsync(mail, TestContext.Current.CancellationToken);

        var kept = Kept().ShouldHaveSingleItem();
        kept.Subject.ShouldBe("Place proposée");
        kept.TextBody?.ReplaceLineEndings("\n").ShouldBe("Bonjour,\n.une ligne avec un point\n..et deux\n");
        kept.Headers["Delivered-To"].ShouldBe("zoe@example.org");
    }

    [Fact]
    public async Task each_recipient_has_a_copy()
    {
        using var client = await Connect();
        var mail = Mail("a@example.org", "Deux responsables", "Bonjour");
        mail.To.Add(MailboxAddress.Parse("b@example.org"));

        await client.SendAsync(mail, TestContext.Current.CancellationToken);

        Kept().Select(m => m.Headers["Delivered-To"]).ShouldBe(["a@example.org", "b@example.org"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("unknown@example.org", SmtpStatusCode.MailboxUnavailable)]
    [InlineData("mailbox-full@example.org", SmtpStatusCode.InsufficientStorage)]
    public async Task two_recipients_are_refused_to_see_what_a_sender_makes_of_it(string recipient, SmtpStatusCode expected)
    {
        using var client = await Connect();

        var refusal = await Should.ThrowAsync<SmtpCommandException>(() => client.SendAsync(Mail(recipient, "x", "x")));

        refusal.StatusCode.ShouldBe(expected);
        Kept().ShouldBeEmpty();
    }

    [Fact]
    public async Task a_dot_after_a_bare_line_feed_does_not_end_a_mail()
    {
        var answers = await Say(
            "HELO x\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n"
                + "Subject: one\r\n\r\nbefore\n.\nMAIL FROM:<forged@example.org>\r\n.\r\nQUIT\r\n"
        );

        answers.ShouldNotContain(a => a.Contains("forged", StringComparison.Ordinal));
        Encoding
            .UTF8.GetString(
                await File.ReadAllBytesAsync(Directory.GetFiles(folder, "*.eml").Single(), TestContext.Current.CancellationToken)
            )
            .ShouldContain("before\n.\nMAIL FROM");
    }

    /// <summary>
    /// Nothing of a session is bounded by how often it was refused: a sender goes through its whole list on one connection.
    /// </summary>
    [Fact]
    public async Task a_sender_who_was_refused_often_is_still_heard()
    {
        using var client = await Connect();
        for (var i = 0; i < 30; i++)
            await Should.ThrowAsync<SmtpCommandException>(() => client.SendAsync(Mail("mailbox-full@example.org", "x", "x")));

        await client.SendAsync(Mail("zoé@exemple.org", "Après", "Bonjour"), TestContext.Current.CancellationToken);

        Kept().ShouldHaveSingleItem().Headers["Delivered-To"].ShouldBe("zoé@exemple.org");
    }

    [Fact]
    public async Task a_sender_who_hangs_up_within_a_mail_leaves_nothing()
    {
        await Say("HELO x\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\nSubject: half\r\n\r\nhal");

        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private static readonly string[] Lines = ["", ".", "..", ".x", "é", "a b", "=20", new string('x', 2000)];

    /// <summary>Whatever lines a body has, dots and empty ones among them, it arrives as it was sent.</summary>
    [Fact]
    public Task any_body_comes_back_as_it_was_sent() =>
        Gen.Int[0, 7]
            .Select(i => Lines[i])
            .List[0, 12]
            .SampleAsync(
                async lines =>
                {
                    foreach (var file in Directory.GetFiles(folder, "*.eml"))
                        File.Delete(file);
                    var stuffed = string.Concat(lines.Select(l => (l.StartsWith('.') ? "." : "") + l + "\r\n"));
                    await Say($"HELO x\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n\r\n{stuffed}.\r\nQUIT\r\n");
                    var text = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(Directory.GetFiles(folder, "*.eml").Single()));
                    return text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..] == string.Concat(lines.Select(l => l + "\r\n"));
                },
                iter: 30,
                threads: 1
            );

    private async Task<SmtpClient> Connect()
    {
        var client = new SmtpClient();
        await client.ConnectAsync(
            "127.0.0.1",
            receiver.Port,
            MailKit.Security.SecureSocketOptions.None,
            TestContext.Current.CancellationToken
        );
        return client;
    }

    /// <summary>Sends everything at once, as PIPELINING allows, and reads until the server hangs up.</summary>
    private async Task<string[]> Say(string dialogue)
    {
        using var tcp = new TcpClient("127.0.0.1", receiver.Port);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(dialogue));
        tcp.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream);
        return (await reader.ReadToEndAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    private MimeMessage[] Kept() => [.. Directory.GetFiles(folder, "*.eml").Select(f => MimeMessage.Load(f))];

    private static MimeMessage Mail(string to, string subject, string text)
    {
        var mail = new MimeMessage
        {
            Subject = subject,
            Body = new TextPart("plain") { Text = text },
        };
        mail.From.Add(MailboxAddress.Parse("stages@example.org"));
        mail.To.Add(MailboxAddress.Parse(to));
        return mail;
    }
}
