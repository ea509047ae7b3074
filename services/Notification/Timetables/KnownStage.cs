namespace Stages.Notifications.Timetables;

/// <summary>
/// A published stage as people have been told of it: what the next change is compared with, what reminders and calendars show.
/// Nothing is taken out of it: a calendar must be told that a module or a place has gone, and goes on showing it as cancelled.
/// </summary>
/// <param name="Modules">By start, with the cancelled ones.</param>
/// <param name="Left">Enrolments and offers that were in it and no longer are.</param>
/// <param name="TeacherGone">The offer's teacher has no part in it any more, and nobody has taken it over yet.</param>
/// <param name="Attending">Ids of all enrolments and offers that are or were in it: what a feed looks for.</param>
public sealed record KnownStage(
    Guid Id,
    Guid CampaignId,
    long Version,
    string Subject,
    IReadOnlyList<string> Levels,
    string TimeZone,
    Guid OfferId,
    string TeacherFirstName,
    IReadOnlyList<ModuleLine> Modules,
    IReadOnlyList<Guid> Enrolments,
    IReadOnlyList<Guid> Left,
    Guid[] Attending,
    bool Cancelled,
    DateTimeOffset PublishedAt,
    DateTimeOffset ChangedAt,
    bool TeacherGone = false
)
{
    /// <summary>The stage after a message about it. Pure: the caller says what time it is.</summary>
    public static KnownStage After(KnownStage? before, StageChanged m, DateTimeOffset now)
    {
        IReadOnlyList<Guid> enrolments = [.. m.Pupils.Select(p => p.EnrolmentId).Distinct()];
        var attending = (before?.Attending ?? []).Concat(enrolments).Append(m.OfferId).Distinct().ToArray();
        return new KnownStage(
            m.StageId,
            m.CampaignId,
            m.Version,
            m.Subject,
            m.Levels,
            m.TimeZone,
            m.OfferId,
            m.TeacherFirstName.Length == 0 ? "" : Clean.FirstName(m.TeacherFirstName),
            Merge(before?.Modules ?? [], m.Modules),
            enrolments,
            [.. attending.Except(enrolments).Where(id => id != m.OfferId)],
            attending,
            Cancelled: false,
            before?.PublishedAt ?? now,
            now,
            m.TeacherGone
        );
    }

    /// <summary>
    /// Its last module was days ago: what becomes of it now, such as that somebody in it is forgotten, is news to nobody.
    /// </summary>
    public bool IsLongOver(DateTimeOffset now) => Modules.Count > 0 && Modules.All(m => m.StartsAt < now - Aftermath);

    private static readonly TimeSpan Aftermath = TimeSpan.FromDays(7);

    public static RetentionRule Rule { get; } =
        new(
            "stages",
            730,
            new LocalText(
                "Séances d’un stage et prénom de son enseignant : depuis la dernière séance",
                "Sessions of a stage and its teacher’s first name: since the last session"
            ),
            Forget
        );

    private static async Task<int> Forget(IServiceProvider services, DateTimeOffset before, CancellationToken cancel)
    {
        await using var session = services.GetRequiredService<IDocumentStore>().QuerySession();
        var old = (await session.Query<KnownStage>().Where(s => s.PublishedAt < before && s.TeacherFirstName != "").ToListAsync(cancel))
            .Where(s => s.Modules.All(m => m.StartsAt < before))
            .Take(AtOnce)
            .Select(s => s.Id)
            .ToList();
        var named = Decision.All(old.Select(id => Decision.Nothing.AndSet<KnownStage, string>(id, s => s.TeacherFirstName, "")));
        await services.GetRequiredService<Journal>().Decide(named, cancel);
        return old.Count;
    }

    private const int AtOnce = 100;

    public KnownStage CancelledBy(StageCancelled m, DateTimeOffset now) =>
        this with
        {
            Version = m.Version,
            Cancelled = true,
            Modules = Merge(Modules, []),
            ChangedAt = now,
        };

    /// <summary>
    /// SEQUENCE only ever grows, also for a module that goes and comes back, whatever number it is given; what is no longer there
    /// stays as cancelled, one further.
    /// </summary>
    private static IReadOnlyList<ModuleLine> Merge(IReadOnlyList<ModuleLine> known, IReadOnlyList<ModuleSet> given)
    {
        var merged = new List<ModuleLine>();
        foreach (var m in given)
        {
            var line = new ModuleLine(m.ModuleId, m.Date, m.Start, m.End, m.StartsAt, m.Sequence, Cancelled: false);
            if (known.FirstOrDefault(k => k.ModuleId == m.ModuleId) is { } before)
            {
                var same = before with { Sequence = line.Sequence } == line;
                line = line with { Sequence = Math.Max(m.Sequence, same ? before.Sequence : before.Sequence + 1) };
            }
            merged.Add(line);
        }
        merged.AddRange(
            known
                .Where(k => given.All(g => g.ModuleId != k.ModuleId))
                .Select(k => k.Cancelled ? k : k with { Cancelled = true, Sequence = k.Sequence + 1 })
        );
        return [.. merged.OrderBy(m => m.StartsAt).ThenBy(m => m.ModuleId)];
    }

    public StageFacts Facts(Campaigns.KnownCampaign campaign) =>
        new(Id, CampaignId, campaign.Name, campaign.Subject(Subject), Levels, TimeZone, TeacherFirstName, Modules, ChangedAt);
}
