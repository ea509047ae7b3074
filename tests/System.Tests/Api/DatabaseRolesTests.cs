using Npgsql;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Api;

/// <summary>
/// Every service comes to the database with a role of its own: what that may do in each schema of each service, asked of PostgreSQL and
/// tried.
/// </summary>
public sealed class DatabaseRolesTests(Shared<Stack> shared) : IClassFixture<Shared<Stack>>
{
    private readonly Stack stack = shared.One;

    private const string NoRight = "42501";

    private static readonly Dictionary<string, string[]> Schemas = new(StringComparer.Ordinal)
    {
        ["Enrolment"] = ["enrolment"],
        ["Scheduling"] = ["scheduling", "hangfire_scheduling"],
        ["Notification"] = ["notification", "hangfire_notification"],
        ["Classroom"] = ["classroom", "hangfire_classroom"],
        ["Portal"] = ["portal"],
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task every_schema_is_one_services() =>
        (await Names("select nspname from pg_namespace where nspname !~ '^(pg_|information_schema$|public$)' order by 1")).ShouldBe(
            Schemas.Values.SelectMany(s => s).Order(StringComparer.Ordinal)
        );

    public static TheoryData<string, string> Pairs() =>
        [.. from service in Schemas.Keys from schema in Schemas.Values.SelectMany(s => s) select (service, schema)];

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task a_services_role_reads_and_writes_its_own_rows_and_nothing_else(string service, string schema)
    {
        var own = Schemas[service].Contains(schema);
        await using var database = NpgsqlDataSource.Create(stack.Realm.Roles[service]);
        var tables = await Names($"select tablename from pg_tables where schemaname = '{schema}' order by 1");
        tables.Count.ShouldBeGreaterThan(5);
        foreach (var table in tables)
        {
            var kept = table is "audit_log" or "audit_starts";
            (await May(database, $"select 1 from {schema}.\"{table}\" limit 1")).ShouldBe(own, $"select {table}");
            (await May(database, $"insert into {schema}.\"{table}\" select * from {schema}.\"{table}\" limit 0")).ShouldBe(own, table);
            (await May(database, $"delete from {schema}.\"{table}\" where false")).ShouldBe(own && !kept, $"delete {table}");
            (await May(database, $"truncate {schema}.\"{table}\"")).ShouldBeFalse($"truncate {table}");
            (await May(database, $"alter table {schema}.\"{table}\" add column more int")).ShouldBeFalse($"alter {table}");
            (await May(database, $"drop table {schema}.\"{table}\"")).ShouldBeFalse($"drop {table}");
        }
        (await May(database, $"create table {schema}.more (id int)")).ShouldBeFalse();
        (await May(database, $"alter schema {schema} rename to other")).ShouldBeFalse();
        if (tables.Contains("audit_log"))
            (await May(database, $"update {schema}.audit_log set what = '' where false")).ShouldBeFalse();
    }

    [Fact]
    public async Task a_services_role_is_nobody_in_the_rest_of_the_server()
    {
        foreach (var (service, connection) in stack.Realm.Roles)
        {
            await using var database = NpgsqlDataSource.Create(connection);
            (await May(database, "create schema more")).ShouldBeFalse(service);
            (await May(database, "create table public.more (id int)")).ShouldBeFalse(service);
            (await May(database, "create role more")).ShouldBeFalse(service);
            (await May(database, "select * from pg_authid")).ShouldBeFalse(service);
            (await May(database, "set session_replication_role = replica")).ShouldBeFalse(service);
        }
    }

    /// <summary>Tried, and taken back.</summary>
    private static async Task<bool> May(NpgsqlDataSource database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        try
        {
            await command.ExecuteNonQueryAsync(Cancel);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == NoRight)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<string>> Names(string sql)
    {
        await using var owner = NpgsqlDataSource.Create(stack.Realm.Postgres);
        await using var command = owner.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync(Cancel);
        var names = new List<string>();
        while (await rows.ReadAsync(Cancel))
            names.Add(rows.GetString(0));
        return names;
    }
}
