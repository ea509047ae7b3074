using Marten;
using Marten.Pagination;
using Stages.ServiceDefaults;
using Stages.Vocabulary;

namespace Stages.Enrolments;

public sealed record WaitingView(int Rank, string Reason, string Text, IReadOnlyList<string> WouldBePlacedIf);

/// <summary>A wish with a place (<c>stageId</c> and its modules), or one that waits (<c>waiting</c>).</summary>
public sealed record PlacementView(
    string Wish,
    Guid? StageId,
    string Status,
    string? Week,
    string? TimeZone,
    string? TeacherFirstName,
    IReadOnlyList<PlaceModule>? Modules,
    string? Reason,
    WaitingView? Waiting,
    ReportView? Report = null,
    IReadOnlyList<PresenceView>? Presences = null
);

/// <summary>What the teacher wrote about the pupil.</summary>
public sealed record ReportView(Guid StageId, string Text, DateTimeOffset At);

/// <param name="Guardian">Name; null for whoever enrolled the pupil without being a guardian.</param>
public sealed record ObjectionView(string? Guardian, string Reason, DateTimeOffset At);

/// <param name="Source"><c>classroom</c> when measured, <c>teacher</c> when corrected.</param>
public sealed record PresenceView(Guid ModuleId, int Minutes, string Source);

/// <summary>An enrolment as its family and coordinators read it.</summary>
public sealed record EnrolmentView(
    Guid Id,
    Guid CampaignId,
    string Status,
    long Version,
    Pupil Pupil,
    IReadOnlyList<Guardian> Guardians,
    IReadOnlyList<Wish> Wishes,
    IReadOnlyList<WeekWanted> Weeks,
    IReadOnlyDictionary<string, string[]> Slots,
    bool SiblingsTogether,
    Equipment Equipment,
    bool Consent,
    bool IdentifiedBySchool,
    DateTimeOffset SubmittedAt,
    DateTimeOffset ChangedAt,
    IReadOnlyList<PlacementView> Placements,
    string? SchoolNote = null,
    IReadOnlyList<ObjectionView>? Objections = null
)
{
    /// <param name="reader">
    /// The guardian who reads; null for a coordinator. A guardian sees the address of nobody else, and no objection but their own.
    /// </param>
    public static EnrolmentView Of(Enrolment e, Guid? reader) =>
        new(
            e.Id,
            e.CampaignId,
            e.Status,
            e.Version,
            e.Content.Pupil,
            [.. e.Content.Guardians.Select(g => reader is not { } me || Family.Is(me, g) ? g : new Guardian(g.Name, Language: g.Language))],
            e.Content.Wishes,
            e.Content.Weeks,
            e.Content.Slots,
            e.Content.SiblingsTogether,
            e.Content.Equipment,
            e.Content.Consent,
            e.IdentifiedBySchool,
            e.SubmittedAt,
            e.ChangedAt,
            [
                .. e.Places.Select(p => new PlacementView(
                    p.Subject,
                    p.StageId,
                    p.Status,
                    p.Week,
                    p.TimeZone,
                    p.TeacherFirstName,
                    p.Modules,
                    p.Reason,
                    null,
                    ReportOf(e, p.StageId, p.Subject),
                    [.. PresencesOf(e, p.StageId)]
                )),
                .. e.Waiting.Select(w => new PlacementView(
                    w.Subject,
                    null,
                    "waiting",
                    null,
                    null,
                    null,
                    null,
                    null,
                    new WaitingView(
                        w.Position,
                        w.Reason,
                        Say.In(w.TextFr, w.TextEn),
                        Say.InEnglish ? w.WouldBePlacedIfEn : w.WouldBePlacedIfFr
                    )
                )),
            ],
            e.SchoolNote,
            [
                .. from objection in e.Objections ?? []
                where reader is null || reader == objection.By
                let guardian = e.Content.Guardians.FirstOrDefault(g => Family.Is(objection.By, g))
                select new ObjectionView(guardian?.Name, objection.Reason, objection.At),
            ]
        );

    public static EnrolmentView Of(Enrolment e, Caller reader) => Of(e, reader.IsFamily ? reader.Id : null);

    public static ReportView? ReportOf(Enrolment e, Guid stageId, string subject) =>
        e.Reports?.FirstOrDefault(r => r.StageId == stageId && r.Subject == subject) is { } r
            ? new ReportView(r.StageId, r.Text, r.At)
            : null;

    public static IEnumerable<PresenceView> PresencesOf(Enrolment e, Guid stageId) =>
        (e.Presences ?? []).Where(p => p.StageId == stageId).Select(p => new PresenceView(p.ModuleId, p.Minutes, p.Source));
}

/// <summary>A page of a table that people sort and leaf through: it says how many lines there are in all.</summary>
public sealed record Sheet<T>(IReadOnlyList<T> Items, string? Next, int Total);

