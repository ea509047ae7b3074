namespace Stages.Portal.SignIns;

/// <summary>What signing in by link and code is made of.</summary>
public static class SignInSetup
{
    public static void AddTo(StoreOptions options)
    {
        options.Schema.For<AddressSignIns>().Index(s => s.EndsAt);
        options.Schema.For<SignInLink>().Index(l => l.EndsAt);
        SignInTally.AddTo(options);
        LinkedAccounts.AddTo(options);
    }

    public static IServiceCollection AddSignIns(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Portal:SignIns").Get<SignInBudgets>() ?? new SignInBudgets());
        services.AddSingleton(_ => SignInKey.OfInstallation());
        services.AddSingleton<SignInTally>().AddSingleton<SignInGate>().AddSingleton<BrowserMarks>().AddSingleton<LinkedAccounts>();
        services.AddScoped<SignInDesk>();
        services.AddHostedService<SignInSweep>();
        return services;
    }
}
