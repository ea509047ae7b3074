using JasperFx;
using Npgsql;
using NpgsqlTypes;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Stages.Portal.SignIns;

/// <summary>So many in a quarter of an hour, and in a day.</summary>
public sealed record Budget(int Quarter, int Day);

/// <summary>
/// Counts, by quarter of an hour, over all copies of the Portal. A plain table beside the documents: taking one of what is left is one
/// statement, so that many at once never take more than there is.
/// </summary>
public sealed class SignInTally(NpgsqlDataSource database, TimeProvider clock)
{
    private const string Name = "portal.sign_in_tally";

    /// <summary>
    /// $1 counter, $2 this quarter, $3 and $4 the budget. The row of this quarter is locked before it is compared; those of before
    /// change no more.
    /// </summary>
    private const string TakeOne = $"""
        with before as (
          select coalesce(sum(count), 0) as count from {Name}
          where counter = $1 and quarter > $2 - interval '1 day' and quarter < $2)
        insert into {Name} as t (counter, quarter, count)
        select $1, $2, 1 from before where before.count < $4 and $3 > 0
        on conflict (counter, quarter) do update set count = t.count + 1
        where t.count < $3 and t.count + (select count from before) < $4
        """;

    private const string GiveOne = $"update {Name} set count = count - 1 where counter = $1 and quarter = $2 and count > 0";

    /// <summary>Rows that no budget looks at any more.</summary>
    public const string Sweep = $"delete from {Name} where quarter < ?";

    public static Table Describe()
    {
        var table = new Table(new PostgresqlObjectName("portal", "sign_in_tally", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("counter", "text").AsPrimaryKey();
        table.AddColumn("quarter", "timestamptz").AsPrimaryKey();
        table.AddColumn("count", "integer").NotNull();
        return table;
    }

    public static void AddTo(StoreOptions options) => options.Storage.ExtendedSchemaObjects.Add(Describe());

    /// <summary>Takes one if there is one left.</summary>
    public async Task<bool> Take(string counter, Budget budget, CancellationToken cancel)
    {
        await using var command = Command(TakeOne, counter);
        command.Parameters.Add(new() { Value = budget.Quarter });
        command.Parameters.Add(new() { Value = budget.Day });
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    public async Task GiveBack(string counter, CancellationToken cancel)
    {
        await using var command = Command(GiveOne, counter);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>How many were taken in this quarter of an hour.</summary>
    public async Task<int> InThisQuarter(string counter, CancellationToken cancel)
    {
        await using var command = Command($"select count from {Name} where counter = $1 and quarter = $2", counter);
        return await command.ExecuteScalarAsync(cancel) as int? ?? 0;
    }

    public DateTimeOffset Quarter
    {
        get
        {
            var now = clock.GetUtcNow();
            return new DateTimeOffset(now.Ticks - (now.Ticks % SignInRules.Life.Ticks), TimeSpan.Zero);
        }
    }

    private NpgsqlCommand Command(string sql, string counter)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = counter });
        command.Parameters.Add(new() { Value = Quarter.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        return command;
    }
}
