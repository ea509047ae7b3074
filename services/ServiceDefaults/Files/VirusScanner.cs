using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.AspNetCore.Builder;

namespace Stages.ServiceDefaults;

public sealed record FileIsInfected()
    : Refusal(
        RefusalKind.Rule,
        "file-infected",
        "L’antivirus a reconnu un virus dans ce fichier : il n’est pas gardé.",
        "The virus scanner knows a virus in this file: it is not kept."
    );

/// <summary>Nobody can say of a file what is in it: it is not kept, and may be sent again.</summary>
public sealed class ScannerAway(bool isAway, string reason, Exception? cause = null)
    : ForeignServerFault(Say.In("L’antivirus", "The virus scanner"), isAway, reason, cause);

/// <summary>
/// Has what people hand on looked through before it is kept, by a <c>clamd</c> (<c>INSTREAM</c>: nothing is written to a disk on the way).
/// What it does not answer for is refused. One connection a file: clamd ends those that are idle.
/// </summary>
public sealed class VirusScanner(ScannerAddress? address, TimeProvider clock, ILogger<VirusScanner> logger)
{
    private const int Piece = 64 * 1024,
        LongestAnswer = 4096;

    /// <summary>A file of ten megabytes takes a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <returns>Null where nothing was found, or where nobody looks.</returns>
    /// <exception cref="ScannerAway">It does not answer, or not for this file.</exception>
    public async Task<Refusal?> Look(ReadOnlyMemory<byte> file, CancellationToken cancel)
    {
        if (address is null)
            return null;
        using var late = clock.CreateCancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        string answer;
        try
        {
            answer = await Ask(address, file, either.Token);
        }
        catch (Exception e)
            when (e is IOException or SocketException or AuthenticationException
                || (e is OperationCanceledException && !cancel.IsCancellationRequested)
            )
        {
            logger.LogWarning("The virus scanner does not answer: {Error}", e.GetType().Name);
            throw new ScannerAway(true, e.GetType().Name, e);
        }
        if (answer == "stream: OK")
            return null;
        if (!answer.StartsWith("stream: ", StringComparison.Ordinal) || !answer.EndsWith(" FOUND", StringComparison.Ordinal))
        {
            logger.LogWarning("The virus scanner could not look through a file: {Answer}", Plain(answer));
            throw new ScannerAway(false, Plain(answer));
        }
        logger.LogWarning("A file was refused by the virus scanner: {Found}", Plain(answer[8..^6]));
        return new FileIsInfected();
    }

    private static async Task<string> Ask(ScannerAddress address, ReadOnlyMemory<byte> file, CancellationToken cancel)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port, cancel);
        await using var stream = await Seal(client.GetStream(), address, cancel);
        try
        {
            await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), cancel);
            var length = new byte[4];
            for (var at = 0; at < file.Length; at += Piece)
            {
                var piece = file[at..Math.Min(at + Piece, file.Length)];
                BinaryPrimitives.WriteInt32BigEndian(length, piece.Length);
                await stream.WriteAsync(length, cancel);
                await stream.WriteAsync(piece, cancel);
            }
            await stream.WriteAsync(new byte[4], cancel);
        }
        catch (IOException)
        {
            // It has answered before the end, of a file that is too large for it: what it said is there to be read.
        }
        return await Answer(stream, cancel);
    }

    private static async Task<Stream> Seal(NetworkStream plain, ScannerAddress address, CancellationToken cancel)
    {
        if (!address.IsSealed)
            return plain;
        var inSeal = new SslStream(plain);
        try
        {
            await inSeal.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, cancel);
            return inSeal;
        }
        catch
        {
            await inSeal.DisposeAsync();
            throw;
        }
    }

    /// <summary>Up to its closing NUL. An end without one is no answer.</summary>
    private static async Task<string> Answer(Stream stream, CancellationToken cancel)
    {
        var read = new byte[LongestAnswer];
        var length = 0;
        while (length < read.Length)
        {
            var some = await stream.ReadAsync(read.AsMemory(length), cancel);
            if (some == 0)
                throw new EndOfStreamException();
            length += some;
            if (read.AsSpan(0, length).IndexOf((byte)0) is >= 0 and var end)
                return Encoding.ASCII.GetString(read, 0, end);
        }
        throw new IOException("The answer has no end.");
    }

    /// <summary>Somebody else's words, as one short line.</summary>
    private static string Plain(string said) =>
        new([.. said.Take(100).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':' or ' ' ? c : '?')]);
}

public static class VirusScannerSetup
{
    /// <summary>For a service that takes files from people.</summary>
    public static void AddVirusScanner(this WebApplicationBuilder builder)
    {
        var address = ScannerAddress.Read(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(s => new VirusScanner(
            address,
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<VirusScanner>>()
        ));
    }
}
