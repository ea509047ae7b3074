using NpgsqlTypes;
using Stages.Notifications.Addresses;

namespace Stages.Notifications.Log;

/// <summary>
/// Whom the messages of a campaign did not reach, and what to tell each of them: what was refused or given up, who has no address, and
/// who has not said yet that theirs is. As long as the words are kept, and of use.
/// </summary>
public sealed class PeopleToCall(NpgsqlDataSource database, DeliveryLog log, Outgoing outgoing)
{
    private const int Usual = 50;
    private const int Largest = 200;

    /// <summary>Of one person; the newest. Once these are told the others come.</summary>
    private const int MostOfOne = 20;

    /// <summary>The states in which a message has reached nobody.</summary>
    public static readonly string[] States = [Statuses.Unsent, Statuses.Abandoned, Statuses.Failed, Statuses.Held];

    private const string Waiting = $"""
        campaign_id = $1 and status = any ($2) and ($3 is null or school_uai like $3 || '%')
          and notice is not null and notice not like '{NoticeSeal.Mark}%'
          and (useless_after is null or useless_after > clock_timestamp())
        """;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/notifications/people",
                async (
                    Guid campaign,
                    string? status,
                    int? page,
                    int? limit,
                    Caller caller,
                    PeopleToCall people,
                    CancellationToken cancel
                ) =>
                {
                    if (status is not null && !States.Contains(status, StringComparer.Ordinal))
                        return new LogEndpoints.UnknownStatus().AsProblem();
                    var size = Math.Clamp(limit ?? Usual, 0, Largest);
                    return Results.Ok(await people.List(campaign, Asked(status), caller.Territory, Math.Max(page ?? 1, 1), size, cancel));
                }
            )
            .For(Roles.Coordinator)
            .WithSummary("Whom messages of a campaign did not reach, and what to tell them")
            .ReadsFiles<Sheet<PersonToReach>>(s => s.Items.SelectMany(p => p.Messages).Select(m => m.EnrolmentId).OfType<Guid>())
            .Produces<Sheet<PersonToReach>>();

    /// <summary>What was given up is to a coordinator what was refused.</summary>
    private static string[] Asked(string? status) =>
        status switch
        {
            null => States,
            Statuses.Abandoned or Statuses.Failed => [Statuses.Abandoned, Statuses.Failed],
            _ => [status],
        };

    /// <summary>Who may still answer by themselves comes last; else the longest wait first.</summary>
    public async Task<Sheet<PersonToReach>> List(
        Guid campaign,
        string[] states,
        string? territory,
        int page,
        int size,
        CancellationToken cancel
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"select count(distinct recipient_hash) from {DeliveryTable.Name} where {Waiting}"),
                new(
                    $"""
                    with people as (
                      select recipient_hash, min(happened_at) as since,
                        bool_and(status = '{Statuses.Held}' and last_error is null) as may_answer
                      from {DeliveryTable.Name} where {Waiting}
                      group by recipient_hash order by may_answer, since, recipient_hash limit $4 offset $5),
                    rows as (
                      select d.*, p.may_answer, p.since,
                        row_number() over (partition by recipient_hash order by happened_at desc, id) as n
                      from {DeliveryTable.Name} d join people p using (recipient_hash) where {Waiting})
                    select {DeliveryLog.Columns} from rows where n <= {MostOfOne}
                    order by may_answer, since, recipient_hash, happened_at, id
                    """
                ),
            },
        };
        foreach (var command in batch.BatchCommands)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = campaign });
            command.Parameters.Add(new NpgsqlParameter { Value = states });
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)territory ?? DBNull.Value });
        }
        batch.BatchCommands[1].Parameters.Add(new() { Value = size });
        batch.BatchCommands[1].Parameters.Add(new() { Value = (page - 1L) * size });
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        await rows.ReadAsync(cancel);
        var total = rows.GetInt32(0);
        await rows.NextResultAsync(cancel);
        var found = new List<LoggedDelivery>();
        while (await rows.ReadAsync(cancel))
            found.Add(log.Row(rows));
        return new(
            [.. found.GroupBy(d => d.RecipientHash, StringComparer.Ordinal).Select(p => Person([.. p], outgoing.HasSms))],
            null,
            total
        );
    }

    /// <param name="messages">All to one person.</param>
    public static PersonToReach Person(IReadOnlyList<LoggedDelivery> messages, bool hasSms)
    {
        var newest = messages[^1];
        return new(
            newest.RecipientHash,
            messages.Select(m => m.ToDo!.Name).LastOrDefault(n => n.Length > 0) ?? "",
            messages.Select(m => m.ToDo!.Phone).LastOrDefault(p => p is not null),
            newest.Recipient,
            newest.Language,
            messages.Min(m => m.HappenedAt),
            [
                .. messages.Select(m => new MessageToTell(
                    m.Id,
                    m.Kind,
                    Why(m),
                    m.ToDo!.Text,
                    m.EnrolmentId,
                    m.HappenedAt,
                    Corrections.Retry(m, hasSms) is null
                )),
            ]
        );
    }

    private static string Why(LoggedDelivery m) =>
        m switch
        {
            { Status: Statuses.Held, LastError: not Bounces.QuestionCameBack } => WhyUnreached.Unanswered,
            { Status: Statuses.Held or Statuses.Abandoned } => WhyUnreached.Refused,
            { Status: Statuses.Failed } => WhyUnreached.GivenUp,
            { LastError: Answers.NotTheirs } => WhyUnreached.NotTheirs,
            _ => WhyUnreached.NoAddress,
        };
}
