using Stages.Notifications.Addresses;

namespace Stages.Notifications.Deliveries;

/// <summary>A notice that its mail did not carry, and the phone of the person whom it is for.</summary>
/// <param name="Notice">As the table keeps it.</param>
public sealed record Stranded(Guid Id, Recipient To, string Notice, About About, DateTimeOffset At)
{
    /// <summary>
    /// The same by text message: made once, however often the mail comes back. Null where no text can go, and for what may be read by
    /// nobody but the reader of that address: whatever signs in, and the question whose address it is.
    /// </summary>
    public Delivery? ByPhone(bool hasSms) =>
        hasSms && To.Channel == Channels.Sms && !Notice.StartsWith(NoticeSeal.Mark, StringComparison.Ordinal)
            ? Delivery.Of($"bounced/{Id}", To, Letters.Notice.FromJson(Notice), About, At)
            : null;
}

/// <summary>
/// What follows when a mail is refused for good. The notice goes by text message instead, through the gate as everything does. Where it
/// was the question whose address it is, all that waits for the answer goes so, and what comes later for that address.
/// </summary>
public sealed class Bounces(NpgsqlDataSource database, Journal journal, Outgoing outgoing, Wake wake, TimeProvider clock)
{
    /// <summary>Why what is held waits: the question came back.</summary>
    public const string QuestionCameBack = "question-came-back";

    private const string ByText = "Goes by text message instead: ";

    /// <summary>The refusal and what takes its place are written down at once; said again it changes nothing.</summary>
    public async Task Take(Claimed row, string why, CancellationToken cancel)
    {
        var asked = row.Kind == ConfirmAddressNotice.Name;
        await journal.Decide(
            async reading =>
            {
                await reading.Share(Erasure.Lock);
                var now = clock.GetUtcNow();
                var stranded = await Find(asked, row, cancel);
                var gone = asked ? Gone(await reading.Load<KnownAddress>(PersonId.FromEmail(row.Address)), now) : Decision.Nothing;
                var texts = stranded.Select(s => (s.Id, Text: s.ByPhone(outgoing.HasSms))).Where(s => s.Text is not null).ToList();
                var told = await outgoing.Tell(reading, [.. texts.Select(t => t.Text!)]);
                return gone.And(told)
                    .AndSql(
                        $"""
                        update {DeliveryTable.Name} set status = '{Statuses.Abandoned}', last_error = ?,
                          recipient_name = null, address = null, phone = null, notice = null
                        where id = any (?) and status in ('{Statuses.Pending}', '{Statuses.Held}')
                        """,
                        ByText + why,
                        texts.Select(t => t.Id).ToArray()
                    )
                    .AndSql(
                        $"update {DeliveryTable.Name} set last_error = ? where id = any (?) and status = '{Statuses.Held}'",
                        QuestionCameBack,
                        stranded.Select(s => s.Id).ToArray()
                    );
            },
            cancel: cancel
        );
        wake.Ring();
    }

    /// <summary>Nobody reads at an address whose question comes back; one that said yes before is believed to be there still.</summary>
    public static Decision Gone(KnownAddress? known, DateTimeOffset now) =>
        known is { State: KnownAddress.Asked } ? Decision.Nothing.AndStore(known.Become(KnownAddress.Gone, now)) : Decision.Nothing;

    /// <summary>The notice itself; of the question, what waits for its answer.</summary>
    private async Task<IReadOnlyList<Stranded>> Find(bool asked, Claimed row, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"""
            select id, person_id, coalesce(recipient_name, ''), phone, language, notice, campaign_id, enrolment_id, stage_id, school_uai,
              happened_at
            from {DeliveryTable.Name}
            where notice is not null and {(asked ? $"recipient_hash = $1 and status = '{Statuses.Held}'" : "id = $1")}
            """
        );
        command.Parameters.Add(new() { Value = asked ? Trace.Hash(EmailAddress.KeyOf(row.Address)) : row.Id });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<Stranded>();
        while (await rows.ReadAsync(cancel))
            found.Add(
                new(
                    rows.GetGuid(0),
                    new Recipient(rows.GetGuid(1), rows.GetString(2), null, Given<string>(rows, 3), rows.GetString(4)),
                    rows.GetString(5),
                    new About(Id(rows, 6), Id(rows, 7), Id(rows, 8), Given<string>(rows, 9)),
                    rows.GetFieldValue<DateTimeOffset>(10)
                )
            );
        return found;
    }

    private static T? Given<T>(NpgsqlDataReader row, int column)
        where T : class => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    private static Guid? Id(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);
}
