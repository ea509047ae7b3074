using System.Globalization;
using NpgsqlTypes;
using Orleans;
using Orleans.Runtime;
using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Stages.Classrooms.Copies;

/// <summary>
/// Which copies of this service there are, in the database that is there anyway: Orleans' membership protocol over two tables. Each change
/// but a sign of life takes the version that it read, or does nothing: of two that decide at once, one reads again.
/// </summary>
public sealed class SiloTable(NpgsqlDataSource database) : IMembershipTable
{
    private const string Silos = "classroom.silos",
        Head = "classroom.silos_version";

    private const string Columns = "address, status, suspects, host, name, started, alive";

    // One row, which every change locks: whoever comes second finds another version there.
    private const string Next = $"update {Head} set version = $1 where only_one and version = $1 - 1";

    private const string Insert = $"""
        with head as ({Next} returning version)
        insert into {Silos} ({Columns}, etag) select $2, $3, $4, $5, $6, $7, $8, 1 from head returning 1
        """;

    private const string Update = $"""
        with head as ({Next} and exists (select from {Silos} where address = $2 and etag = $9) returning version)
        update {Silos} set status = $3, suspects = $4, host = $5, name = $6, started = $7, alive = $8, etag = etag + 1
        from head where address = $2 and etag = $9 returning 1
        """;

    // In one statement, so that the version is that of the rows.
    private const string Read = $"select h.version, s.etag, s.{Columns} from {Head} h left join {Silos} s on $1 is null or s.address = $1";

    public static void AddTo(StoreOptions options)
    {
        var head = new Table(new PostgresqlObjectName("classroom", "silos_version", SchemaUtils.IdentifierUsage.General));
        head.AddColumn<bool>("only_one").AsPrimaryKey();
        head.AddColumn<int>("version").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(head);
        var silos = new Table(new PostgresqlObjectName("classroom", "silos", SchemaUtils.IdentifierUsage.General));
        silos.AddColumn<string>("address").AsPrimaryKey();
        silos.AddColumn<int>("status").NotNull();
        silos.AddColumn<string>("suspects").NotNull();
        silos.AddColumn<string>("host").NotNull();
        silos.AddColumn<string>("name").NotNull();
        silos.AddColumn<DateTimeOffset>("started").NotNull();
        silos.AddColumn<DateTimeOffset>("alive").NotNull();
        silos.AddColumn<int>("etag").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(silos);
    }

    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        if (tryInitTableVersion)
            await Do($"insert into {Head} (only_one, version) values (true, 0) on conflict do nothing");
    }

    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadThose(key.ToParsableString());

    public Task<MembershipTableData> ReadAll() => ReadThose(null);

    public async Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion)
    {
        try
        {
            return await Change(Insert, [tableVersion.Version, .. Row(entry)]);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // It is there already; with it the new version was taken back.
            return false;
        }
    }

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        Change(Update, [tableVersion.Version, .. Row(entry), int.Parse(etag, CultureInfo.InvariantCulture)]);

    public Task UpdateIAmAlive(MembershipEntry entry) =>
        Do($"update {Silos} set alive = $2 where address = $1", entry.SiloAddress.ToParsableString(), Utc(entry.IAmAliveTime));

    /// <summary>Of the one cluster that there is in a schema.</summary>
    public async Task DeleteMembershipTableEntries(string clusterId)
    {
        await Do($"delete from {Silos}");
        await Do($"delete from {Head}");
    }

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) =>
        Do($"delete from {Silos} where status = $1 and alive < $2", (int)SiloStatus.Dead, beforeDate.ToUniversalTime());

    private async Task<MembershipTableData> ReadThose(string? address)
    {
        await using var command = database.CreateCommand(Read);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)address ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync();
        var (version, members) = (0, new List<Tuple<MembershipEntry, string>>());
        while (await reader.ReadAsync())
        {
            version = reader.GetInt32(0);
            if (!await reader.IsDBNullAsync(1))
                members.Add(Tuple.Create(EntryOf(reader), Text(reader.GetInt32(1))));
        }
        return new MembershipTableData(members, new TableVersion(version, Text(version)));
    }

    private static MembershipEntry EntryOf(NpgsqlDataReader reader) =>
        new()
        {
            SiloAddress = SiloAddress.FromParsableString(reader.GetString(2)),
            Status = (SiloStatus)reader.GetInt32(3),
            SuspectTimes = SuspectsOf(reader.GetString(4)),
            HostName = reader.GetString(5),
            SiloName = reader.GetString(6),
            StartTime = reader.GetDateTime(7),
            IAmAliveTime = reader.GetDateTime(8),
        };

    private static object[] Row(MembershipEntry entry) =>
        [
            entry.SiloAddress.ToParsableString(),
            (int)entry.Status,
            string.Join('|', (entry.SuspectTimes ?? []).Select(s => $"{s.Item1.ToParsableString()},{Text(s.Item2)}")),
            entry.HostName ?? "",
            entry.SiloName ?? "",
            Utc(entry.StartTime),
            Utc(entry.IAmAliveTime),
        ];

    /// <summary>Who took it for dead, and when.</summary>
    private static List<Tuple<SiloAddress, DateTime>> SuspectsOf(string text) =>
        [
            .. text.Split('|', StringSplitOptions.RemoveEmptyEntries)
                .Select(s => s.Split(','))
                .Select(s =>
                    Tuple.Create(
                        SiloAddress.FromParsableString(s[0]),
                        DateTime.Parse(s[1], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
                    )
                ),
        ];

    private async Task<bool> Change(string sql, object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync() is not null;
    }

    private async Task Do(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync();
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.AddWithValue(value);
        return command;
    }

    /// <summary>Orleans says instants without an offset; they are all UTC.</summary>
    private static DateTime Utc(DateTime instant) => DateTime.SpecifyKind(instant, DateTimeKind.Utc);

    private static string Text(DateTime instant) => Utc(instant).ToString("O", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
