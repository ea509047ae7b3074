using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Stages.Testing;

/// <summary>
/// A real <c>clamd</c> that knows one virus and no other: the test file of EICAR, which is none. Its database is written here; nothing is
/// downloaded.
/// </summary>
public sealed class Clamd : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("stages-clamd-");
    private Process? process;

    /// <summary>In two parts, so that no scanner finds it in this file.</summary>
    public static readonly byte[] Eicar = Encoding.ASCII.GetBytes(
        @"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*"
    );

    public int Port { get; } = ServiceProcess.FreePort();

    public string Address => string.Create(CultureInfo.InvariantCulture, $"tcp://127.0.0.1:{Port}");

    /// <param name="largest">Of what it looks through, in megabytes.</param>
    public async Task Start(int largest = 20)
    {
        var (database, settings) = (Path.Combine(folder.FullName, "database"), Path.Combine(folder.FullName, "clamd.conf"));
        Directory.CreateDirectory(database);
        await File.WriteAllTextAsync(Path.Combine(database, "own.ndb"), $"Eicar-Test-Signature:0:*:{Convert.ToHexStringLower(Eicar)}\n");
        await File.WriteAllTextAsync(
            settings,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                Foreground yes
                TCPAddr 127.0.0.1
                TCPSocket {Port}
                DatabaseDirectory {database}
                TemporaryDirectory {folder.FullName}
                LogFile {Path.Combine(folder.FullName, "log")}
                StreamMaxLength {largest}M
                MaxThreads 4
                SelfCheck 0

                """
            )
        );
        var start = new ProcessStartInfo("/usr/sbin/clamd", ["--config-file=" + settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Eventually.True(Answers);
    }

    public async Task Stop()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process?.Dispose();
        process = null;
    }

    private async Task<bool> Answers()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port);
            await using var stream = client.GetStream();
            await stream.WriteAsync("zPING\0"u8.ToArray());
            var pong = new byte[5];
            await stream.ReadExactlyAsync(pong);
            return pong.AsSpan().SequenceEqual("PONG\0"u8);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        folder.Delete(recursive: true);
    }
}

/// <summary>TLS before a server that knows none, as operators put it before theirs.</summary>
public sealed class SealedDoor : IAsyncDisposable
{
    private readonly TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly Task work;

    public SealedDoor(X509Certificate2 certificate, int to)
    {
        listener.Start();
        work = Work(certificate, to);
    }

    public int Port => ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;

    private async Task Work(X509Certificate2 certificate, int to)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(over.Token);
                await using var outside = new SslStream(client.GetStream());
                await outside.AuthenticateAsServerAsync(certificate);
                using var server = new TcpClient();
                await server.ConnectAsync("127.0.0.1", to, over.Token);
                var inside = server.GetStream();
                await Task.WhenAny(outside.CopyToAsync(inside, over.Token), inside.CopyToAsync(outside, over.Token));
            }
            catch (Exception e)
                when (e
                        is OperationCanceledException
                            or IOException
                            or SocketException
                            or System.Security.Authentication.AuthenticationException
                )
            {
                // The next one.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await work;
        listener.Dispose();
        over.Dispose();
    }
}
