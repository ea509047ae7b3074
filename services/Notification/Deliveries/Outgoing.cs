using System.Text.Json;
using Stages.Notifications.Addresses;

namespace Stages.Notifications.Deliveries;

/// <summary>
/// Deliveries as part of the decision that they tell: they are written in its transaction, and each has passed the gate
/// (<see cref="Gate"/>). There is no other way into the table.
/// </summary>
/// <param name="configuration">Whether a gateway for text messages is configured (<c>Sms:Url</c>) decides what becomes of those.</param>
public sealed class Outgoing(IConfiguration configuration, TimeProvider clock)
{
    /// <summary>How long what is gathered waits for more: longer than the stages of one family are published apart.</summary>
    private readonly TimeSpan gather = TimeSpan.FromSeconds(configuration.GetValue("Notifications:GatherSeconds", 10.0));

    public bool HasSms => !string.IsNullOrEmpty(configuration["Sms:Url"]);

    /// <param name="proven">The account in whose session it was caused: it has proven its address.</param>
    public async ValueTask<Decision> Tell(Reading reading, IReadOnlyCollection<Delivery> deliveries, Guid? proven = null)
    {
        var now = clock.GetUtcNow();
        var known = await Known(reading, deliveries);
        Delivery[] told = [.. deliveries.Select(d => Elsewhere(d, known.GetValueOrDefault(d.To.AddressId)))];
        if (told.Zip(deliveries).Where(d => d.First != d.Second).Select(d => d.First).ToList() is { Count: > 0 } moved)
            foreach (var (id, address) in await Known(reading, moved))
                known[id] = address;
        var gated = told.Where(IsGated).Select(d => d.To).DistinctBy(to => to.AddressId).ToList();
        var confirmed = Decision.Nothing;
        foreach (var to in gated.Where(to => to.AddressId == proven))
        {
            confirmed = confirmed.And(await Confirm(reading, known.GetValueOrDefault(to.AddressId), to, now));
            known[to.AddressId] = KnownAddress.Of(to, KnownAddress.Confirmed, now);
        }
        foreach (var to in await WrittenBefore(reading, [.. gated.Where(to => !known.ContainsKey(to.AddressId))]))
        {
            known[to.AddressId] = KnownAddress.Of(to, KnownAddress.Confirmed, now);
            confirmed = confirmed.AndInsert(known[to.AddressId]);
        }
        return confirmed.And(Tell(told, known, now));
    }

    private async Task<Dictionary<Guid, KnownAddress>> Known(Reading reading, IEnumerable<Delivery> deliveries) =>
        (await reading.LoadMany<KnownAddress>(deliveries.Where(IsGated).Select(d => d.To.AddressId).Distinct())).ToDictionary(a => a.Id);

    /// <summary>By text message to whose mailbox there is not, if they have a mobile.</summary>
    public Delivery Elsewhere(Delivery delivery, KnownAddress? known) =>
        known is { State: KnownAddress.Gone }
        && IsGated(delivery)
        && delivery.To with { Email = null } is var byPhone
        && IsSendable(byPhone)
            ? delivery with
            {
                To = byPhone,
            }
            : delivery;

    /// <summary>What becomes of each delivery, by what is known of its address.</summary>
    public Decision Tell(IReadOnlyCollection<Delivery> deliveries, IReadOnlyDictionary<Guid, KnownAddress> known, DateTimeOffset now)
    {
        var rows = new List<object>(deliveries.Count);
        var asked = new HashSet<Guid>();
        var kept = Decision.Nothing;
        foreach (var delivery in deliveries)
        {
            var of = known.GetValueOrDefault(delivery.To.AddressId);
            var passage = IsSendable(delivery.To) ? Gate.Of(delivery.Notice, of) : Passage.Goes;
            rows.Add(Row(delivery, passage, of));
            if (passage != Passage.Waits || !asked.Add(delivery.To.AddressId))
                continue;
            var (noted, asks) = Gate.Ask(delivery, of, now);
            kept = kept.And(noted);
            if (asks is not null)
                rows.Add(Row(asks, Passage.Goes, null));
        }
        return kept.And(
            Decision.All(rows.Chunk(500).Select(some => Decision.Nothing.AndSql(DeliveryTable.Insert, JsonSerializer.Serialize(some))))
        );
    }

