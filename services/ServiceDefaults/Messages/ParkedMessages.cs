using System.Text.Json;
using JasperFx;
using MassTransit;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Stages.ServiceDefaults;

/// <summary>
/// Messages that wait for something that is not known here yet: a plain table beside the service's documents, written in the
/// inbox's transaction, so that the message can be acknowledged and those behind it go on. The transaction that makes a key known
/// makes due what waits for it; <see cref="TakeUp"/> sends what is due to the service's own queue again. Besides, each is tried
/// now and then: its key may have become known between our looking for it and our parking.
/// </summary>
/// <remarks>Times are the database's: copies of a service may differ in theirs.</remarks>
public sealed class ParkedMessages(IDocumentStore store, NpgsqlDataSource database, Patience patience, TimeProvider clock)
{
    /// <summary>How a key begins that is a type of messages which this version of the service does not know.</summary>
    public const string TypeKey = "type:";

    private readonly string table = $"{store.Options.DatabaseSchemaName}.parked_messages";

    public static void AddTo(StoreOptions options)
    {
        var parked = new Table(
            new PostgresqlObjectName(options.DatabaseSchemaName, "parked_messages", SchemaUtils.IdentifierUsage.General)
        );
        parked.AddColumn<Guid>("id").AsPrimaryKey();
        parked.AddColumn("type", "text").NotNull();
        parked.AddColumn("waits_for", "text").NotNull();
        parked.AddColumn("sent_at", "timestamptz").NotNull();
        parked.AddColumn("resent_at", "timestamptz");
        parked.AddColumn("parked_at", "timestamptz").NotNull().DefaultValueByExpression("clock_timestamp()");
        parked.AddColumn("attempts", "integer").NotNull().DefaultValue(0);
        // While a copy of it is on its way through the queue, this is when that is taken for lost.
        parked.AddColumn("due_at", "timestamptz").NotNull();
        // When the rule does without what it waits for.
        parked.AddColumn("until", "timestamptz");
        parked.AddColumn("content_type", "text").NotNull();
        parked.AddColumn("headers", "jsonb").NotNull();
        parked.AddColumn("body", "bytea").NotNull();
        parked.Indexes.Add(new IndexDefinition("parked_messages_due") { Columns = ["due_at"] });
        parked.Indexes.Add(new IndexDefinition("parked_messages_key") { Columns = ["waits_for"] });
        options.Storage.ExtendedSchemaObjects.Add(parked);
    }

    /// <summary>
    /// After 1, 2, 4 … seconds, at last every hour. A type that we do not know is sent by a copy that knows it, and comes to one of
    /// us until the last old copy has gone: soon again.
    /// </summary>
    private const string Pause = $"""
        case when starts_with(p.waits_for, '{TypeKey}') then interval '1 second'
          else least(interval '1 hour', interval '1 second' * power(2, least(p.attempts, 12))) end
        """;

    /// <param name="json">The place of the one parameter, see <see cref="Row"/>.</param>
    private string Insert(string json) =>
        $"""
            insert into {table} as p (id, type, waits_for, sent_at, resent_at, content_type, headers, body, until, due_at)
            select id, type, waits_for, sent_at, resent_at, content_type, headers, decode(body, 'base64'), until,
              least(clock_timestamp() + interval '1 second', until)
            from jsonb_to_record({json}::jsonb) as r (id uuid, type text, waits_for text, sent_at timestamptz,
              resent_at timestamptz, content_type text, headers jsonb, body text, until timestamptz)
            on conflict (id) do update set waits_for = excluded.waits_for, until = excluded.until,
              -- Made due while this attempt was on its way: the attempt may have looked before that.
              due_at = case when p.due_at <= clock_timestamp() then p.due_at
                else least(clock_timestamp() + ({Pause}), excluded.until) end
            """;

    /// <summary>Parks a message in the session's transaction.</summary>
    /// <param name="key">What it waits for, such as <c>campaign:</c> and an id.</param>
    /// <param name="until">When to look again at the latest, for a rule that does without the key after a while.</param>
    /// <exception cref="WaitedTooLong">The message's patience is over.</exception>
    public void Park(IDocumentOperations session, ReceiveContext context, string key, DateTimeOffset? until = null)
    {
        var message = RawMessage.Of(context) ?? throw new InvalidOperationException("A message without id, type or time cannot wait.");
        var age = Patience.Age(message.SentAt, message.ResentAt, clock.GetUtcNow());
        if (patience.IsOver(age))
            throw new WaitedTooLong(key, age);
        session.QueueSqlCommand(Insert("?"), Row(message, key, until));
    }

