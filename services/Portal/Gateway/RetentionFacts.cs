using System.Net.Http.Headers;
using System.Text.Json;

namespace Stages.Portal.Gateway;

/// <summary>What one service says of how long it keeps what; no lines while it does not answer.</summary>
public sealed record ServiceRetention(string Service, IReadOnlyList<RetentionLine>? Lines);

/// <summary>The rules that the services' own jobs apply, asked of the services: pages cannot say anything else.</summary>
public sealed class RetentionFacts(
    Outward outward,
    IConfiguration configuration,
    TokenMint mint,
    Retention own,
    Remembered known,
    ILogger<RetentionFacts> logger
)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<ServiceRetention>> All(CancellationToken cancel) =>
        [
            .. await Task.WhenAll(Routes.Services.Select(async s => new ServiceRetention(s, await Of(s, cancel)))),
            new("Portal", [.. own.Rules.Select(r => new RetentionLine(r.Name, r.Days, Say.In(r.What)))]),
        ];

    /// <summary>Null while the service does not answer.</summary>
    public async Task<int?> DaysOf(string service, string rule, CancellationToken cancel) =>
        (await Of(service, cancel))?.FirstOrDefault(l => l.Name == rule)?.Days;

    /// <summary>Two years, six months, thirty days: in the largest unit that says it exactly enough.</summary>
    public static string Long(int days) =>
        days switch
        {
            365 => Say.In("1 an", "1 year"),
            >= 700 => Say.In($"{Round(days, 365)} ans", $"{Round(days, 365)} years"),
            >= 60 => Say.In($"{Round(days, 30)} mois", $"{Round(days, 30)} months"),
            1 => Say.In("1 jour", "1 day"),
            _ => Say.In($"{days} jours", $"{days} days"),
        };

    private static string Round(int days, int unit) => Math.Round(days / (double)unit, 1).ToString("0.#", CultureInfo.CurrentUICulture);

    private Task<IReadOnlyList<RetentionLine>?> Of(string service, CancellationToken cancel)
    {
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        return known.Get($"retention-{service}-{language}", Fresh, () => Ask(service, language)).AsTask().WaitAsync(cancel);
    }

    private async Task<IReadOnlyList<RetentionLine>?> Ask(string service, string language)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"{Routes.BaseUrl(configuration, service).TrimEnd('/')}/internal/retention"
        );
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", mint.Service(service));
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        try
        {
            using var response = await outward.Invoker.SendAsync(request, limit.Token);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync<IReadOnlyList<RetentionLine>>(limit.Token)
                : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException)
        {
            logger.LogWarning("{Service} did not say how long it keeps what: {Error}", service, e.Message);
            return null;
        }
    }
}
