using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Timetables;

/// <summary>Reads what is around a stage, or around all stages of a campaign at once.</summary>
public static class Around
{
    /// <summary>For one stage as it would be; one query each for its teacher, its pupils and the stages that share them.</summary>
    public static async Task<Surroundings> Read(
        IQuerySession session,
        CampaignPlan plan,
        Guid campaign,
        Guid offer,
        IEnumerable<Guid> enrolments,
        CancellationToken cancel
    )
    {
        var ids = enrolments.Distinct().ToArray();
        var found = await session.LoadAsync<Offer>(offer, cancel);
        var candidates = (await session.LoadManyAsync<Candidate>(cancel, ids)).Where(c => c.CampaignId == campaign).ToDictionary(c => c.Id);
        var others = await session.Query<Stage>().LiveOf(campaign).Where(s => s.OfferId == offer).ToListAsync(cancel);
        var households = await Households.Of(session, campaign, candidates.Values, cancel);
        var elsewhere = await OtherCampaigns.Read(
            session,
            plan,
            campaign,
            found is null ? [] : [found.PersonId],
            [.. candidates.Values.Select(c => c.Child).OfType<Guid>()],
            cancel
        );
        Guid[] theirs = [.. ids.Concat(ids.SelectMany(households.ApartFrom)).Distinct()];
        var withPupils = await StageQueries.Holding(session, campaign, theirs, cancel);
        return new Surroundings(
            plan,
            found?.CampaignId == campaign ? found : null,
            candidates,
            [.. others.Concat(withPupils).DistinctBy(s => s.Id)]
        )
        {
            Households = households,
            Elsewhere = elsewhere,
        };
    }

    /// <summary>For all stages of a campaign: read once, then asked for each.</summary>
    public static async Task<Func<Stage, Surroundings>> ReadAll(
        IQuerySession session,
        CampaignPlan plan,
        Guid campaign,
        CancellationToken cancel
    )
    {
        var stages = await session.Query<Stage>().LiveOf(campaign).ToListAsync(cancel);
        var offers = (await session.Query<Offer>().Where(o => o.CampaignId == campaign).ToListAsync(cancel)).ToDictionary(o => o.Id);
        var candidates = (await session.Query<Candidate>().Where(c => c.CampaignId == campaign).ToListAsync(cancel)).ToDictionary(c =>
            c.Id
        );
        return All(plan, stages, offers, candidates, await OtherCampaigns.Read(session, plan, campaign, null, null, cancel));
    }

    /// <summary>The same, of what was read already.</summary>
    public static Func<Stage, Surroundings> All(
        CampaignPlan plan,
        IReadOnlyList<Stage> live,
        IReadOnlyDictionary<Guid, Offer> offers,
        IReadOnlyDictionary<Guid, Candidate> candidates,
        OtherCampaigns? elsewhere = null
    )
    {
        var byOffer = live.ToLookup(s => s.OfferId);
        var byPupil = live.SelectMany(s => s.Seats.Select(seat => (seat.EnrolmentId, Stage: s))).ToLookup(x => x.EnrolmentId, x => x.Stage);
        var households = new Households(candidates.Values);
        return stage => new Surroundings(
            plan,
            offers.GetValueOrDefault(stage.OfferId),
            candidates,
            [.. byOffer[stage.OfferId].Concat(stage.Seats.SelectMany(Theirs)).DistinctBy(s => s.Id)]
        )
        {
            Households = households,
            Elsewhere = elsewhere ?? OtherCampaigns.None,
        };

        IEnumerable<Stage> Theirs(Seat seat) =>
            households.ApartFrom(seat.EnrolmentId).Prepend(seat.EnrolmentId).SelectMany(pupil => byPupil[pupil]);
    }
}
