using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Teachers;

/// <summary>The queue of a campaign was found with people who have waited too long.</summary>
/// <param name="Places">How many at which school: those who coordinate it are told.</param>
public sealed record TeachersFoundWaiting(
    Guid CampaignId,
    int Count,
    DateTimeOffset? Since,
    DateTimeOffset At,
    IReadOnlyList<WaitingAt>? Places = null
);

/// <param name="School">Its number, or the first signs of it, which are its département's; null where none was told.</param>
public sealed record WaitingAt(string? School, int Count);

/// <summary>When the coordinators of a campaign were last reminded of its queue.</summary>
public sealed record TeacherQueue(Guid Id, Guid CampaignId, DateTimeOffset RemindedAt)
{
    public static Guid IdOf(Guid campaign) => HashId.Of(IdSpace.Teacher, $"queue of {campaign}");

    public static TeacherQueue Create(TeachersFoundWaiting e) => new(IdOf(e.CampaignId), e.CampaignId, e.At);

    public TeacherQueue Apply(TeachersFoundWaiting e) => this with { RemindedAt = e.At };
}

/// <summary>Once a day, while somebody has waited for two days: nobody's good will is left lying.</summary>
public sealed class RemindOfWaiting(IDocumentStore store, Journal journal, TimeProvider clock)
{
    /// <summary>In the morning of the académie's day.</summary>
    public const string Daily = "0 5 * * *";

    private static readonly TimeSpan Patience = TimeSpan.FromDays(2);

    /// <summary>Less than a day: a job that ran late does not skip the next morning.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromHours(20);

    private const int MostPlaces = 200;

    /// <summary>With so many signs a school's number says in which département it is.</summary>
    private const int Departement = 3;

    /// <param name="waiting">Offers that are not withdrawn and whose authors wait.</param>
    public static Decision Decide(TeacherQueue? queue, Guid campaign, IReadOnlyCollection<Offer> waiting, DateTimeOffset now)
    {
        Offer[] late = [.. waiting.Where(o => o.DeclaredAt is not { } since || now - since >= Patience)];
        if (late.Length == 0 || (queue is not null && now - queue.RemindedAt < Between))
            return Decision.Nothing;
        DateTimeOffset? first = late.Any(o => o.DeclaredAt is null) ? null : late.Min(o => o.DeclaredAt);
        return Decision.Nothing.AndStart<TeacherQueue>(
            TeacherQueue.IdOf(campaign),
            new TeachersFoundWaiting(campaign, late.Length, first, now, Places(late))
        );
    }

    /// <summary>By school; where there are too many for a message, by département.</summary>
    public static IReadOnlyList<WaitingAt> Places(IReadOnlyCollection<Offer> waiting)
    {
        var schools = By(waiting, school => school);
        return schools.Count <= MostPlaces ? schools : By(waiting, school => school?[..Departement]);
    }

    private static List<WaitingAt> By(IEnumerable<Offer> waiting, Func<string?, string?> place) =>
        [
            .. waiting
                .GroupBy(o => place(o.SchoolUai), StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new WaitingAt(g.Key, g.Count())),
        ];

    public async Task Run(CancellationToken cancel)
    {
        await using var reads = store.QuerySession();
        foreach (var campaign in await reads.Query<Campaign>().Where(c => c.ClosedAt == null).Select(c => c.Id).ToListAsync(cancel))
        {
            var waiting = await reads
                .Query<Offer>()
                .Where(o => o.CampaignId == campaign && !o.Withdrawn)
                .Standing(Acceptance.Waiting)
                .ToListAsync(cancel);
            if (waiting.Count > 0)
                await journal.Decide<TeacherQueue>(
                    TeacherQueue.IdOf(campaign),
                    queue => Decide(queue, campaign, waiting, clock.GetUtcNow()),
                    cancel: cancel
                );
        }
    }
}
