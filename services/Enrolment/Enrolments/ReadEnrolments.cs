using Marten.Pagination;

namespace Stages.Enrolments;

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
            .ReadsEnrolment()
            .Produces<EnrolmentView>()
            .ProducesProblem(404);

        app.MapGet(
                "/api/me/enrolments",
                async (Caller caller, IQuerySession session, CancellationToken cancel) =>
                {
                    var mine = await session
                        .Query<Enrolment>()
                        .OfFamily(caller.Id)
                        // Its link leads to the one that stands, which is here.
                        .Where(e => e.Status != Enrolment.Joint)
                        .OrderBy(e => e.SubmittedAt)
                        .Take(200)
                        .ToListAsync(cancel);
                    return Results.Ok(new Page<EnrolmentView>([.. mine.Select(e => EnrolmentView.Of(e, caller))], null));
                }
            )
            .For(Roles.Family)
            .WithSummary("The caller's enrolments")
            .ReadsEnrolments()
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
                    bool? possibleDoubles = null,
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
                    if (!string.IsNullOrEmpty(subject))
                        query = query.Where(e => e.Content.Wishes.Any(w => w.Subject == subject));
                    if (equipment == true)
                        query = query.Where(e => e.Content.Equipment.Computer || e.Content.Equipment.Connection);
                    if (objected == true)
                        query = query.Where(e => e.Objections!.Any());
                    ILookup<Guid, Guid>? doubles = null;
                    if (possibleDoubles == true)
                    {
                        // Whether somebody has a double is nothing for a family to learn.
                        if (!caller.IsCoordinator)
                            return new NotAllowed().AsProblem();
                        doubles = await session.PossibleDoublesOf(campaignId, caller, cancel);
                        var ids = doubles.Select(d => d.Key).ToArray();
                        query = query.Where(e => e.Id.IsOneOf(ids));
                    }
                    // Last, so that names that are only alike are looked for where nobody in the list has them.
                    if (!string.IsNullOrWhiteSpace(search))
                        query = await query.Named(search, cancel);
                    var size = Math.Clamp(limit, 1, 1000);
                    if (page is not null || sort is not null)
                    {
                        var lines = await Sorted(query, sort, order == "desc")
                            .Stats(out var count)
                            .Skip((Math.Clamp(page ?? 1, 1, 100_000) - 1) * size)
                            .Take(size)
                            .ToListAsync(cancel);
                        return Results.Ok(new Sheet<EnrolmentView>([.. lines.Select(Shown)], null, (int)count.TotalResults));
                    }
                    var found = await query.OrderBy(e => e.Id).Take(size).ToListAsync(cancel);
                    return Results.Ok(
                        new Page<EnrolmentView>([.. found.Select(Shown)], found.Count == size ? found[^1].Id.ToString() : null)
                    );

                    EnrolmentView Shown(Enrolment e) => EnrolmentView.Of(e, caller) with { PossibleDoubles = doubles?[e.Id].ToList() };
                }
            )
            .For(Roles.Family, Roles.Coordinator)
            .WithSummary("Enrolments of a campaign, in the caller's reach")
            .ReadsEnrolments()
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
