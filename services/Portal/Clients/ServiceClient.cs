using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stages.Portal.Clients;

/// <summary>What a service refused, as its problem details say: shown to the person as it stands.</summary>
public sealed record Problem(int Status, string Code, string Detail, IReadOnlyDictionary<string, string[]> Errors, JsonElement? Body = null)
{
    /// <summary>Not a server beyond ours, of which the service says more in its own words.</summary>
    public bool IsAway => Status is 502 or 503 or 504 && Code != ForeignServerFault.Code;

    /// <summary>The sentence beside a field, or null.</summary>
    public string? At(string field) => Errors.TryGetValue(field, out var texts) ? string.Join(' ', texts) : null;

    /// <summary>The sentences beside all fields whose names begin so, or null.</summary>
    public string? Under(string fields)
    {
        var texts = Errors.Where(e => e.Key.StartsWith(fields, StringComparison.Ordinal)).SelectMany(e => e.Value).ToArray();
        return texts.Length == 0 ? null : string.Join(' ', texts);
    }

    /// <summary>What the page itself finds wrong with a field.</summary>
    public static Problem Of(string field, string text) =>
        new(400, "validation", "", new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [text] });

    public static Problem Away { get; } = new(503, "unavailable", "", new Dictionary<string, string[]>(StringComparer.Ordinal));
}

/// <summary>The value, or why there is none.</summary>
public sealed record Answer<T>(T? Value, Problem? Problem, string? ETag = null)
{
    public bool Ok => Problem is null;
}

/// <summary>
/// Calls a service as the person whose page it is. A service that is away is an answer, not an exception: the page says so and
/// keeps what was typed.
/// </summary>
public abstract class ServiceClient(HttpClient http)
{
    /// <summary>
    /// Tolerant where the services are strict: a field that is added later must not break a page. What is null is not sent, so that a
    /// service that does not know a new field yet refuses only who fills it in.
    /// </summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new ShortTime() },
    };

    protected Task<Answer<T>> Get<T>(string path, CancellationToken cancel) => Send<T>(HttpMethod.Get, path, null, null, null, cancel);

    protected Task<Answer<T>> Post<T>(string path, object? body, string? once, CancellationToken cancel) =>
        Send<T>(HttpMethod.Post, path, body ?? new { }, once, null, cancel);

    /// <summary>The service's part of the audit log, for an administrator.</summary>
    public Task<Answer<Page<AuditLine>>> Audit(AuditQuery asked, CancellationToken cancel)
    {
        var words = new (string Name, object? Value)[]
        {
            ("person", asked.Person),
            ("kind", asked.Kind),
            ("object", asked.Object),
            ("from", asked.From?.ToString("O", CultureInfo.InvariantCulture)),
            ("before", asked.Before?.ToString("O", CultureInfo.InvariantCulture)),
            ("beforeSeq", asked.BeforeSeq),
            ("limit", asked.Limit),
        };
        var query = words.Where(w => w.Value is not null).Select(w => $"{w.Name}={Uri.EscapeDataString(w.Value!.ToString()!)}");
        return Get<Page<AuditLine>>("internal/audit?" + string.Join('&', query), cancel);
    }

    protected async Task<Answer<T>> Send<T>(
        HttpMethod method,
        string path,
        object? body,
        string? once,
        string? ifMatch,
        CancellationToken cancel,
        bool asService = false
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (asService)
            request.Options.Set(AsCaller.AsService, true);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: Json);
        if (once is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", once);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!response.IsSuccessStatusCode)
                return new(default, await ReadProblem(response, cancel));
            var etag = response.Headers.ETag?.ToString();
            if (
                typeof(T) == typeof(Nothing)
                || response.StatusCode is System.Net.HttpStatusCode.NoContent
                || response.Content.Headers.ContentLength is 0
            )
                return new(default, null, etag);
            return new(await response.Content.ReadFromJsonAsync<T>(Json, cancel), null, etag);
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException || (e is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            return new(default, Problem.Away);
        }
    }

    private static async Task<Problem> ReadProblem(HttpResponseMessage response, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        try
        {
            var body = await response.Content.ReadFromJsonAsync<JsonElement>(cancel);
            if (body.ValueKind == JsonValueKind.Object)
            {
                if (body.TryGetProperty("errors", out var named) && named.ValueKind == JsonValueKind.Object)
                    foreach (var field in named.EnumerateObject())
                        errors[field.Name] = [.. field.Value.EnumerateArray().Select(t => t.GetString() ?? "")];
                return new(status, Text("code"), Text("detail"), errors, body);
            }

            string Text(string name) =>
                body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        }
        catch (JsonException)
        {
            // Not one of our services' answers: a proxy between us, perhaps.
        }
        return new(status, "error", "", errors);
    }
}

/// <summary>For calls whose answer has no content worth reading.</summary>
public sealed record Nothing;

/// <summary>Gives each inward call the token and language of the person; calls without a person go as the Portal itself.</summary>
/// <param name="service">The one that is called.</param>
public sealed class AsCaller(IHttpContextAccessor accessor, TokenMint mint, string service) : DelegatingHandler
{
    /// <summary>Set on requests that the Portal makes in its own name.</summary>
    public static readonly HttpRequestOptionsKey<bool> AsService = new("as-service");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var user = accessor.HttpContext?.User;
        if (request.Options.TryGetValue(AsService, out var own) && own)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", mint.Service(service));
        else if (user?.Identity?.IsAuthenticated == true)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", mint.For(user, service));
        else if (Acting.For is { } person)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", mint.For(person, service));
        if (accessor.HttpContext is { } asked)
            request.Headers.TryAddWithoutValidation(AuditTrail.ClientHeader, Audit.Client.Of(asked));
        request.Headers.TryAddWithoutValidation("Accept-Language", CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);
        return base.SendAsync(request, cancellationToken);
    }
}
