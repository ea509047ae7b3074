namespace Stages.Scheduling.Offers;

/// <summary>Teachers of before they were searched by words.</summary>
public sealed class FillOldTeachers(IDocumentStore store, NpgsqlDataSource database, TimeProvider clock, ILogger<FillOldTeachers> logger)
    : FillOld<OfferTeacher>(store, database, clock, logger)
{
    private static readonly string Statement = $"""
        update {Sql.Table<OfferTeacher>()} d set words = $2, data = d.data || jsonb_build_object('words', $2::text)
        where d.id = $1 and d.words is null
        """;

    protected override string Lacking => "d.words is null";

    protected override Guid IdOf(OfferTeacher document) => document.Id;

    protected override Task<IReadOnlyList<NpgsqlBatchCommand>> Filling(
        IReadOnlyList<OfferTeacher> some,
        IQuerySession reads,
        CancellationToken cancel
    ) =>
        Task.FromResult<IReadOnlyList<NpgsqlBatchCommand>>([
            .. some.Select(t => new NpgsqlBatchCommand(Statement)
            {
                Parameters =
                {
                    new() { Value = t.Id },
                    new() { Value = t.Words },
                },
            }),
        ]);
}
