using Npgsql;
using Stages.Audit;
using Stages.ServiceDefaults;
using Stages.Vocabulary;

// Files with what services said in their logs. infra/audit reads what people type.
AccountKey.Use(File.ReadAllText(Environment.GetEnvironmentVariable("Auth__AccountKeyFile")!));
var heads = Heads.In(args.SelectMany(File.ReadLines));
await using var database = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("ConnectionStrings__Postgres")!);
var cancel = CancellationToken.None;
var (services, faults) = (await Logs(), 0L);
foreach (var service in services)
{
    var (rows, start, count, found) = (new AuditRows(service), await new AuditRows(service).Start(database, cancel), 0L, 0L);
    var told = heads.GetValueOrDefault(service) ?? new Dictionary<long, string>();
    await foreach (var fault in AuditChain.Verify(service, start, Counted(rows.All(database, cancel)), told))
    {
        found++;
        Console.WriteLine(
            fault.From == fault.To ? $"{service} {fault.From}: {fault.What}" : $"{service} {fault.From}-{fault.To}: {fault.What}"
        );
    }
    Console.Error.WriteLine($"{service}: {count} rows from {start.Seq + 1} on, {told.Count} heads, {found} faults");
    faults += found;

    async IAsyncEnumerable<AuditRow> Counted(IAsyncEnumerable<AuditRow> all)
    {
        await foreach (var row in all)
        {
            count++;
            yield return row;
        }
    }
}

// A service whose log told of itself, and whose table is not there any more.
foreach (var gone in heads.Keys.Except(services))
{
    faults++;
    Console.WriteLine($"{gone} 1-{heads[gone].Keys.Max()}: {AuditChain.Missing}");
}
if (services.Count == 0)
    Console.Error.WriteLine("There is no audit log in this database.");
return faults > 0 || services.Count == 0 ? 1 : 0;

async Task<IReadOnlyList<string>> Logs()
{
    await using var command = database.CreateCommand(
        "select table_schema from information_schema.tables where table_name = 'audit_log' order by 1"
    );
    await using var rows = await command.ExecuteReaderAsync(cancel);
    var found = new List<string>();
    while (await rows.ReadAsync(cancel))
        found.Add(rows.GetString(0));
    return found;
}
