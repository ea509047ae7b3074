namespace Stages.Enrolments;

/// <summary>The pupils of a campaign, briefly: a board of thousands of wishes is read in a moment.</summary>
public static class ReadPupils
{
    private const int Largest = 5000;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/campaigns/{campaignId:guid}/enrolments/pupils",
                async (
                    Guid campaignId,
                    Caller caller,
                    IQuerySession session,
                    CancellationToken cancel,
                    Guid? after = null,
                    int limit = Largest
                ) =>
                {
                    var query = session
                        .Query<Enrolment>()
                        .Where(e => e.CampaignId == campaignId && e.Status == "submitted")
                        .InReach(caller)
                        .Behind(after);
                    var size = Math.Clamp(limit, 1, Largest);
                    var page = await query
                        .OrderBy(e => e.Id)
                        .Take(size)
                        .Select(e => new
                        {
                            e.Id,
                            e.Content.Pupil,
                            e.Content.Wishes,
                        })
                        .ToListAsync(cancel);
                    return Results.Ok(
                        new Page<PupilLine>(
                            [
                                .. page.Select(e => new PupilLine(
                                    e.Id,
                                    e.Pupil.FirstName,
                                    e.Pupil.LastName,
                                    e.Pupil.Level,
                                    e.Pupil.SchoolUai,
                                    [.. e.Wishes.Select(w => w.Subject)]
                                )),
                            ],
                            page.Count == size ? page[^1].Id.ToString() : null
                        )
                    );
                }
            )
            .For(Roles.Coordinator)
            .WithSummary("Pupils of a campaign, in the coordinator's reach, briefly")
            .ReadsFiles<Page<PupilLine>>(p => p.Items.Select(l => l.Id))
            .Produces<Page<PupilLine>>();
}
