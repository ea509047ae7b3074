namespace Stages.Scheduling.Timetables;

/// <summary>Who holds places, who waits for them, and what becomes of those that are free.</summary>
public static class Places
{
    /// <summary>The first of a waiting list nearly always fit: whose other stages are read at once.</summary>
    private const int AskedAtOnce = 20;

    /// <summary>The stages that take place, or may yet, in which this pupil has a seat.</summary>
    public static Task<IReadOnlyList<Stage>> Of(IQuerySession session, Guid campaign, Guid enrolment, CancellationToken cancel) =>
        StageQueries.Holding(session, campaign, [enrolment], cancel);

    /// <summary>
    /// What pupils who leave mean to those who wait: in a published stage with a teacher, the places go to the first who fit.
    /// Under the lock of the timetable.
    /// </summary>
    /// <param name="left">Decided on this stage; its places that were free before are looked at as well.</param>
    public static async ValueTask<Decision> Refill(Reading reading, Stage stage, Decision left, DateTimeOffset now)
    {
        stage = left.Events.OfType<PupilLeft>().Aggregate(stage, (s, e) => s.Apply(e));
        if (stage.Status != StageStatus.Published || stage.TeacherGone || stage.Freed == 0)
            return left.At(stage.Id);
        if (await reading.Load<Campaign>(stage.CampaignId) is not { IsClosed: false } campaign)
            return left.At(stage.Id);
        var waiting = GiveFreedPlace.Asked(
            campaign.Plan,
            stage,
            await CandidateQueries.WithoutPlace(reading.Documents, stage, reading.Cancel)
        );
        var children = waiting.Select(c => c.Child).OfType<Guid>().ToHashSet();
        var elsewhere = await OtherCampaigns.Read(reading.Documents, campaign.Plan, campaign.Id, [], children, reading.Cancel);
        var free = waiting.Where(c => stage.Modules.All(m => elsewhere.Meets(c.Child, campaign.Plan, stage.Week, m.Slot) is null));
        var decision = left;
        foreach (var asked in free.Chunk(AskedAtOnce))
        {
            if (stage.Freed == 0)
                break;
            var households = await Households.Of(reading.Documents, stage.CampaignId, asked, reading.Cancel);
            Guid[] theirs = [.. asked.Select(c => c.Id).Concat(asked.SelectMany(c => households.ApartFrom(c.Id))).Distinct()];
            var held = await StageQueries.Holding(reading.Documents, stage.CampaignId, theirs, reading.Cancel);
            var given = GiveFreedPlace.Decide(campaign.Plan, stage, asked, held, households, now);
            stage = given.Events.OfType<SeatOffered>().Aggregate(stage, (s, e) => s.Apply(e));
            decision = decision.And(given);
        }
        return decision.At(stage.Id);
    }
}
