using Npgsql;
using RabbitMQ.Client;
using Stages.Contracts;
using Stages.Messages;

// list|resend, services parted by commas or "all", for resend an id or "all". infra/messages reads what people type.
var services = args[1] == "all" ? [.. Topology.Readers.Keys.Order(StringComparer.Ordinal)] : args[1].Split(',');
await using var database = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("ConnectionStrings__Postgres")!);
var factory = new ConnectionFactory { Uri = new Uri(Environment.GetEnvironmentVariable("ConnectionStrings__RabbitMq")!) };
await using var broker = await factory.CreateConnectionAsync("infra/messages");
await using var turn = await Turn.Take(database);
var (parked, setAside) = (new Parked(database), new SetAside(broker, TimeProvider.System));
var cancel = CancellationToken.None;

if (args[0] == "list")
{
    var found = new List<StuckMessage>();
    foreach (var service in services)
        found.AddRange([.. await parked.List(service, cancel), .. await setAside.List(service, cancel)]);
    if (found.Count == 0)
        Console.Error.WriteLine("No message waits, none was set aside.");
    else
        foreach (var line in StuckMessage.Table(found, TimeProvider.System.GetUtcNow()))
            Console.WriteLine(line);
    return 0;
}
var id = args[2] == "all" ? null : args[2];
var sent = 0;
foreach (var service in services)
    sent += await parked.Resend(service, id, cancel) + await setAside.Resend(service, id, cancel);
Console.WriteLine(sent == 0 && id is not null ? $"No message has the id {id}." : $"{sent} sent again.");
return sent == 0 && id is not null ? 1 : 0;