    /// <summary>The same for a message of an unknown type, which has no transaction of its own.</summary>
    public async Task Park(RawMessage message, string key, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Insert("$1"));
        command.Parameters.Add(new() { Value = Row(message, key, until: null) });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Makes due, with the transaction that makes the keys known, what waits for them.</summary>
    public void Known(IDocumentOperations session, IEnumerable<string> keys) =>
        session.QueueSqlCommand(
            $"update {table} set due_at = clock_timestamp() where waits_for = any (?) and due_at > clock_timestamp()",
            (object)keys.ToArray()
        );

    /// <summary>Forgets, with the transaction of its effect, a message that was parked.</summary>
    public void Done(IDocumentOperations session, ConsumeContext context)
    {
        if (RawMessage.IsTakenUp(context.ReceiveContext))
            session.QueueSqlCommand($"delete from {table} where id = ?", context.MessageId!.Value);
    }

    /// <summary>Forgets a message that has had its effect earlier, or that lies in the error queue now.</summary>
    public async Task Forget(Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"delete from {table} where id = $1");
        command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>
    /// Sends what is due, oldest first, and puts its next attempt off. The rows are locked meanwhile: another copy of the service
    /// passes over them. A crash after sending sends again, which the inbox bears.
    /// </summary>
    /// <param name="known">Types that this version of the service reads: of unknown ones only those whose patience is over are due.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> SendDue(int most, string[] known, Func<IReadOnlyList<RawMessage>, Task> send, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var due = new NpgsqlCommand(
            $"""
            select id, type, sent_at, resent_at, content_type, headers::text, body from {table}
            where due_at <= clock_timestamp()
              and (not starts_with(waits_for, '{TypeKey}') or waits_for = any ($1)
                or greatest(sent_at, resent_at) < clock_timestamp() - $2)
            order by sent_at, id limit $3 for update skip locked
            """,
            connection,
            transaction
        );
        due.Parameters.Add(new() { Value = known.Select(type => TypeKey + type).ToArray() });
        due.Parameters.Add(new() { Value = patience.Limit });
        due.Parameters.Add(new() { Value = most });
        var messages = new List<RawMessage>();
        await using (var rows = await due.ExecuteReaderAsync(cancel))
            while (await rows.ReadAsync(cancel))
                messages.Add(Read(rows));
        if (messages.Count == 0)
            return 0;

        await send(messages);
        await using var sent = new NpgsqlCommand(
            $"""
            update {table} p set attempts = attempts + 1, due_at = clock_timestamp() + greatest(interval '30 seconds', {Pause})
            where id = any ($1)
            """,
            connection,
            transaction
        );
        sent.Parameters.Add(new() { Value = messages.Select(m => m.Id).ToArray() });
        await sent.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return messages.Count;
    }

    /// <summary>How many messages wait, and since when the one that has been waiting longest.</summary>
    public async Task<(long Count, TimeSpan Longest)> Waiting(CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"select count(*), coalesce(clock_timestamp() - min(parked_at), interval '0') from {table}"
        );
        await using var rows = await command.ExecuteReaderAsync(cancel);
        await rows.ReadAsync(cancel);
        return (rows.GetInt64(0), rows.GetTimeSpan(1));
    }

    private static RawMessage Read(NpgsqlDataReader rows) =>
        new(
            rows.GetGuid(0),
            rows.GetString(1),
            rows.GetFieldValue<DateTimeOffset>(2),
            rows.IsDBNull(3) ? null : rows.GetFieldValue<DateTimeOffset>(3),
            rows.GetString(4),
            rows.GetString(5),
            rows.GetFieldValue<byte[]>(6)
        );

    private static string Row(RawMessage m, string key, DateTimeOffset? until) =>
        JsonSerializer.Serialize(
            new
            {
                id = m.Id,
                type = m.Type,
                waits_for = key,
                sent_at = m.SentAt,
                resent_at = m.ResentAt,
                content_type = m.ContentType,
                headers = JsonSerializer.Deserialize<JsonElement>(m.Headers),
                body = m.Body,
                until,
            }
        );
}
