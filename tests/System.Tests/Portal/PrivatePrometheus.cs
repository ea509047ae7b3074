using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Stages.Testing;

namespace Stages.SystemTests.Portal;

/// <summary>A real Prometheus with the alerts of the house, in a hurry: it looks each second, and rings at once.</summary>
public sealed class PrivatePrometheus : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("stages-prometheus-").FullName;
    private readonly HttpClient http = new();
    private readonly Process process;

    /// <param name="read">Name of a job and port at which its figures are read.</param>
    public PrivatePrometheus(IEnumerable<KeyValuePair<string, int>> read)
    {
        var observe = Path.Combine(Servers.Checkout, "infra", "observe");
        var port = ServiceProcess.FreePort();
        http.BaseAddress = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/api/v1/");
        Write("prometheus.yaml", File.ReadAllText(Path.Combine(observe, "prometheus.yaml")).Replace("5s", "1s", StringComparison.Ordinal));
        var rules = File.ReadAllLines(Path.Combine(observe, "alerts.yaml"))
            .Where(line => !line.TrimStart().StartsWith("for:", StringComparison.Ordinal));
        Write("alerts.yaml", string.Join('\n', rules));
        var targets = read.Select(r => new { targets = new[] { $"localhost:{r.Value}" }, labels = new { job = r.Key } });
        Write("targets.json", JsonSerializer.Serialize(targets));
        process = Process.Start(
            new ProcessStartInfo(
                "prometheus",
                [
                    $"--config.file={folder}/prometheus.yaml",
                    $"--storage.tsdb.path={folder}/data",
                    $"--web.listen-address=127.0.0.1:{port}",
                    "--log.level=error",
                ]
            )
        )!;

        void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
    }

    /// <summary>The values of an expression now, by their labels; none while it has not looked yet.</summary>
    public async Task<IReadOnlyList<(IReadOnlyDictionary<string, string> Labels, double Value)>> Ask(string expression)
    {
        var answer = await Get($"query?query={Uri.EscapeDataString(expression)}");
        return answer is not { } told
            ? []
            :
            [
                .. told.GetProperty("result")
                    .EnumerateArray()
                    .Select(one =>
                        (
                            (IReadOnlyDictionary<string, string>)one.GetProperty("metric").Deserialize<Dictionary<string, string>>()!,
                            double.Parse(one.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture)
                        )
                    ),
            ];
    }

    /// <summary>Names of the alerts that ring, each with its sentence.</summary>
    public async Task<IReadOnlyList<(string Name, string Sentence)>> Ringing() =>
        await Get("alerts") is not { } told
            ? []
            :
            [
                .. told.GetProperty("alerts")
                    .EnumerateArray()
                    .Where(a => a.GetProperty("state").GetString() == "firing")
                    .Select(a =>
                        (
                            a.GetProperty("labels").GetProperty("alertname").GetString()!,
                            a.GetProperty("annotations").GetProperty("summary").GetString()!
                        )
                    ),
            ];

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<JsonElement?> Get(string what)
    {
        try
        {
            return (await http.GetFromJsonAsync<JsonElement>(what)).GetProperty("data");
        }
        catch (HttpRequestException)
        {
            // It is still starting.
            return null;
        }
    }
}
