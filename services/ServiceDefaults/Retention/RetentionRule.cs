using System.Linq.Expressions;
using Stages.Vocabulary;

namespace Stages.ServiceDefaults;

/// <summary>
/// How long one kind of personal data is kept, and how it goes. What the privacy page says and what the job does are this one value.
/// </summary>
/// <param name="Name">Of its setting <c>Retention:Name</c>, in days.</param>
/// <param name="Days">Unless the setting says otherwise.</param>
/// <param name="What">As a reader of the privacy page knows it, with from when the days count.</param>
/// <param name="Forget">Forgets some of what is older than this instant, and says how many; called until there is none.</param>
public sealed record RetentionRule(
    string Name,
    int Days,
    LocalText What,
    Func<IServiceProvider, DateTimeOffset, CancellationToken, Task<int>> Forget
)
{
    private const int Longest = 3650;

    /// <summary>What one hour wrote, in one transaction: a service that slept for months does not delete them all at once.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromHours(1);

    /// <summary>Documents that simply go.</summary>
    /// <param name="at">From when the days count.</param>
    /// <param name="old">The same, for what is older than an instant.</param>
    public static RetentionRule Of<TDocument>(
        string name,
        int days,
        LocalText what,
        Expression<Func<TDocument, DateTimeOffset>> at,
        Func<DateTimeOffset, Expression<Func<TDocument, bool>>> old
    )
        where TDocument : notnull =>
        new(
            name,
            days,
            what,
            async (services, before, cancel) =>
            {
                await using var session = services.GetRequiredService<IDocumentStore>().QuerySession();
                var oldest = await session.Query<TDocument>().OrderBy(at).Select(at).Take(1).ToListAsync(cancel);
                if (oldest is not [var first] || first >= before)
                    return 0;
                var which = old(first + AtOnce < before ? first + AtOnce : before);
                var count = await session.Query<TDocument>().CountAsync(which, cancel);
                await services.GetRequiredService<Journal>().Decide(Decision.Nothing.AndDeleteWhere(which), cancel);
                return count;
            }
        );

    /// <summary>Aggregates that end by a decision of their own; what their logs say of people is masked after it.</summary>
    /// <param name="old">Some of those whose time is over.</param>
    /// <param name="forget">Decides for one, at this instant.</param>
    public static RetentionRule OfStreams<TAggregate>(
        string name,
        int days,
        LocalText what,
        Func<IQuerySession, DateTimeOffset, CancellationToken, Task<IReadOnlyList<Guid>>> old,
        Func<TAggregate, DateTimeOffset, Decision> forget
    )
        where TAggregate : class =>
        new(
            name,
            days,
            what,
            async (services, before, cancel) =>
            {
                var (journal, masking) = (services.GetRequiredService<Journal>(), services.GetRequiredService<LogMasking>());
                var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
                await using var session = services.GetRequiredService<IDocumentStore>().QuerySession();
                var over = await old(session, before, cancel);
                foreach (var id in over)
                {
                    await journal.Decide<TAggregate>(id, s => s is null ? Decision.Nothing : forget(s, now), cancel: cancel);
                    await masking.Settle(id, cancel);
                }
                return over.Count;
            }
        );

    public RetentionRule As(IConfiguration configuration)
    {
        var days = configuration.GetValue($"Retention:{Name}", Days);
        return days is >= 1 and <= Longest
            ? this with
            {
                Days = days,
            }
            : throw new InvalidOperationException($"Retention:{Name} is a number of days from 1 to {Longest}, not {days}.");
    }
}

/// <summary>A rule as <c>/internal/retention</c> says it to the Portal, in the language that is asked for.</summary>
public sealed record RetentionLine(string Name, int Days, string What);

public static class RetentionSetup
{
    /// <summary>Data of this kind end by this rule; a setting that is no number of days ends the start.</summary>
    public static void Keeps(this IHostApplicationBuilder builder, params RetentionRule[] rules)
    {
        foreach (var rule in rules)
            builder.Services.AddSingleton(rule.As(builder.Configuration));
    }

    /// <summary>What every service with an event store keeps besides.</summary>
    internal static void AddRetention(this IHostApplicationBuilder builder)
    {
        builder.Keeps(
            RetentionRule.Of<AnsweredRequest>(
                "answered-requests",
                7,
                new LocalText(
                    "Empreintes des envois, contre les doubles : depuis l’envoi",
                    "Fingerprints of what was sent, against doubles: since it was sent"
                ),
                r => r.At,
                before => r => r.At < before
            ),
            RetentionRule.Of<ConsumedMessage>(
                "consumed-messages",
                30,
                new LocalText(
                    "Numéros des messages échangés entre nos services : depuis l’échange",
                    "Numbers of messages between our services: since they were exchanged"
                ),
                m => m.At,
                before => m => m.At < before
            )
        );
        builder.Services.AddSingleton<Retention>();
        builder.Services.AddHostedService<RetentionJob>();
    }
}
