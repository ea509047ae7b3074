using JasperFx;
using Npgsql;
using NpgsqlTypes;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Stages.Enrolments;

/// <summary>
/// Which addresses an account, or a network, has named in a day: keyed hashes of both, for two days. Naming one again costs nothing, so
/// that a repeated request and a second child are free.
/// </summary>
public sealed class NamedAddresses(NpgsqlDataSource database, Caps caps, TimeProvider clock)
{
    private const string Name = "enrolment.named_addresses";

    public static readonly RetentionRule Rule = new(
        "named-addresses",
        2,
        new LocalText(
            "Combien d’adresses un compte a données en un jour (des empreintes)",
            "How many addresses an account has given in a day (fingerprints)"
        ),
        async (services, before, cancel) =>
        {
            await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand($"delete from {Name} where day < $1");
            command.Parameters.Add(new() { Value = HomeZone.DayOf(before) });
            return await command.ExecuteNonQueryAsync(cancel);
        }
    );

    public static void AddTo(StoreOptions options)
    {
        var table = new Table(new PostgresqlObjectName("enrolment", "named_addresses", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("counter", "uuid").AsPrimaryKey();
        table.AddColumn("day", "date").AsPrimaryKey();
        table.AddColumn("address", "uuid").AsPrimaryKey();
        options.Storage.ExtendedSchemaObjects.Add(table);
    }

    /// <param name="network">As the gateway says it, a keyed hash; null where nobody does.</param>
    public async Task<Refusal?> Take(Guid account, string? network, IReadOnlyList<string> addresses, CancellationToken cancel)
    {
        if (addresses.Count == 0)
            return null;
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var hashes = addresses.Select(a => HashId.Of(IdSpace.Trace, $"named/{a}")).ToArray();
        var fits =
            await Fits(connection, HashId.Of(IdSpace.Trace, $"names/{account}"), hashes, caps.RecipientsPerFamily, cancel)
            && (
                network is null
                || await Fits(connection, HashId.Of(IdSpace.Trace, $"network/{network}"), hashes, caps.RecipientsPerClient, cancel)
            );
        if (!fits)
            return new TooManyRecipients();
        await transaction.CommitAsync(cancel);
        return null;
    }

    /// <summary>One at a time for a counter: many at once never take more than there is.</summary>
    private async Task<bool> Fits(NpgsqlConnection connection, Guid counter, Guid[] addresses, int most, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(
            new("select pg_advisory_xact_lock(hashtextextended($1::text, 0))") { Parameters = { new() { Value = counter } } }
        );
        var today = HomeZone.DayOf(clock.GetUtcNow());
        batch.BatchCommands.Add(
            new($"insert into {Name} (counter, day, address) select $1, $2, unnest($3) on conflict do nothing")
            {
                Parameters =
                {
                    new() { Value = counter },
                    new() { Value = today },
                    new() { Value = addresses, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                },
            }
        );
        await batch.ExecuteNonQueryAsync(cancel);
        await using var count = new NpgsqlCommand($"select count(*) from {Name} where counter = $1 and day = $2", connection);
        count.Parameters.Add(new() { Value = counter });
        count.Parameters.Add(new() { Value = today });
        return (long)(await count.ExecuteScalarAsync(cancel))! <= most;
    }
}
