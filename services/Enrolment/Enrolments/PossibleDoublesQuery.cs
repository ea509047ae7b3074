namespace Stages.Enrolments;

/// <summary>Asks the database who shares a fingerprint, and compares only those.</summary>
public static class PossibleDoublesQuery
{
    internal const string Table = "enrolment.mt_doc_enrolment";

    /// <summary>The column that <see cref="Enrolment.Likeness"/> is kept in; the campaign by the expression of its index.</summary>
    private const string SharesOne = $"""
        d.id in (
          with keys as materialized (
            select e.id, unnest(e.likeness) as key from {Table} e where CAST(e.data ->> 'campaignId' as uuid) = ?
          )
          select k.id from keys k where k.key in (select key from keys group by key having count(*) > 1)
        )
        """;

    /// <summary>Those of the campaign that stand, both of each pair in the caller's territory.</summary>
    public static async Task<ILookup<Guid, Guid>> PossibleDoublesOf(
        this IQuerySession session,
        Guid campaign,
        Caller caller,
        CancellationToken cancel
    )
    {
        var alike = await session
            .Query<Enrolment>()
            .Where(e => e.CampaignId == campaign && e.Status == Enrolment.Submitted)
            .InReach(caller)
            .WhereSql(SharesOne, campaign)
            .Select(e => new
            {
                e.Id,
                e.Content.Pupil,
                e.Content.Marks,
                e.Apart,
                e.Likeness,
            })
            .ToListAsync(cancel);
        return PossibleDoubles.Among(alike.Select(e => (new LikeChild(e.Id, e.Pupil, e.Marks, e.Apart), e.Likeness)));
    }
}