    /// <summary>The address is its reader's: what waited is told as it stands now.</summary>
    public async Task<Decision> Confirm(Reading reading, KnownAddress? known, Recipient? to, DateTimeOffset now)
    {
        if (known is null)
            return to is null ? Decision.Nothing : Decision.Nothing.AndInsert(KnownAddress.Of(to, KnownAddress.Confirmed, now));
        if (known.IsConfirmed)
            return Answers.Seen(known, now);
        var (situation, made) = await Situation.Of(known, reading, now);
        var confirmed = new Dictionary<Guid, KnownAddress> { [known.Id] = known.Become(KnownAddress.Confirmed, now) };
        var told = situation.Tell(known.Id, $"confirmed/{known.Id}/{known.Since.UtcTicks}", now);
        return Answers.Confirm(known, made.And(Tell(told, confirmed, now)), now);
    }

    /// <summary>
    /// Those who had letters of ours before addresses were asked: they count as confirmed, for to fall silent in the middle of a campaign
    /// would be worse. Nothing but the exempted kinds goes to an address that is not confirmed, so nobody joins them.
    /// </summary>
    private static async Task<IReadOnlyList<Recipient>> WrittenBefore(Reading reading, IReadOnlyList<Recipient> unknown)
    {
        if (unknown.Count == 0)
            return [];
        var traces = unknown.ToDictionary(to => Trace.Hash(to.Key), StringComparer.Ordinal);
        var written = await reading.Documents.AdvancedSql.QueryAsync<string>(
            $"""
            select distinct recipient_hash from {DeliveryTable.Name} where recipient_hash = any (?) and status = '{Statuses.Sent}'
              and kind not in ('{SignInNotice.Name}', '{ConfirmAddressNotice.Name}')
            """,
            reading.Cancel,
            [traces.Keys.ToArray()]
        );
        return [.. written.Select(hash => traces[hash])];
    }

    private bool IsGated(Delivery delivery) => !delivery.Notice.GoesToStrangers && IsSendable(delivery.To);

    /// <summary>Whether anything of ours reaches this person at all.</summary>
    private bool IsSendable(Recipient to) => to.Channel == Channels.Mail || (to.Channel == Channels.Sms && HasSms);

    private object Row(Delivery delivery, Passage passage, KnownAddress? known)
    {
        var status = passage switch
        {
            Passage.Waits => Statuses.Held,
            Passage.Goes when IsSendable(delivery.To) => Statuses.Pending,
            _ => Statuses.Unsent,
        };
        return new
        {
            id = delivery.Id,
            kind = delivery.Notice.Kind,
            channel = delivery.To.Channel,
            status,
            urgency = (short)delivery.Notice.Urgency,
            person_id = delivery.To.PersonId,
            recipient_hash = Trace.Hash(delivery.To.Key),
            recipient_hint = Trace.Hint(delivery.To),
            recipient_name = delivery.To.Name,
            // Whoever has not said yes is not written to, and cannot be by mistake.
            address = passage == Passage.Goes ? delivery.To.Address : null,
            phone = PhoneToCall(delivery, passage),
            language = delivery.To.Language,
            campaign_id = delivery.About.CampaignId,
            enrolment_id = delivery.About.EnrolmentId,
            stage_id = delivery.About.StageId,
            school_uai = delivery.About.SchoolUai,
            notice = Kept(delivery, status),
            happened_at = delivery.At,
            useless_after = delivery.Notice.UselessAfter,
            wait_ms = delivery.Notice.Gathers ? (long)gather.TotalMilliseconds : 0,
            last_error = passage switch
            {
                Passage.Never => Answers.NotTheirs,
                Passage.Waits when known is { State: KnownAddress.Gone } => Bounces.QuestionCameBack,
                _ => null,
            },
        };
    }

    /// <summary>Where a coordinator may call; not where somebody said that it is not them.</summary>
    private static string? PhoneToCall(Delivery delivery, Passage passage) =>
        delivery.Notice.IsSecret || (delivery.To.Channel == Channels.Sms && passage == Passage.Never) ? null : delivery.To.Phone;

    /// <summary>What nobody may read out to somebody else is not kept where coordinators look for whom to call.</summary>
    private static string? Kept(Delivery delivery, string status) =>
        !delivery.Notice.IsSecret ? delivery.Notice.ToJson()
        : status == Statuses.Pending ? NoticeSeal.Seal(delivery.Notice.ToJson(), delivery.To.Address ?? "")
        : null;
}
