using System.Text;
using Shouldly;
using Stages.MailSink;
using Stages.Testing;
using Xunit;

namespace Stages.Infra.Tests;

/// <summary>What a journey finds in its mailbox.</summary>
public sealed class MailFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("stages-mails-").FullName;

    [Fact]
    public async Task a_code_is_the_one_that_was_asked_for_however_late_it_comes()
    {
        var (mailbox, mails) = (new Mailbox(folder, TimeProvider.System), new MailFolder(folder));
        await Arrives(mailbox, "first", "111 111");
        Task late = Task.CompletedTask;
        var code = await mails.Code(
            "anne@example.org",
            "sign-in",
            async () =>
            {
                // The mail of before comes once more, as a mail server may deliver it twice; ours comes after we have begun to look.
                await Arrives(mailbox, "first", "111 111");
                late = Task.Run(() => Arrives(mailbox, "second", "222 222"), TestContext.Current.CancellationToken);
            }
        );
        await late;
        code.ShouldBe("222 222");
    }

    private static Task Arrives(Mailbox mailbox, string id, string code) =>
        mailbox.Deliver(
            "stages@example.org",
            ["anne@example.org"],
            Encoding.UTF8.GetBytes(
                $"Message-Id: <{id}@example.org>\r\nX-Stages-Kind: sign-in\r\nSubject: Se connecter\r\n\r\nCode :\r\n\r\n    {code}\r\n"
            ),
            TestContext.Current.CancellationToken
        );

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
