namespace Stages.Portal.SignIns;

/// <summary>
/// The switch beside the providers. <c>Portal:LinkSignIn</c> is <c>always</c> (link and code stand beside the providers) or
/// <c>fallback</c>: they appear as soon as a provider does not answer, and go when all answer again. Without a provider there is
/// nothing else, so they stand.
/// </summary>
public sealed class ProviderHealth(Providers providers, IConfiguration configuration, TimeProvider clock, ILogger<ProviderHealth> logger)
    : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TimeSpan pace = TimeSpan.FromSeconds(configuration.GetValue("Portal:ProviderProbeSeconds", 15));
    private readonly bool onlyFallback =
        string.Equals(configuration["Portal:LinkSignIn"], "fallback", StringComparison.OrdinalIgnoreCase) && providers.All.Count > 0;
    private volatile IReadOnlyCollection<string> away = providers.All.Select(p => p.Scheme).ToList();

    public bool LinkOffered => !onlyFallback || away.Count > 0;

    public bool IsAway(Provider provider) => onlyFallback && away.Contains(provider.Scheme);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!onlyFallback)
            return;
        using var http = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(1) }
        )
        {
            Timeout = Patience,
        };
        using var timer = new PeriodicTimer(pace, clock);
        do
        {
            var silent = (await Task.WhenAll(providers.All.Select(async p => (p.Scheme, Answers: await Answers(http, p, stoppingToken)))))
                .Where(p => !p.Answers)
                .Select(p => p.Scheme)
                .ToList();
            if (!silent.SequenceEqual(away))
                logger.LogWarning(
                    "Identity providers that do not answer: {Providers}",
                    silent.Count == 0 ? "none" : string.Join(", ", silent)
                );
            away = silent;
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static async Task<bool> Answers(HttpClient http, Provider provider, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(provider.Authority.TrimEnd('/') + "/.well-known/openid-configuration"), cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }
}

/// <summary>Link and code are turned off while every provider answers.</summary>
public sealed record LinkNotOffered()
    : Refusal(
        RefusalKind.Forbidden,
        "link-not-offered",
        "La connexion se fait ici par les comptes indiqués sur la page.",
        "Signing in is done here with the accounts named on the page."
    );