/// <summary>One enrolment, a family's own, and a coordinator's list.</summary>
public static class ReadEnrolments
{
    private const int PageSize = 100;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/enrolments/{id:guid}",
                async (Guid id, Caller caller, IQuerySession session, HttpContext http, CancellationToken cancel) =>
                {
                    var enrolment = await session.LoadAsync<Enrolment>(id, cancel);
                    if (enrolment is null || !EnrolmentAccess.MayRead(caller, enrolment))
                        return new NotFound().AsProblem();
                    http.SetETag(enrolment.Version);
                    return Results.Ok(EnrolmentView.Of(enrolment, caller));
                }
            )
            .For(Roles.Family, Roles.Coordinator)
            .WithSummary("One enrolment")
            .Produces<EnrolmentView>()
            .ProducesProblem(404);

        app.MapGet(
                "/api/me/enrolments",
                async (Caller caller, IQuerySession session, CancellationToken cancel) =>
                {
                    var mine = await session
                        .Query<Enrolment>()
                        .OfFamily(caller.Id)
                        .OrderBy(e => e.SubmittedAt)
                        .Take(200)
                        .ToListAsync(cancel);
                    return Results.Ok(new Page<EnrolmentView>([.. mine.Select(e => EnrolmentView.Of(e, caller))], null));
                }
            )
            .For(Roles.Family)
            .WithSummary("The caller's enrolments")
            .Produces<Page<EnrolmentView>>();

        app.MapGet(
                "/api/campaigns/{campaignId:guid}/enrolments",
                async (
                    Guid campaignId,
                    Caller caller,
                    IQuerySession session,
                    CancellationToken cancel,
                    Guid? after = null,
                    string? level = null,
                    string? school = null,
                    string? status = null,
                    string? search = null,
                    string? subject = null,
                    bool? equipment = null,
                    bool? objected = null,
                    string? sort = null,
                    string? order = null,
                    int? page = null,
                    int limit = PageSize
                ) =>
                {
                    var query = session.Query<Enrolment>().Where(e => e.CampaignId == campaignId).InReach(caller).Behind(after);
                    if (caller.IsFamily)
                        query = query.OfFamily(caller.Id);
                    if (Texts.Normal<Level>(level) is { Length: > 0 } at)
                        query = query.Where(e => e.Content.Pupil.Level == at);
                    // The beginning of a code is a territory.
                    if (Uai.Beginning(school) is { Length: > 0 } uai)
                        query = query.Where(e => e.Content.Pupil.SchoolUai.StartsWith(uai));
                    if (!string.IsNullOrEmpty(status))
                        query = query.Where(e => e.Status == status);
                    if (search?.Trim() is { Length: > 0 } words)
                        query = query.Where(e =>
                            e.Content.Pupil.LastName.Contains(words, StringComparison.OrdinalIgnoreCase)
                            || e.Content.Pupil.FirstName.Contains(words, StringComparison.OrdinalIgnoreCase)
                        );
                    if (!string.IsNullOrEmpty(subject))
                        query = query.Where(e => e.Content.Wishes.Any(w => w.Subject == subject));
                    if (equipment == true)
                        query = query.Where(e => e.Content.Equipment.Computer || e.Content.Equipment.Connection);
                    if (objected == true)
                        query = query.Where(e => e.Objections!.Any());
                    var size = Math.Clamp(limit, 1, 1000);
                    if (page is not null || sort is not null)
                    {
                        var lines = await Sorted(query, sort, order == "desc")
                            .Stats(out var count)
                            .Skip((Math.Clamp(page ?? 1, 1, 100_000) - 1) * size)
                            .Take(size)
                            .ToListAsync(cancel);
                        return Results.Ok(
                            new Sheet<EnrolmentView>([.. lines.Select(e => EnrolmentView.Of(e, caller))], null, (int)count.TotalResults)
                        );
                    }
                    var found = await query.OrderBy(e => e.Id).Take(size).ToListAsync(cancel);
                    return Results.Ok(
                        new Page<EnrolmentView>(
                            [.. found.Select(e => EnrolmentView.Of(e, caller))],
                            found.Count == size ? found[^1].Id.ToString() : null
                        )
                    );
                }
            )
            .For(Roles.Family, Roles.Coordinator)
            .WithSummary("Enrolments of a campaign, in the caller's reach")
            .Produces<Sheet<EnrolmentView>>();
    }

    private static IQueryable<Enrolment> Sorted(IQueryable<Enrolment> query, string? sort, bool down) =>
        sort switch
        {
            "level" => (down ? query.OrderByDescending(e => e.Content.Pupil.Level) : query.OrderBy(e => e.Content.Pupil.Level)).ThenBy(e =>
                e.Content.Pupil.LastName
            ),
            "school" => (
                down ? query.OrderByDescending(e => e.Content.Pupil.SchoolUai) : query.OrderBy(e => e.Content.Pupil.SchoolUai)
            ).ThenBy(e => e.Content.Pupil.LastName),
            "status" => (down ? query.OrderByDescending(e => e.Status) : query.OrderBy(e => e.Status)).ThenBy(e =>
                e.Content.Pupil.LastName
            ),
            "submittedAt" => down ? query.OrderByDescending(e => e.SubmittedAt) : query.OrderBy(e => e.SubmittedAt),
            _ => (down ? query.OrderByDescending(e => e.Content.Pupil.LastName) : query.OrderBy(e => e.Content.Pupil.LastName)).ThenBy(e =>
                e.Content.Pupil.FirstName
            ),
        };
}
