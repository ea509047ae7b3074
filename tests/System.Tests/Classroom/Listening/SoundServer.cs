using System.Diagnostics;
using System.Globalization;
using Stages.Testing;

namespace Stages.SystemTests.Classroom.Listening;

/// <summary>
/// A sound server of the test's own, with a loudspeaker for each person that nobody hears but the test: what comes out of it is what
/// this person's browser plays, whatever the page says of itself.
/// </summary>
internal sealed class SoundServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/pulseaudio";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("stages-sound-");
    private readonly List<Loudspeaker> speakers = [];
    private Process? server;

    public static bool IsThere => File.Exists(Program);

    private string Address => "unix:" + Path.Combine(folder.FullName, "native");

    public static async Task<SoundServer> Start(params string[] people)
    {
        var sound = new SoundServer();
        var start = new ProcessStartInfo(Program)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            ArgumentList =
            {
                "-n",
                "--daemonize=no",
                "--exit-idle-time=-1",
                "--use-pid-file=no",
                "--disable-shm",
                $"--load=module-native-protocol-unix socket={Path.Combine(sound.folder.FullName, "native")} auth-anonymous=1",
            },
        };
        foreach (var person in people)
            start.ArgumentList.Add($"--load=module-null-sink sink_name={person} rate={Loudspeaker.Rate} channels=1");
        // Nothing of whoever runs the test: no configuration, no server that is there already.
        start.Environment["HOME"] = start.Environment["XDG_RUNTIME_DIR"] = sound.folder.FullName;
        sound.server = Process.Start(start)!;
        sound.server.ErrorDataReceived += (_, _) => { };
        sound.server.BeginErrorReadLine();
        await Eventually.True(() => Task.FromResult(File.Exists(Path.Combine(sound.folder.FullName, "native"))));
        return sound;
    }

    /// <summary>What a browser's process must know to play there.</summary>
    public Dictionary<string, string> PlaysAt(string person) =>
        new(StringComparer.Ordinal) { ["PULSE_SERVER"] = Address, ["PULSE_SINK"] = person };

    public Loudspeaker Listen(string person, params int[] voices)
    {
        var start = new ProcessStartInfo("parec")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                $"--device={person}.monitor",
                "--raw",
                "--format=s16le",
                "--channels=1",
                $"--rate={Loudspeaker.Rate.ToString(CultureInfo.InvariantCulture)}",
                "--latency-msec=50",
            },
        };
        start.Environment["PULSE_SERVER"] = Address;
        var speaker = new Loudspeaker(Process.Start(start)!, voices);
        speakers.Add(speaker);
        return speaker;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var speaker in speakers)
            await speaker.DisposeAsync();
        if (server is not null)
        {
            server.Kill();
            await server.WaitForExitAsync();
            server.Dispose();
        }
        folder.Delete(recursive: true);
    }
}
