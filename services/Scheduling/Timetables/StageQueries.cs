using Stages.Scheduling.Offers;
using static Stages.Scheduling.Sql;

namespace Stages.Scheduling.Timetables;

/// <summary>
/// What is asked of the stages of a campaign. LINQ where it says it; SQL, with the names of the code, for what goes through seats or
/// beyond the table.
/// </summary>
public static class StageQueries
{
    private static readonly string Seats = Value("d.data", nameof(Stage.Seats));
    private static readonly string FirstLevel = $"{Value("d.data", nameof(Stage.Levels))} ->> 0";
    private static readonly string Subject = Text("d.data", nameof(Stage.Subject));
    private static readonly string Status = Text("d.data", nameof(Stage.Status));

    private static readonly string FromTerritory = $"""
        (exists (select 1 from jsonb_array_elements({Seats}) s where starts_with({Text("s", nameof(Seat.SchoolUai))}, ?))
         or exists (select 1 from {Table<Offer>()} o
           where o.id = {Id("d.data", nameof(Stage.OfferId))} and starts_with({Text("o.data", nameof(Offer.SchoolUai))}, ?)))
        """;

    private static readonly string WithOpenPlaces = $"""
        (({Text("d.data", nameof(Stage.Freed))})::int > 0
         or exists (select 1 from jsonb_array_elements({Seats}) s where {Text("s", nameof(Seat.AnswerBefore))} is not null))
        """;

    private static readonly string LastModified = $"""
        select max(at) from (
          select max(mt_last_modified) as at from {Table<Stage>()} where {Id("data", nameof(Stage.CampaignId))} = ?
          union all
          select max(mt_last_modified) from {Table<Candidate>()} where {Id("data", nameof(Candidate.CampaignId))} = ?) changes
        having max(at) is not null
        """;

    /// <summary>Those that take place, or may yet.</summary>
    public static IQueryable<Stage> LiveOf(this IQueryable<Stage> stages, Guid campaign) =>
        stages.Where(s => s.CampaignId == campaign && s.Status != StageStatus.Cancelled);

    /// <summary>In the words of the address; null when it is none of them.</summary>
    public static IQueryable<Stage>? InStatus(this IQueryable<Stage> stages, string? status) =>
        status switch
        {
            null => stages.Where(s => s.Status != StageStatus.Cancelled),
            "draft" => stages.Where(s => s.Status == StageStatus.Draft),
            "approved" => stages.Where(s => s.Status == StageStatus.Approved),
            "published" => stages.Where(s => s.Status == StageStatus.Published),
            "cancelled" => stages.Where(s => s.Status == StageStatus.Cancelled && s.WasPublished),
            "rejected" => stages.Where(s => s.Status == StageStatus.Cancelled && !s.WasPublished && s.Reason != null),
            "all" => stages,
            _ => null,
        };

    /// <summary>Those in which a pupil, or the teacher, is of a school of this territory.</summary>
    public static IQueryable<Stage> Concerning(this IQueryable<Stage> stages, string territory) =>
        stages.WhereSql(FromTerritory, territory.ToUpperInvariant(), territory.ToUpperInvariant());

    /// <summary>Published, with a place that is free, or that a family may still decline.</summary>
    public static IQueryable<Stage> Open(this IQueryable<Stage> stages, Guid campaign) =>
        stages.Where(s => s.CampaignId == campaign && s.Status == StageStatus.Published).WhereSql(WithOpenPlaces);

    public static IQueryable<Stage> Sorted(this IQueryable<Stage> stages, string? sort, string? order) =>
        stages.OrderBySql($"{SortedBy(sort)} {Paging.Direction(order)}, d.id");

    /// <summary>The live stages in which any of these pupils has a seat: one look into the index for each pupil.</summary>
    public static async Task<IReadOnlyList<Stage>> Holding(
        IQuerySession session,
        Guid campaign,
        IReadOnlyList<Guid> enrolments,
        CancellationToken cancel
    )
    {
        if (enrolments.Count == 0)
            return [];
        var seats = string.Join(" or ", enrolments.Select(_ => "d.data @> ?::jsonb"));
        object[] holding = [.. enrolments.Select(e => Sql.Holding(nameof(Stage.Seats), new[] { Under(nameof(Seat.EnrolmentId), e) }))];
        return await session.Query<Stage>().LiveOf(campaign).WhereSql($"({seats})", holding).ToListAsync(cancel);
    }

    /// <summary>When a stage or an enrolment of the campaign was last written; null: never.</summary>
    public static async Task<DateTimeOffset?> LastChange(IQuerySession reads, Guid campaign, CancellationToken cancel)
    {
        var found = await reads.AdvancedSql.QueryAsync<DateTimeOffset>(LastModified, cancel, campaign, campaign);
        return found.Count > 0 ? found[0] : null;
    }

    private static string SortedBy(string? sort) =>
        sort switch
        {
            "subject" => Subject,
            "level" => Paging.LevelOrder(FirstLevel),
            "week" => Text("d.data", nameof(Stage.Week)),
            "teacher" => OfferQueries.TeacherOf(Id("d.data", nameof(Stage.OfferId))),
            "pupils" => $"jsonb_array_length({Seats})",
            _ => $"array_position(array['{string.Join("','", Enum.GetNames<StageStatus>())}'], {Status}), "
                + $"{Subject}, {Paging.LevelOrder(FirstLevel)}",
        };
}
