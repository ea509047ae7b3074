using static Stages.Scheduling.Sql;

namespace Stages.Scheduling.Candidates;

/// <summary>What is asked of the enrolments of a campaign.</summary>
public static class CandidateQueries
{
    private static readonly string InNoStageOfSubject = $"""
        not exists (
          select 1 from {Table<Stage>()} s
          where {Id("s.data", nameof(Stage.CampaignId))} = {Id("d.data", nameof(Candidate.CampaignId))}
            and {Text("s.data", nameof(Stage.Status))} <> '{nameof(StageStatus.Cancelled)}'
            and {Text("s.data", nameof(Stage.Subject))} = ?
            and s.data @> jsonb_build_object('{Key(nameof(Stage.Seats))}',
              jsonb_build_array(jsonb_build_object('{Key(nameof(Seat.EnrolmentId))}', d.id))))
        """;

    /// <summary>Who wishes this stage's subject, is of its levels, and has no place in any live stage of the subject.</summary>
    public static Task<IReadOnlyList<Candidate>> WithoutPlace(IQuerySession session, Stage stage, CancellationToken cancel)
    {
        string[] levels = [.. stage.Levels];
        var wish = Holding(nameof(Candidate.Wishes), new[] { Under(nameof(CandidateWish.Subject), stage.Subject) });
        return session
            .Query<Candidate>()
            .Where(c => c.CampaignId == stage.CampaignId && !c.Withdrawn && c.Level.IsOneOf(levels))
            .WhereSql("d.data @> ?::jsonb", wish)
            .WhereSql(InNoStageOfSubject, stage.Subject)
            .ToListAsync(cancel);
    }
}
