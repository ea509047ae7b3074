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
    bool TeacherGone = false,
    IReadOnlyList<AnswerDue>? Answers = null
)
{
    /// <summary>Until when a place must be answered; null where nothing is asked, or it is answered.</summary>
    public DateTimeOffset? AnswerBefore(IEnumerable<Guid> enrolments) =>
        (Answers ?? []).Where(a => enrolments.Contains(a.EnrolmentId)).Select(a => (DateTimeOffset?)a.Before).Min();

    public KnownStage Answered(Guid enrolment) => this with { Answers = [.. (Answers ?? []).Where(a => a.EnrolmentId != enrolment)] };

    /// <summary>The stage after a message about it. Pure: the caller says what time it is.</summary>
    public static KnownStage After(KnownStage? before, StageChanged m, DateTimeOffset now)
    {
        IReadOnlyList<Guid> enrolments = [.. m.Pupils.Select(p => p.EnrolmentId).Distinct()];
        var attending = (before?.Attending ?? []).Concat(enrolments).Append(m.OfferId).Distinct().ToArray();
        var after = new KnownStage(
            m.StageId,
            m.CampaignId,
            m.Version,
            m.Subject,
            m.Levels,
            m.TimeZone,
            m.OfferId,
            m.TeacherFirstName.Length == 0 ? "" : Clean.FirstName(m.TeacherFirstName),
            [.. m.Modules.Select(Line).OrderBy(l => l.StartsAt).ThenBy(l => l.ModuleId)],
            enrolments,
            [.. attending.Except(enrolments).Where(id => id != m.OfferId)],
            attending,
            Cancelled: false,
            before?.PublishedAt ?? now,
            now,
            m.TeacherGone,
            [.. m.Pupils.Where(p => p.AnswerBefore is not null).Select(p => new AnswerDue(p.EnrolmentId, p.AnswerBefore!.Value))]
        );
        return before is null ? after : after with { Modules = Merge(before, after) };
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
            Modules = Merge(this, this with { Modules = [], Cancelled = true }),
            Answers = null,
            ChangedAt = now,
        };

    private static ModuleLine Line(ModuleSet m) => new(m.ModuleId, m.Date, m.Start, m.End, m.StartsAt, m.Sequence, Cancelled: false);

    /// <summary>
    /// SEQUENCE only ever grows: of each module that is there, with everything that one of its calendars shows of it, who attends
    /// included, also for one that goes and comes back, whatever number it is given. What is no longer there stays as cancelled, one
    /// further.
    /// </summary>
    private static IReadOnlyList<ModuleLine> Merge(KnownStage before, KnownStage after)
    {
        var step = before.Shown().SequenceEqual(after.Shown()) ? 0 : 1;
        var known = before.Modules.ToDictionary(m => m.ModuleId);
        var held = after.Modules.Select(m =>
            known.GetValueOrDefault(m.ModuleId) is { } told ? m with { Sequence = Math.Max(m.Sequence, told.Sequence + step) } : m
        );
        var gone = known
            .Values.ExceptBy(after.Modules.Select(m => m.ModuleId), m => m.ModuleId)
            .Select(m => m.Cancelled ? m : m with { Cancelled = true, Sequence = m.Sequence + 1 });
        return [.. held.Concat(gone).OrderBy(m => m.StartsAt).ThenBy(m => m.ModuleId)];
    }

    private IEnumerable<object> Shown() =>
        [
            OfferId,
            TeacherFirstName,
            TeacherGone,
            Cancelled,
            .. Enrolments.Order().Cast<object>(),
            .. Modules.Where(m => !m.Cancelled).Select(m => m with { Sequence = 0 }),
        ];

    public StageFacts Facts(Campaigns.KnownCampaign campaign) =>
        new(Id, CampaignId, campaign.Name, campaign.Subject(Subject), Levels, TimeZone, TeacherFirstName, Modules, ChangedAt);
}

/// <summary>A place that goes to the next pupil unless the family takes it in time.</summary>
public sealed record AnswerDue(Guid EnrolmentId, DateTimeOffset Before);
