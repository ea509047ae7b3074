using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Stages.SystemTests.Classroom.Listening;

/// <summary>What comes out of one person's loudspeaker: whose voices, each of which is a tone of its own.</summary>
/// <param name="voices">Their tones, in hertz: multiples of ten, so that none leaks into another's.</param>
internal sealed class Loudspeaker(Process recorder, int[] voices) : IAsyncDisposable
{
    public const int Rate = 48_000;

    /// <summary>A tenth of a second.</summary>
    private const int Window = Rate / 10;

    /// <summary>Of full scale: a hundredth of what a voice at its loudest has, and far above what a codec makes of silence.</summary>
    private const double Audible = 0.01;

    private readonly Lock one = new();
    private readonly int[] heard = new int[voices.Length];
    private int windows;
    private int passedOver;
    private readonly TaskCompletionSource begun = new();

    public Task Begin()
    {
        _ = Task.Run(Read);
        return begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>From now on: what was on its way to the loudspeaker before is passed over, half a second of it.</summary>
    public void Anew()
    {
        lock (one)
        {
            Array.Clear(heard);
            windows = 0;
            passedOver = 5;
        }
    }

    /// <summary>How many tenths of a second were listened to, and in how many of them each voice was heard.</summary>
    public (int Windows, int[] Heard) Now()
    {
        lock (one)
            return (windows, [.. heard]);
    }

    private async Task Read()
    {
        var bytes = new byte[Window * 2];
        try
        {
            while (true)
            {
                await recorder.StandardOutput.BaseStream.ReadExactlyAsync(bytes);
                var loud = Measure(MemoryMarshal.Cast<byte, short>(bytes));
                begun.TrySetResult();
                lock (one)
                {
                    if (passedOver > 0)
                    {
                        passedOver--;
                        continue;
                    }
                    windows++;
                    for (var i = 0; i < heard.Length; i++)
                        if (loud[i] > Audible)
                            heard[i]++;
                }
            }
        }
        catch (Exception e) when (e is EndOfStreamException or IOException or ObjectDisposedException)
        {
            // The recorder was ended.
        }
    }

    /// <summary>How loud each tone is in this window, of full scale (Goertzel).</summary>
    private double[] Measure(ReadOnlySpan<short> samples)
    {
        var loud = new double[voices.Length];
        for (var i = 0; i < voices.Length; i++)
        {
            var turn = 2 * Math.Cos(2 * Math.PI * voices[i] / Rate);
            double before = 0,
                last = 0;
            foreach (var sample in samples)
                (before, last) = (last, (turn * last) - before + (sample / 32768.0));
            var power = (before * before) + (last * last) - (turn * before * last);
            loud[i] = 2 * Math.Sqrt(Math.Max(0, power)) / samples.Length;
        }
        return loud;
    }

    public async ValueTask DisposeAsync()
    {
        if (!recorder.HasExited)
            recorder.Kill();
        await recorder.WaitForExitAsync();
        recorder.Dispose();
    }
}

/// <summary>A voice for a pretended microphone: a tone that comes and goes, as a steady one would be taken for noise.</summary>
internal static class Voice
{
    public static string Write(string folder, int hertz)
    {
        var path = Path.Combine(folder, $"voice-{hertz}.wav");
        var samples = new short[2 * Loudspeaker.Rate];
        for (var i = 0; i < samples.Length; i++)
        {
            var inBeat = i % (Loudspeaker.Rate / 2) / (double)(Loudspeaker.Rate / 2);
            samples[i] = (short)(inBeat < 0.6 ? 12_000 * Math.Sin(2 * Math.PI * hertz * i / Loudspeaker.Rate) : 0);
        }
        using var file = new BinaryWriter(File.Create(path));
        file.Write("RIFF"u8);
        file.Write(36 + (samples.Length * 2));
        file.Write("WAVEfmt "u8);
        file.Write(16);
        file.Write((short)1);
        file.Write((short)1);
        file.Write(Loudspeaker.Rate);
        file.Write(Loudspeaker.Rate * 2);
        file.Write((short)2);
        file.Write((short)16);
        file.Write("data"u8);
        file.Write(samples.Length * 2);
        file.Write(MemoryMarshal.AsBytes(samples.AsSpan()));
        return path;
    }
}
