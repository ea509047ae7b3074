using Npgsql;

namespace Stages.Portal.Audit;

/// <summary>What an administrator looks for; what is null does not narrow.</summary>
/// <param name="Person">Under the audit log's own id: who acted, or to whom it was done.</param>
/// <param name="Until">Exclusive.</param>
/// <param name="After">Where the last page ended, see <see cref="JournalMark"/>.</param>
public sealed record JournalFilter(
    Guid? Person = null,
    string? Kind = null,
    Guid? Object = null,
    DateTimeOffset? From = null,
    DateTimeOffset? Until = null,
    string? After = null,
    int Limit = 100
);

/// <param name="Unreached">Services that did not answer: their part is missing.</param>
public sealed record JournalPart(IReadOnlyList<AuditLine> Items, string? Next, IReadOnlyList<string> Unreached);

/// <summary>A place in the logs of all services, read as one: by time, then by service, then by number.</summary>
public sealed record JournalMark(DateTimeOffset At, string Service, long Seq)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}.{Service}.{Seq}");

    public static JournalMark? Of(string? text) =>
        text?.Split('.') is [var ticks, { Length: < 20 } service, var seq]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && at <= DateTimeOffset.MaxValue.UtcTicks
        && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new JournalMark(new DateTimeOffset(at, TimeSpan.Zero), service, number)
            : null;

    /// <summary>Which rows of the same instant a service still has to tell: those with a smaller number than this.</summary>
    public long Below(string service) =>
        string.CompareOrdinal(service, Service) switch
        {
            0 => Seq,
            > 0 => long.MaxValue,
            _ => 0,
        };
}

/// <summary>The audit logs of all services as one, the newest first. Each service is asked as the administrator who reads.</summary>
public sealed class AuditJournal(
    AuditRows own,
    NpgsqlDataSource database,
    AccountNotes notes,
    EnrolmentClient enrolment,
    SchedulingClient scheduling,
    NotificationClient notification,
    ClassroomClient classroom
)
{
    private const int Most = 200;

    /// <summary>Reading it is itself noted, with what was looked for, before the answer is given and not in it.</summary>
    public async Task<JournalPart> Read(JournalFilter filter, CancellationToken cancel)
    {
        var limit = Math.Clamp(filter.Limit, 1, Most);
        var parts = await Task.WhenAll(
            Of("portal", query => Own(query, cancel)),
            Of("enrolment", query => Ask(enrolment, query, cancel)),
            Of("scheduling", query => Ask(scheduling, query, cancel)),
            Of("notification", query => Ask(notification, query, cancel)),
            Of("classroom", query => Ask(classroom, query, cancel))
        );
        AuditLine[] all =
        [
            .. parts
                .SelectMany(p => p.Lines ?? [])
                .OrderByDescending(l => l.At)
                .ThenBy(l => l.Service, StringComparer.Ordinal)
                .ThenByDescending(l => l.Seq),
        ];
        await notes.Done(AuditKinds.Journal, filter.Kind ?? "all", new[] { filter.Person, filter.Object }.OfType<Guid>());
        return new JournalPart(
            all.Length > limit ? all[..limit] : all,
            all.Length > limit ? new JournalMark(all[limit - 1].At, all[limit - 1].Service, all[limit - 1].Seq).ToString() : null,
            [.. parts.Where(p => p.Lines is null).Select(p => p.Service)]
        );

        async Task<(string Service, IReadOnlyList<AuditLine>? Lines)> Of(
            string service,
            Func<AuditQuery, Task<IReadOnlyList<AuditLine>?>> ask
        ) => (service, await ask(QueryOf(filter, service, limit + 1)));
    }

    public static AuditQuery QueryOf(JournalFilter filter, string service, int limit)
    {
        var mark = JournalMark.Of(filter.After);
        return new AuditQuery(
            filter.Person,
            filter.Kind,
            filter.Object,
            filter.From,
            mark?.At ?? filter.Until,
            mark?.Below(service) ?? 0,
            limit
        );
    }

    private async Task<IReadOnlyList<AuditLine>?> Own(AuditQuery query, CancellationToken cancel) =>
        [.. (await own.Find(database, query, cancel)).Select(row => AuditLine.Of(own.Schema, row))];

    private static async Task<IReadOnlyList<AuditLine>?> Ask(ServiceClient service, AuditQuery query, CancellationToken cancel) =>
        (await service.Audit(query, cancel)).Value?.Items;
}
