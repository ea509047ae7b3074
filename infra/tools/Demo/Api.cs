using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stages.Demo;

/// <summary>The API answered with a refusal, or not at all.</summary>
public sealed class ApiFailure(string message) : Exception(message);

/// <summary>
/// Speaks to the public API as a careful client does: every POST carries an Idempotency-Key, and what was not answered, or
/// answered with "later", is asked again with the same key.
/// </summary>
public sealed class Api(Uri portal, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64, UseProxy = false })
    {
        BaseAddress = portal,
        Timeout = TimeSpan.FromSeconds(60),
    };

    public Task<JsonNode> Get(string path, string? token) => Send(HttpMethod.Get, path, token, null);

    public Task<JsonNode> Post(string path, string? token, JsonObject? body = null) => Send(HttpMethod.Post, path, token, body ?? []);

    public async Task<string> Text(string path)
    {
        using var response = await http.GetAsync(path);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsStringAsync()
            : throw new ApiFailure($"GET {path}: {(int)response.StatusCode}");
    }

    /// <summary>Every item of a list, over all its pages.</summary>
    public async Task<List<JsonNode>> List(string path, string token)
    {
        var items = new List<JsonNode>();
        for (string? next = null; ; )
        {
            var page = await Get(next is null ? path : Following(path, next), token);
            items.AddRange(page["items"]!.AsArray().Select(i => i!));
            next = page["next"]?.GetValue<string>();
            if (next is null)
                return items;
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary><c>next</c> is an address, or what <c>after</c> takes.</summary>
    private static string Following(string path, string next) =>
        next.StartsWith('/') || next.StartsWith("http", StringComparison.Ordinal)
            ? next
            : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}after={Uri.EscapeDataString(next)}";

    private async Task<JsonNode> Send(HttpMethod method, string path, string? token, JsonObject? body)
    {
        var key = Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        var since = clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var trouble = "";
            try
            {
                using var request = new HttpRequestMessage(method, path);
                request.Headers.AcceptLanguage.ParseAdd("fr");
                if (token is not null)
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                if (method == HttpMethod.Post)
                    request.Headers.Add("Idempotency-Key", key);
                if (body is not null)
                    request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
                using var response = await http.SendAsync(request);
                var text = await response.Content.ReadAsStringAsync();
                if (response.IsSuccessStatusCode)
                    return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text) ?? new JsonObject();
                trouble = $"{method} {path}: {(int)response.StatusCode} {text}";
                if (
                    response.StatusCode
                    is not (
                        HttpStatusCode.TooManyRequests
                        or HttpStatusCode.BadGateway
                        or HttpStatusCode.ServiceUnavailable
                        or HttpStatusCode.GatewayTimeout
                    )
                )
                    throw new ApiFailure(trouble);
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException)
            {
                trouble = $"{method} {path}: {e.Message}";
            }
            if (clock.GetElapsedTime(since) > Patience)
                throw new ApiFailure($"{trouble} (asked {attempt} times)");
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(Math.Min(200 * attempt, 3000)));
            await pause.WaitForNextTickAsync();
        }
    }
}
