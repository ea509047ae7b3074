using Npgsql;

namespace Stages.Enrolments;

/// <summary>
/// Enrolments of before pupils were searched by words and doubles by fingerprints, that nobody has changed since: a coordinator finds
/// them, and who enrols the same child again is led to them.
/// </summary>
public sealed class FillOldEnrolments(
    IDocumentStore store,
    NpgsqlDataSource database,
    TimeProvider clock,
    ILogger<FillOldEnrolments> logger
) : FillOld<Enrolment>(store, database, clock, logger)
{
    private const string Statement = $"""
        update {PossibleDoublesQuery.Table} d set words = $3, likeness = $4,
          data = d.data || jsonb_build_object('words', $3::text, 'likeness', to_jsonb($4::uuid[]), 'childKey', $5::text)
        where d.id = $1 and {FamilyQuery.Version} = $2
        """;

    /// <summary>One that was erased is nobody's.</summary>
    protected override string Lacking =>
        $"(d.words is null or d.likeness is null or ({FamilyQuery.ChildKey} is null and {FamilyQuery.NotErased}))";

    protected override Guid IdOf(Enrolment document) => document.Id;

    protected override Task<IReadOnlyList<NpgsqlBatchCommand>> Filling(
        IReadOnlyList<Enrolment> some,
        IQuerySession reads,
        CancellationToken cancel
    ) => Task.FromResult<IReadOnlyList<NpgsqlBatchCommand>>([.. some.Select(Filling)]);

    private static NpgsqlBatchCommand Filling(Enrolment e) =>
        new(Statement)
        {
            Parameters =
            {
                new() { Value = e.Id },
                new() { Value = e.Version },
                new() { Value = e.Words },
                new() { Value = e.Likeness },
                new() { Value = e.Status == Enrolment.Erased ? DBNull.Value : e.ChildKey ?? Doubles.KeyOf(e.CampaignId, e.Content.Pupil) },
            },
        };
}
