using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Contract = Stages.Contracts.Enrolment;

namespace Stages.Enrolments.Tests;

/// <summary>A transaction that takes a number of the log and commits only after the daemon has passed the gap.</summary>
public sealed class LateEventTests(EnrolmentService service) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await service.TellCampaigns();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task what_is_committed_into_a_gap_that_was_passed_is_published_after_all()
    {
        await using var database = NpgsqlDataSource.Create(service.Realm.Postgres);
        await using var slow = await database.OpenConnectionAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await using var take = new NpgsqlCommand("select nextval('enrolment.mt_events_sequence')", slow, transaction);
        var number = (long)(await take.ExecuteScalarAsync())!;

        // Others go on, and are published although the number before theirs is missing.
        using var family = service.Client("family", "before-the-gap@example.org");
        using var answer = await family.PostAsJsonAsync(
            $"/api/campaigns/{service.Open}/enrolments",
            Some.Request(email: "before-the-gap@example.org")
        );
        var other = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await service.Hears<Contract.EnrolmentSubmitted>(m => m.EnrolmentId == other);

        var late = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await using var write = new NpgsqlCommand(
            """
            create temp table late_stream on commit drop as select * from enrolment.mt_streams where id = $2;
            create temp table late_event on commit drop as select * from enrolment.mt_events where stream_id = $2;
            update late_stream set id = $1;
            update late_event set stream_id = $1, id = $1, seq_id = $3;
            insert into enrolment.mt_streams select * from late_stream;
            insert into enrolment.mt_events select * from late_event;
            """.Replace("$1", $"'{late}'", StringComparison.Ordinal).Replace("$2", $"'{other}'", StringComparison.Ordinal).Replace(
                "$3",
                number.ToString(System.Globalization.CultureInfo.InvariantCulture),
                StringComparison.Ordinal
            ),
            slow,
            transaction
        );
        await write.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        await service.Hears<Contract.EnrolmentSubmitted>(m => m.EnrolmentId == late);
    }
}
