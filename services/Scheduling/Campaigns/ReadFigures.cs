using Marten;
using Stages.Scheduling.Candidates;
using Stages.Scheduling.Offers;
using Stages.Scheduling.Timetables;
using Stages.ServiceDefaults;

namespace Stages.Scheduling.Campaigns;

/// <summary>The public figures of a campaign: sums only, and of the timetable only what is published.</summary>
public static class ReadFigures
{
    public sealed record SubjectFigures(string Subject, string Name, int Wishes, int Placed, int Stages);

    /// <param name="Schools">Schools from which at least one pupil enrolled.</param>
    /// <param name="PupilHours">Hours of class times pupils.</param>
    public sealed record FiguresView(
        int Enrolments, int Wishes, int Schools, int Teachers, int Stages, int Modules, int PlacedPupils, int PlacedWishes, double PupilHours, IReadOnlyList<SubjectFigures> Subjects);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/campaigns/{campaignId:guid}/figures", async (Guid campaignId, IQuerySession reads, CancellationToken cancel) =>
        {
            if (await reads.LoadAsync<Campaign>(campaignId, cancel) is not { } campaign) return new NotFound().AsProblem();
            var asked = await reads.Query<Candidate>().Where(c => c.CampaignId == campaignId && !c.Withdrawn).Select(c => new { c.SchoolUai, c.Wishes }).ToListAsync(cancel);
            var teachers = await reads.Query<Offer>().CountAsync(o => o.CampaignId == campaignId && !o.Withdrawn, cancel);
            var stages = await reads.Query<Stage>().Where(s => s.CampaignId == campaignId && s.Status == StageStatus.Published).ToListAsync(cancel);
            return Results.Ok(new FiguresView(
                asked.Count, asked.Sum(a => a.Wishes.Count), asked.Select(a => a.SchoolUai).Distinct(StringComparer.Ordinal).Count(), teachers, stages.Count, stages.Sum(s => s.Modules.Count),
                stages.SelectMany(s => s.Seats).Select(s => s.EnrolmentId).Distinct().Count(), stages.Sum(s => s.Seats.Count),
                Math.Round(stages.Sum(s => s.Seats.Count * s.Modules.Count) * campaign.Plan.ModuleMinutes / 60.0, 1),
                [.. campaign.Plan.Subjects.Select(s => new SubjectFigures(
                    s.Code, Say.In(s.Name, s.NameEn), asked.Sum(a => a.Wishes.Count(w => w.Subject == s.Code)), stages.Where(x => x.Subject == s.Code).Sum(x => x.Seats.Count), stages.Count(x => x.Subject == s.Code)))]));
        }).AllowAnonymous().Produces<FiguresView>();
}
