using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Timetables;

/// <summary>What the signed-in teacher teaches: the modules of their published stages, in order of time.</summary>
public static class ReadTeacherModules
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/me/modules",
                async (Caller caller, IQuerySession reads, CancellationToken cancel) =>
                {
                    var offers = await reads.Query<Offer>().Where(o => o.PersonId == caller.Id).ToListAsync(cancel);
                    var modules = new List<TaughtModule>();
                    foreach (var offer in offers)
                    {
                        var plan = (await reads.LoadAsync<Campaign>(offer.CampaignId, cancel))!.Plan;
                        var stages = await reads
                            .Query<Stage>()
                            .Where(s => s.OfferId == offer.Id && s.Status == StageStatus.Published && !s.TeacherGone)
                            .ToListAsync(cancel);
                        foreach (var s in stages)
                            modules.AddRange(
                                s.Modules.Select(m => (m.Id, Time: ModuleTime.Of(plan, s.Week, m.Slot)))
                                    .Select(m => new TaughtModule(
                                        m.Id,
                                        s.Id,
                                        s.CampaignId,
                                        s.Subject,
                                        plan.SubjectOf(s.Subject) is { } subject ? Say.In(subject.Name, subject.NameEn) : s.Subject,
                                        string.Join('-', s.Levels),
                                        s.Levels,
                                        s.Week,
                                        m.Time.Date,
                                        m.Time.Start,
                                        m.Time.End,
                                        m.Time.StartsAt,
                                        m.Time.EndsAt,
                                        plan.TimeZone,
                                        [.. s.Seats.Select(p => p.EnrolmentId)]
                                    ))
                            );
                    }
                    return Results.Ok(new Page<TaughtModule>([.. modules.OrderBy(m => m.StartsAt)], null));
                }
            )
            .For(Roles.Teacher)
            .Produces<Page<TaughtModule>>();
}
