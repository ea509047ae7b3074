namespace Stages.Scheduling.Campaigns;

/// <summary>The public figures of a campaign: sums only, and of the timetable only what is published.</summary>
public static class ReadFigures
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/campaigns/{campaignId:guid}/figures",
                async (Guid campaignId, Figures figures, IQuerySession reads, HttpContext http, CancellationToken cancel) =>
                {
                    if (await reads.LoadAsync<Campaign>(campaignId, cancel) is not { } campaign)
                        return new NotFound().AsProblem();
                    var sums = await figures.Of(campaignId);
                    http.Response.Headers.CacheControl = "public, max-age=10";
                    var minutes = sums.Subjects.Sum(s => s.PupilModules) * campaign.Plan.ModuleMinutes;
                    return Results.Ok(
                        new FiguresView(
                            sums.Enrolments,
                            sums.Subjects.Sum(s => s.Wishes),
                            sums.Schools,
                            sums.Teachers,
                            sums.Subjects.Sum(s => s.Stages),
                            sums.Subjects.Sum(s => s.Modules),
                            sums.PlacedPupils,
                            sums.Subjects.Sum(s => s.Placed),
                            Math.Round(minutes / 60.0, 1),
                            [
                                .. campaign
                                    .Plan.Subjects.Select(s => (Subject: s, Sums: sums.Subjects.FirstOrDefault(x => x.Code == s.Code)))
                                    .Select(x => new SubjectFigures(
                                        x.Subject.Code,
                                        Say.In(x.Subject.Name, x.Subject.NameEn),
                                        x.Sums?.Wishes ?? 0,
                                        x.Sums?.Placed ?? 0,
                                        x.Sums?.Stages ?? 0
                                    )),
                            ]
                        )
                    );
                }
            )
            .AllowAnonymous()
            .Produces<FiguresView>();
}

/// <summary>
/// The sums, counted in the database at most once in ten seconds however many visitors ask: this is on everybody's first page.
/// </summary>
public sealed class Figures(NpgsqlDataSource database, Remembered known)
{
    public sealed record SubjectSums(string Code, int Wishes, int Placed, int Stages, int Modules, int PupilModules);

    public sealed record Sums(int Enrolments, int Schools, int Teachers, int PlacedPupils, IReadOnlyList<SubjectSums> Subjects);

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    public ValueTask<Sums> Of(Guid campaign) => known.Get($"figures-{campaign}", Fresh, () => Count(campaign));

    private async Task<Sums> Count(Guid campaign)
    {
        await using var command = database.CreateCommand(CampaignQueries.Figures);
        command.Parameters.AddWithValue("campaign", campaign);
        await using var rows = await command.ExecuteReaderAsync();
        await rows.ReadAsync();
        var (enrolments, schools) = (Number(0), Number(1));
        await Next();
        var teachers = Number(0);
        await Next();
        var pupils = Number(0);
        await rows.NextResultAsync();
        var subjects = new Dictionary<string, SubjectSums>(StringComparer.Ordinal);
        while (await rows.ReadAsync())
            subjects[rows.GetString(0)] = new SubjectSums(rows.GetString(0), Number(1), 0, 0, 0, 0);
        await rows.NextResultAsync();
        while (await rows.ReadAsync())
            subjects[rows.GetString(0)] = new SubjectSums(
                rows.GetString(0),
                subjects.GetValueOrDefault(rows.GetString(0))?.Wishes ?? 0,
                Number(1),
                Number(2),
                Number(3),
                Number(4)
            );
        return new Sums(enrolments, schools, teachers, pupils, [.. subjects.Values]);

        int Number(int column) => (int)rows.GetInt64(column);
        async Task Next()
        {
            await rows.NextResultAsync();
            await rows.ReadAsync();
        }
    }
}
