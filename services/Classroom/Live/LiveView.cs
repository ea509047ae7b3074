using System.Globalization;
using Stages.Classrooms.Campaigns;

namespace Stages.Classrooms.Live;

/// <summary>
/// How well somebody's network carries the class, as their browser says when it changes. Not an event: it is of no interest a
/// minute later.
/// </summary>
public sealed record ParticipantQuality(Guid Id, Guid ModuleId, string Quality);

public sealed record ReportedIncident(Guid ModuleId, Guid StageId, Guid? EnrolmentId, string Reason, DateTimeOffset At);

public sealed record MediaServerView(
    string Name,
    bool Draining,
    DateTimeOffset? UnreachableSince,
    int Classes,
    int Participants,
    double Capacity
);

/// <summary>What a coordinator sees of the classes that are held now, and of the media servers behind them.</summary>
public static class LiveView
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/classroom/live", Read)
            .For(Roles.Coordinator)
            .ReadsFiles<Page<LiveModule>>(p => Of(p.Items.SelectMany(m => m.Incidents).Select(i => i.EnrolmentId)))
            .Produces<Page<LiveModule>>();
        routes
            .MapGet("/api/classroom/incidents", ReadIncidents)
            .For(Roles.Coordinator)
            .ReadsFiles<Page<ReportedIncident>>(p => Of(p.Items.Select(i => i.EnrolmentId)))
            .Produces<Page<ReportedIncident>>();
        routes.MapGet("/api/classroom/media-servers", ReadServers).For(Roles.Coordinator).Produces<Page<MediaServerView>>();
        routes
            .MapMethods("/api/classroom/media-servers/{name}/drain", [HttpMethods.Post, HttpMethods.Delete], Drain)
            .For(Roles.Admin)
            .Produces(204)
            .ProducesProblem(404);
    }

    /// <summary>Children of whom an incident is told.</summary>
    private static IEnumerable<Guid> Of(IEnumerable<Guid?> pupils) => pupils.OfType<Guid>();

    /// <summary>Classes of one answer; a territory seldom has more at once.</summary>
    private const int AtOnce = 200;

    private static async Task<IResult> Read(
        Guid? campaign,
        int? page,
        Caller caller,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        await using var query = store.QuerySession();
        var now = clock.GetUtcNow();
        var number = Math.Clamp(page ?? 1, 1, 1000);
        // One more tells whether there is another page.
        var found = await query
            .Query<ClassModule>()
            .Between(now, now + JoinClass.Early)
            .Where(m => campaign == null || m.CampaignId == campaign)
            .SeenBy(caller)
            .OrderBy(m => m.StartsAt)
            .ThenBy(m => m.Id)
            .Skip((number - 1) * AtOnce)
            .Take(AtOnce + 1)
            .ToListAsync(cancel);
        ClassModule[] modules = [.. found.Take(AtOnce).Where(m => !m.IsRehearsal)];
        var rooms = (await query.LoadManyAsync<Room>(cancel, modules.Select(m => m.StageId).Distinct().ToArray())).ToDictionary(r => r.Id);
        var sessions = (await query.LoadManyAsync<ClassSession>(cancel, modules.Select(m => m.Id).ToArray())).ToDictionary(s => s.Id);
        var placed = (await query.LoadManyAsync<ClassPlacement>(cancel, modules.Select(m => m.Id).ToArray())).ToDictionary(p => p.Id);
        var campaigns = (
            await query.LoadManyAsync<KnownCampaign>(cancel, modules.Select(m => m.CampaignId).Distinct().ToArray())
        ).ToDictionary(c => c.Id);
        var ids = modules.Select(m => m.Id).ToArray();
        var weak = (
            await query.Query<ParticipantQuality>().Where(q => q.ModuleId.IsOneOf(ids) && q.Quality != "good").ToListAsync(cancel)
        ).ToDictionary(q => q.Id, q => q.Quality);
        return Results.Ok(
            new Page<LiveModule>(
                [
                    .. modules
                        .Where(m => rooms[m.StageId].IsSeenBy(caller))
                        .Select(m =>
                            Describe(
                                m,
                                rooms[m.StageId],
                                sessions.GetValueOrDefault(m.Id),
                                campaigns.GetValueOrDefault(m.CampaignId),
                                placed.GetValueOrDefault(m.Id)?.Node,
                                weak
                            )
                        ),
                ],
                found.Count > AtOnce ? (number + 1).ToString(CultureInfo.InvariantCulture) : null
            )
        );
    }

    public static LiveModule Describe(
        ClassModule module,
        Room room,
        ClassSession? session,
        KnownCampaign? campaign,
        string? node,
        IReadOnlyDictionary<Guid, string>? weak = null
    )
    {
        var there = (session?.Seats ?? []).Where(s => s.Current is not null).ToList();
        var teacher = there.Any(s => s.Role == ParticipantRole.Teacher || s.Leads);
        var pupils = there.Where(s => s.EnrolmentId is not null).Select(s => s.EnrolmentId!.Value).ToHashSet();
        return new LiveModule(
            module.Id,
            module.StageId,
            campaign?.SubjectName(room.Stage.Subject) ?? room.Stage.Subject,
            room.Stage.Levels,
            module.StartsAt,
            module.EndsAt,
            teacher && session!.Begun ? "running"
                : pupils.Count > 0 && !teacher ? "alone"
                : there.Count > 0 ? "open"
                : "empty",
            teacher,
            pupils.Count,
            room.Stage.Pupils.Length,
            [.. room.Stage.Pupils.Select(p => p.EnrolmentId).Where(p => !pupils.Contains(p))],
            session?.Locked ?? false,
            session?.Seats.Count(s => s.IsSentOut) ?? 0,
            node,
            session?.Incidents ?? [],
            there.Count(s => weak?.GetValueOrDefault(s.ParticipantId) == "weak"),
            there.Count(s => weak?.GetValueOrDefault(s.ParticipantId) == "audio"),
            session?.Recording is not null
        );
    }

    private static async Task<IResult> ReadIncidents(Guid campaign, Caller caller, IDocumentStore store, CancellationToken cancel)
    {
        await using var query = store.QuerySession();
        var sessions = await query.WithIncidents(campaign).ToListAsync(cancel);
        var rooms = (await query.LoadManyAsync<Room>(cancel, sessions.Select(s => s.StageId).Distinct().ToArray())).ToDictionary(r => r.Id);
        return Results.Ok(
            new Page<ReportedIncident>(
                [
                    .. from session in sessions
                    where rooms[session.StageId].IsSeenBy(caller)
                    from i in session.Incidents
                    orderby i.At descending
                    select new ReportedIncident(session.Id, session.StageId, i.EnrolmentId, i.Reason, i.At),
                ],
                null
            )
        );
    }

    private static async Task<IResult> ReadServers(
        MediaNodes nodes,
        IDocumentStore store,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        await using var query = store.QuerySession();
        var now = clock.GetUtcNow();
        var states = (await query.Query<MediaNodeState>().ToListAsync(cancel)).ToDictionary(s => s.Id, StringComparer.Ordinal);
        var held = (await ModuleQueries.Loads(database, now, now, JoinClass.Early, cancel)).ToLookup(l => l.Node, StringComparer.Ordinal);
        return Results.Ok(
            new Page<MediaServerView>(
                [
                    .. nodes.All.Select(n => new MediaServerView(
                        n.Name,
                        states.GetValueOrDefault(n.Name)?.Draining ?? false,
                        states.GetValueOrDefault(n.Name)?.UnreachableSince,
                        held[n.Name].Sum(l => l.Classes),
                        held[n.Name].Sum(l => l.Participants),
                        n.Capacity
                    )),
                ],
                null
            )
        );
    }

    private static async Task<IResult> Drain(
        string name,
        Placements placements,
        MediaNodes nodes,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var draining = HttpMethods.IsPost(http.Request.Method);
        if (nodes.All.All(n => n.Name != name))
            return new NotFound().AsProblem();
        await placements.SetDraining(name, draining, cancel);
        await placements.PlaceAhead(cancel);
        return Results.NoContent();
    }
}
