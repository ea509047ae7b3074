using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using MimeKit;

namespace Stages.Testing;

/// <summary>
/// The folder of the local mailbox, mails and text messages. A test never takes "the newest" of it: on a busy machine that is the
/// one before. It says what it does and is given what came of that.
/// </summary>
public partial class MailFolder(string folder)
{
    private readonly ConcurrentDictionary<string, MimeMessage> read = new(StringComparer.Ordinal);

    public int Count => Directory.EnumerateFiles(folder, "*.eml").Count();

    /// <summary>Everything that has arrived so far, oldest first.</summary>
    public IReadOnlyList<MimeMessage> Mails =>
        [
            .. Directory
                .EnumerateFiles(folder)
                .Where(f => f.EndsWith(".eml", StringComparison.Ordinal) || f.EndsWith(".sms", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(f => read.GetOrAdd(f, static path => MimeMessage.Load(path))),
        ];

    /// <summary>What has come to an address, or as text messages to a number in international form, so far.</summary>
    public IReadOnlyList<MimeMessage> To(string address, string? kind = null) =>
        [.. Mails.Where(m => m.Headers["Delivered-To"] == address && (kind is null || m.Headers["X-Stages-Kind"] == kind))];

    /// <summary>Waits until this address has this many mails (of a kind) and answers with them.</summary>
    public Task<IReadOnlyList<MimeMessage>> Gets(string address, int count = 1, string? kind = null, TimeSpan? patience = null) =>
        Eventually.Is(
            () => Task.FromResult(To(address, kind)),
            mails => mails.Count >= count,
            patience,
            $"{count} mails {kind} to {address}"
        );

    /// <summary>Waits until this address has one mail of this kind, and it alone.</summary>
    public async Task<MimeMessage> GetsOne(string address, string kind) => (await Gets(address, 1, kind)).Single();

    /// <summary>Does something and waits for the message that comes of it: one that had not come before, by its own id.</summary>
    public async Task<MimeMessage> Caused(string address, string kind, Func<Task> action)
    {
        var before = To(address, kind).Select(m => m.MessageId).ToHashSet(StringComparer.Ordinal);
        await action();
        var after = await Eventually.Is(
            () => Task.FromResult(To(address, kind).Where(m => !before.Contains(m.MessageId)).ToList()),
            mails => mails.Count > 0,
            condition: $"a mail {kind} to {address} beside the {before.Count} of before"
        );
        return after[0];
    }

    /// <summary>Asks for a code with which to sign in, and waits for the one that comes of asking.</summary>
    /// <param name="kind"><c>sign-in</c> for a mail, <c>sms</c> for a text message.</param>
    public async Task<string> Code(string address, string kind, Func<Task> asking) =>
        InHalves().Match((await Caused(address, kind, asking)).TextBody ?? "").Value;

    /// <summary>Six digits, or the eight characters of staff.</summary>
    [GeneratedRegex(@"\b(\d{3} \d{3}|[A-HJ-NP-Z2-9]{4} [A-HJ-NP-Z2-9]{4})\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InHalves();
}
