using Stages.Scheduling.Offers;
using static Stages.Scheduling.Sql;

namespace Stages.Scheduling.Campaigns;

/// <summary>What is counted over a whole campaign, and read from its log: in SQL, with the names of the code.</summary>
public static class CampaignQueries
{
    private static readonly string Seats = Value("data", nameof(Stage.Seats));
    private static readonly string Modules = Value("data", nameof(Stage.Modules));
    private static readonly string OfCampaign = $"where {Id("data", nameof(Stage.CampaignId))} = @campaign";
    private static readonly string Present = $"{OfCampaign} and {Text("data", nameof(Candidate.Withdrawn))} = 'false'";
    private static readonly string Offered = $"""
        {OfCampaign} and {Text("data", nameof(Offer.Withdrawn))} = 'false'
          and {Text("data", nameof(Offer.Acceptance))} = '{nameof(Acceptance.Accepted)}'
        """;

    private static readonly string Published = $"{OfCampaign} and {Text("data", nameof(Stage.Status))} = '{nameof(StageStatus.Published)}'";

    private static readonly string By = Value("e.data", nameof(Offers.OfferWithdrawn.By));

    /// <summary>Five answers: enrolments and schools; teachers; pupils placed; wishes by subject; the timetable by subject.</summary>
    public static readonly string Figures = $"""
        select count(*), count(distinct {Text("data", nameof(Candidate.SchoolUai))}) from {Table<Candidate>()} {Present};
        select count(*) from {Table<Offer>()} {Offered};
        select count(distinct {Text("s", nameof(Seat.EnrolmentId))}) from {Table<Stage>()}, jsonb_array_elements({Seats}) s {Published};
        select {Text("w", nameof(CandidateWish.Subject))}, count(*)
          from {Table<Candidate>()}, jsonb_array_elements({Value("data", nameof(Candidate.Wishes))}) w {Present} group by 1;
        select {Text("data", nameof(Stage.Subject))}, sum(jsonb_array_length({Seats})), count(*), sum(jsonb_array_length({Modules})),
            sum(jsonb_array_length({Seats}) * jsonb_array_length({Modules}))
          from {Table<Stage>()} {Published} group by 1;
        """;

    /// <summary>Of the many stages of one decision so many are named.</summary>
    public const int NamedInHistory = 12;

    // What a pupil or family did is in their own service's log; of the mirror nothing is shown. The waiting list follows from the rest.
    /// <summary>The log of a campaign, the newest first: what one decision did to many is one line.</summary>
    public static readonly string History = $"""
        with mine as (
          select @campaign as id
          union all select id from {Table<Offer>()} {OfCampaign}
          union all select id from {Table<Stage>()} {OfCampaign}
          union all select id from {Table<PairingRun>()} {OfCampaign}
          union all select id from {Table<Timetable>()} {OfCampaign})
        select min(e.timestamp), e.type, coalesce({Text(By, nameof(Actor.Role))}, 'system'), {Text(By, nameof(Actor.Name))}, count(*),
               (array_agg(e.stream_id order by e.seq_id))[1:{NamedInHistory}], min({Text(
            "e.data",
            nameof(StageRejected.Reason)
        )}), max(e.seq_id) as last
        from scheduling.mt_events e join mine on mine.id = e.stream_id
        where (@what::text is null or e.type = @what)
          and (@who::text is null or strpos(lower({Text(By, nameof(Actor.Name))}), @who) > 0)
        group by e.type, {By}, {Text("e.data", nameof(StageRejected.At))}
        having max(e.seq_id) < @before
        order by last desc limit @limit
        """;
}
