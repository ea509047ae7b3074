using System.Globalization;
using System.Text;
using NpgsqlTypes;

namespace Stages.Notifications.Log;

/// <summary>One delivery as the log shows it: no body, and no address once it has served.</summary>
/// <param name="Recipient">The address but for its ends.</param>
/// <param name="ToDo">Only of what reached nobody, while its words are kept: whom to call, and what to tell them.</param>
public sealed record LoggedDelivery(
    Guid Id,
    string Kind,
    string Channel,
    string Status,
    string Recipient,
    string RecipientHash,
    string Language,
    Guid? CampaignId,
    Guid? EnrolmentId,
    Guid? StageId,
    DateTimeOffset HappenedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SentAt,
    int Attempts,
    DateTimeOffset? NextAttempt,
    string? LastError,
    PersonToCall? ToDo
);

public sealed record PersonToCall(string Name, string? Phone, string Text);

/// <summary>Reads of the log. A coordinator of a territory sees the deliveries about pupils of its schools.</summary>
public sealed class DeliveryLog(NpgsqlDataSource database, Links links)
{
    private const int PageSize = 100;

    /// <summary>What is sealed is for its recipient alone, and nobody is told it by telephone.</summary>
    public const string Columns = $"""
        id, kind, channel, status, recipient_hint, recipient_hash, language, campaign_id, enrolment_id, stage_id,
        happened_at, created_at, sent_at, attempts, next_attempt, last_error, recipient_name, phone,
        case when notice not like '{NoticeSeal.Mark}%' then notice end
        """;

    /// <summary>Newest first.</summary>
    public async Task<Page<LoggedDelivery>> List(
        string? status,
        string? recipientHash,
        string? kind,
        Guid? personId,
        Guid? campaignId,
        string? territory,
        string? after,
        CancellationToken cancel
    )
    {
        await using var command = database.CreateCommand(
            $"""
            select {Columns} from {DeliveryTable.Name}
            where ($1 is null or status = $1) and ($2 is null or recipient_hash = $2) and ($3 is null or kind = $3)
              and ($4 is null or person_id = $4) and ($5 is null or campaign_id = $5) and ($6 is null or school_uai like $6 || '%')
              and ($7 is null or (created_at, id) < ($7, $8))
            order by created_at desc, id desc limit {PageSize + 1}
            """
        );
        var (afterAt, afterId) = Read(after);
        Add(command, NpgsqlDbType.Text, status);
        Add(command, NpgsqlDbType.Text, recipientHash);
        Add(command, NpgsqlDbType.Text, kind);
        Add(command, NpgsqlDbType.Uuid, personId);
        Add(command, NpgsqlDbType.Uuid, campaignId);
        Add(command, NpgsqlDbType.Text, territory);
        Add(command, NpgsqlDbType.TimestampTz, afterAt?.UtcDateTime);
        Add(command, NpgsqlDbType.Uuid, afterId);
        var found = new List<LoggedDelivery>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
            found.Add(Row(rows));
        var page = found.Take(PageSize).ToList();
        return new Page<LoggedDelivery>(page, found.Count > PageSize ? Write(page[^1]) : null);
    }

    /// <summary>The delivery, when it lies in the territory.</summary>
    public async Task<LoggedDelivery?> Find(Guid id, string? territory, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"select {Columns} from {DeliveryTable.Name} where id = $1 and ($2 is null or school_uai like $2 || '%')"
        );
        Add(command, NpgsqlDbType.Uuid, id);
        Add(command, NpgsqlDbType.Text, territory);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) ? Row(rows) : null;
    }

    /// <summary>All about one enrolment, newest first.</summary>
    public async Task<IReadOnlyList<LoggedDelivery>> Of(Guid enrolment, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"select {Columns} from {DeliveryTable.Name} where enrolment_id = $1 order by created_at desc, id desc"
        );
        Add(command, NpgsqlDbType.Uuid, enrolment);
        var found = new List<LoggedDelivery>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
            found.Add(Row(rows));
        return found;
    }

    /// <summary>A row of <see cref="Columns"/>.</summary>
    public LoggedDelivery Row(NpgsqlDataReader row)
    {
        var (status, language) = (row.GetString(3), row.GetString(6));
        return new LoggedDelivery(
            row.GetGuid(0),
            row.GetString(1),
            row.GetString(2),
            status,
            row.GetString(4),
            row.GetString(5),
            language,
            Optional<Guid>(row, 7),
            Optional<Guid>(row, 8),
            Optional<Guid>(row, 9),
            row.GetFieldValue<DateTimeOffset>(10),
            row.GetFieldValue<DateTimeOffset>(11),
            Optional<DateTimeOffset>(row, 12),
            row.GetInt32(13),
            status == Statuses.Pending ? row.GetFieldValue<DateTimeOffset>(14) : null,
            row.IsDBNull(15) ? null : row.GetString(15),
            status is Statuses.Unsent or Statuses.Held or Statuses.Failed or Statuses.Abandoned && Text(row, 18) is { } words
                ? ToDo(Text(row, 16), Text(row, 17), words, language)
                : null
        );
    }

    private PersonToCall ToDo(string? name, string? phone, string notice, string language) =>
        new(name ?? "", phone, Notice.FromJson(notice).Short(new Pen(Language.Of(language), links, name ?? "")));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static T? Optional<T>(NpgsqlDataReader row, int column)
        where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, object? value) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });

    private static string Write(LoggedDelivery last) =>
        Convert.ToBase64String(
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{last.CreatedAt.UtcDateTime:O} {last.Id}"))
        );

    private static (DateTimeOffset? At, Guid? Id) Read(string? after)
    {
        if (string.IsNullOrEmpty(after))
            return (null, null);
        Span<byte> bytes = stackalloc byte[100];
        if (!Convert.TryFromBase64String(after, bytes, out var length))
            throw new BadHttpRequestException("after is no place in this list.");
        var parts = Encoding.ASCII.GetString(bytes[..length]).Split(' ');
        return
            parts.Length == 2
            && DateTimeOffset.TryParse(parts[0], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
            && Guid.TryParse(parts[1], out var id)
            ? (at, id)
            : throw new BadHttpRequestException("after is no place in this list.");
    }
}
