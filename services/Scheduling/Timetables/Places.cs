using Marten;
using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Candidates;

namespace Stages.Scheduling.Timetables;

/// <summary>
/// Places that become free after publication and who gets them. Called under the lock of the timetable; writes into the session
/// of the caller, who saves.
/// </summary>
public static class Places
{
    /// <summary>How long a family has to confirm a place offered from the waiting list.</summary>
    public static readonly TimeSpan TimeToAnswer = TimeSpan.FromHours(48);

    /// <summary>The stages that take place, or may yet, in which this pupil has a seat.</summary>
    public static Task<IReadOnlyList<Stage>> Of(IQuerySession session, Guid campaign, Guid enrolment, CancellationToken cancel) =>
        StageQueries.Holding(session, campaign, [enrolment], cancel);

    /// <summary>Why the pupil can no longer have a seat in this stage after a change of the enrolment; null: the seat stays.</summary>
    public static string? Lost(Candidate candidate, Stage stage)
    {
        if (candidate.Withdrawn)
            return "withdrawn";
        return candidate.Wishes.Any(w => w.Subject == stage.Subject) && stage.Levels.Contains(candidate.Level) ? null : "wish-changed";
    }

    /// <summary>The pupil leaves; in a published stage the place goes to the first of the waiting list who fits.</summary>
    public static async Task Free(
        IDocumentSession session,
        Stage stage,
        Candidate candidate,
        string why,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var left = new PupilLeft(candidate.Id, why, Actor.System, now);
        session.Events.Append(stage.Id, left);
        if (stage.Status == StageStatus.Published && !stage.TeacherGone)
            await Offer(session, stage.Apply(left), now, cancel);
    }

    /// <summary>Offers each freed place of the stage, as far as somebody on the waiting list fits.</summary>
    public static async Task Offer(IDocumentSession session, Stage stage, DateTimeOffset now, CancellationToken cancel)
    {
        var campaign = await session.LoadAsync<Campaign>(stage.CampaignId, cancel);
        if (campaign is null || campaign.IsClosed || stage.Freed == 0)
            return;
        var waiting = await Waiting(session, stage, cancel);
        foreach (var candidate in waiting)
        {
            if (stage.Freed == 0)
                break;
            if (!Rules.Pupils.CanAttend(campaign.Plan, candidate, stage.Week, stage.Modules.Select(m => m.Slot)))
                continue;
            var others = await Of(session, stage.CampaignId, candidate.Id, cancel);
            if (Rules.Pupils.Clashes(campaign.Plan, stage, others))
                continue;
            var offered = new SeatOffered(
                new Seat(candidate.Id, candidate.Level, candidate.SchoolUai, Deadline(campaign.Plan, stage, now)),
                Actor.System,
                now
            );
            session.Events.Append(stage.Id, offered);
            stage = stage.Apply(offered);
        }
    }

    /// <summary>48 hours, less when the stage begins sooner. A campaign that is replayed lies in the past: there 48 hours hold.</summary>
    public static DateTimeOffset Deadline(CampaignPlan plan, Stage stage, DateTimeOffset now)
    {
        var begins = stage.Modules.Min(m =>
            Grid.InstantOf(plan.TimeZone, Grid.DateOf(plan, stage.Week, m.Slot), Grid.StartOf(plan, m.Slot))
        );
        var usual = now + TimeToAnswer;
        return begins > now && begins < usual ? begins : usual;
    }

    private static async Task<IEnumerable<Candidate>> Waiting(IQuerySession session, Stage stage, CancellationToken cancel)
    {
        var asking = await CandidateQueries.WithoutPlace(session, stage, cancel);
        return Ranking.Order(asking.Where(c => !stage.Refused.Contains(c.Id)), stage.Subject);
    }
}
