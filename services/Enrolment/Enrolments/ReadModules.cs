namespace Stages.Enrolments;

/// <summary>A family's timetable: what its pupils attend, in order of time.</summary>
public static class ReadModules
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/me/modules",
                async (Caller caller, IQuerySession session, CancellationToken cancel) =>
                {
                    var mine = await session.Query<Enrolment>().OfFamily(caller.Id).ToListAsync(cancel);
                    var children = mine.Select(e => (e.Content.Pupil.FirstName, e.Content.Pupil.LastName)).ToList();
                    var modules =
                        from e in mine
                        where e.IsStanding
                        from p in e.Places
                        where p.Status is PlaceStatus.Offered or PlaceStatus.Confirmed
                        from m in p.Modules
                        orderby m.StartsAt
                        select new AttendedModule(
                            m.Id,
                            p.StageId,
                            e.CampaignId,
                            e.Id,
                            Namesakes.Of(e.Content.Pupil.FirstName, e.Content.Pupil.LastName, children),
                            p.Subject,
                            p.TeacherFirstName,
                            m.Date,
                            m.Start,
                            m.End,
                            m.StartsAt,
                            m.EndsAt,
                            p.TimeZone,
                            p.Status
                        );
                    return Results.Ok(new Page<AttendedModule>([.. modules], null));
                }
            )
            .For(Roles.Family)
            .WithSummary("Modules that the family's pupils attend")
            .Produces<Page<AttendedModule>>();
}
