namespace Stages.Scheduling.Candidates;

/// <summary>
/// Candidates without a draw in a campaign that has a lot, noted by a copy of before there was one: beside draws, the date by which they
/// would be ordered comes before everybody's.
/// </summary>
public sealed class FillOldCandidates(
    IDocumentStore store,
    NpgsqlDataSource database,
    TimeProvider clock,
    ILogger<FillOldCandidates> logger
) : FillOld<Candidate>(store, database, clock, logger)
{
    private static readonly string WithoutDraw = $"{Sql.Text("d.data", nameof(Candidate.Drawn))} is null";

    private static readonly string Statement = $"""
        update {Sql.Table<Candidate>()} d set data = d.data || jsonb_build_object('{Sql.Key(nameof(Candidate.Drawn))}', $2::bigint)
        where d.id = $1 and {WithoutDraw}
        """;

    protected override string Lacking { get; } =
        $"""
            {WithoutDraw} and {Sql.Text("d.data", nameof(Candidate.Withdrawn))} = 'false' and exists (
              select 1 from {Sql.Table<Campaign>()} c
              where c.id = {Sql.Id("d.data", nameof(Candidate.CampaignId))} and {Sql.Text("c.data", nameof(Campaign.Seed))} is not null)
            """;

    protected override Guid IdOf(Candidate document) => document.Id;

    protected override async Task<IReadOnlyList<NpgsqlBatchCommand>> Filling(
        IReadOnlyList<Candidate> some,
        IQuerySession reads,
        CancellationToken cancel
    )
    {
        var campaigns = (await reads.LoadManyAsync<Campaign>(cancel, [.. some.Select(c => c.CampaignId).Distinct()])).ToDictionary(c =>
            c.Id
        );
        return
        [
            .. some.Select(c => new NpgsqlBatchCommand(Statement)
            {
                Parameters =
                {
                    new() { Value = c.Id },
                    new() { Value = Lottery.Turn(campaigns.GetValueOrDefault(c.CampaignId), c.Id, c.EnrolledAt) },
                },
            }),
        ];
    }
}
