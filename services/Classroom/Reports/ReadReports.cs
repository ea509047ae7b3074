namespace Stages.Classrooms.Reports;

/// <summary>What was reported in a campaign, for the coordinators of the territory; nobody else reads it.</summary>
public static class ReadReports
{
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/classroom/reports", Read)
            .For(Roles.Coordinator)
            .ReadsFiles<Page<ConcernView>>(p => p.Items.SelectMany(c => new[] { c.ByEnrolment, c.AboutEnrolment }).OfType<Guid>())
            .Produces<Page<ConcernView>>();

    private static async Task<IResult> Read(Guid campaign, Caller caller, IQuerySession reads, CancellationToken cancel)
    {
        var reports = await reads
            .Query<SafetyReport>()
            .Where(r => r.CampaignId == campaign)
            .OrderByDescending(r => r.At)
            .Take(Most)
            .ToListAsync(cancel);
        var rooms = (await reads.LoadManyAsync<Room>(cancel, [.. reports.Select(r => r.StageId).Distinct()])).ToDictionary(r => r.Id);
        var words = (await reads.LoadManyAsync<ReportWords>(cancel, [.. reports.Select(r => r.Id)])).ToDictionary(w => w.Id);
        return Results.Ok(
            new Page<ConcernView>(
                [
                    .. reports
                        .Where(r => rooms[r.StageId].IsSeenBy(caller))
                        .Select(r => (Report: r, Words: words.GetValueOrDefault(r.Id)))
                        .Select(x => new ConcernView(
                            x.Report.Id,
                            x.Report.ModuleId,
                            x.Report.StageId,
                            x.Report.ByRole,
                            x.Words?.ByEnrolment,
                            x.Words?.About ?? "other",
                            x.Words?.AboutEnrolment,
                            x.Words?.Text ?? "",
                            x.Report.At
                        )),
                ],
                null
            )
        );
    }
}
