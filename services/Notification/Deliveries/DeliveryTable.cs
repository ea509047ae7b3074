using JasperFx;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Stages.Notifications.Deliveries;

/// <summary>
/// The deliveries as a plain table beside Marten's documents: claiming rows for one sender among many is a thing of SQL, and it is
/// written in the same transactions. Leases follow the database's clock, because copies of the service may differ in theirs.
/// </summary>
public static class DeliveryTable
{
    public const string Schema = "notification";
    public const string Name = Schema + ".deliveries";

    public static Table Describe()
    {
        var table = new Table(new PostgresqlObjectName(Schema, "deliveries", SchemaUtils.IdentifierUsage.General));
        table.AddColumn<Guid>("id").AsPrimaryKey();
        table.AddColumn("kind", "text").NotNull();
        table.AddColumn("channel", "text").NotNull();
        table.AddColumn("status", "text").NotNull();
        table.AddColumn("urgency", "smallint").NotNull();
        table.AddColumn("person_id", "uuid").NotNull();
        table.AddColumn("recipient_hash", "text").NotNull();
        table.AddColumn("recipient_hint", "text").NotNull();
        // These four are forgotten once the delivery is made.
        table.AddColumn("recipient_name", "text");
        table.AddColumn("address", "text");
        // Where the person can be called when the delivery cannot be made.
        table.AddColumn("phone", "text");
        table.AddColumn("notice", "text");
        table.AddColumn("language", "text").NotNull();
        table.AddColumn("campaign_id", "uuid");
        table.AddColumn("enrolment_id", "uuid");
        table.AddColumn("stage_id", "uuid");
        table.AddColumn("school_uai", "text");
        table.AddColumn("happened_at", "timestamptz").NotNull();
        table.AddColumn("created_at", "timestamptz").NotNull().DefaultValueByExpression("clock_timestamp()");
        table.AddColumn("attempts", "integer").NotNull().DefaultValue(0);
        // While a sender holds the row this is the end of its lease; otherwise the next attempt.
        table.AddColumn("next_attempt", "timestamptz").NotNull().DefaultValueByExpression("clock_timestamp()");
        table.AddColumn("useless_after", "timestamptz");
        table.AddColumn("sent_at", "timestamptz");
        table.AddColumn("last_error", "text");
        table.Indexes.Add(
            new IndexDefinition("deliveries_due") { Columns = ["urgency", "next_attempt"], Predicate = "status = 'pending'" }
        );
        table.Indexes.Add(new IndexDefinition("deliveries_status") { Columns = ["status", "created_at"] });
        table.Indexes.Add(new IndexDefinition("deliveries_newest") { Columns = ["created_at", "id"] });
        table.Indexes.Add(new IndexDefinition("deliveries_person") { Columns = ["person_id", "created_at"] });
        table.Indexes.Add(new IndexDefinition("deliveries_recipient") { Columns = ["recipient_hash"] });
        table.Indexes.Add(new IndexDefinition("deliveries_enrolment") { Columns = ["enrolment_id"] });
        return table;
    }

    /// <summary>One parameter: a JSON array of rows. A row that is there already stays as it is.</summary>
    public const string Insert = $"""
        insert into {Name} (id, kind, channel, status, urgency, person_id, recipient_hash, recipient_hint, recipient_name, address,
          phone, language, campaign_id, enrolment_id, stage_id, school_uai, notice, happened_at, useless_after, last_error, next_attempt)
        select id, kind, channel, status, urgency, person_id, recipient_hash, recipient_hint, recipient_name, address,
          phone, language, campaign_id, enrolment_id, stage_id, school_uai, notice, happened_at, useless_after, last_error,
          clock_timestamp() + wait_ms * interval '1 millisecond'
        from jsonb_to_recordset(?::jsonb) as r (id uuid, kind text, channel text, status text, urgency smallint, person_id uuid,
          recipient_hash text, recipient_hint text, recipient_name text, address text, phone text, language text,
          campaign_id uuid, enrolment_id uuid, stage_id uuid, school_uai text, notice text, happened_at timestamptz,
          useless_after timestamptz, last_error text, wait_ms bigint)
        on conflict (id) do nothing
        """;

    /// <summary>By channel: how many are not sent yet, and for how many seconds the first waits that is not put off on purpose.</summary>
    public const string Pending = $"""
        select c.channel, count(d.id), coalesce(max(extract(epoch from clock_timestamp()
            - case when d.attempts > 0 then d.created_at else d.next_attempt end))
          filter (where d.attempts > 0 or d.next_attempt <= clock_timestamp()), 0)::float8
        from unnest(array['{Channels.Mail}', '{Channels.Sms}']) c (channel)
        left join {Name} d on d.channel = c.channel and d.status = 'pending' group by c.channel
        """;

    /// <summary>What is gathered: see <see cref="Letters.Notice.Gathers"/>.</summary>
    private const string Gathered = $"('{PlaceNotice.Name}', '{TimetableNotice.Published}')";

    private const string Ready = "(o.attempts = 0 or o.next_attempt <= clock_timestamp())";

    /// <summary>Not tried yet, or on its way for the first time: one that has failed holds up nothing.</summary>
    private const string Before = "(o.attempts = 0 or (o.attempts = 1 and o.last_error is null and o.next_attempt > clock_timestamp()))";

    /// <summary>
    /// Takes up to $1 due rows of the channels $3 for $2, and with each that is gathered the others of its bundle; rows that another
    /// sender is taking are passed over. Of a bundle the oldest alone is due, so that two senders never share one; and news of a stage
    /// waits for the message that tells of it first.
    /// </summary>
    public const string Claim = $"""
        with due as (
          select d.id, d.kind, d.recipient_hash, d.campaign_id, d.channel from {Name} d
          where d.status = 'pending' and d.next_attempt <= clock_timestamp() and d.channel = any ($3)
            and not exists (select 1 from {Name} o where o.recipient_hash = d.recipient_hash and o.status = 'pending'
              and o.kind in {Gathered} and (o.created_at, o.id) < (d.created_at, d.id)
              and case when o.kind = d.kind then o.campaign_id = d.campaign_id and o.channel = d.channel and {Ready}
                else o.stage_id = d.stage_id and {Before} end)
          order by d.urgency, d.next_attempt limit $1 for update skip locked),
        beside as (
          select o.id from due join {Name} o on o.recipient_hash = due.recipient_hash and o.kind = due.kind
            and o.campaign_id = due.campaign_id and o.channel = due.channel and o.id <> due.id
          where o.kind in {Gathered} and o.status = 'pending' and {Ready} for update of o skip locked),
        taken as (select id from due union all select id from beside)
        update {Name} d set attempts = attempts + 1, next_attempt = clock_timestamp() + $2
        from taken where d.id = taken.id
        returning d.id, d.kind, d.channel, d.recipient_name, d.address, d.language,
          d.notice, d.attempts, d.useless_after, d.enrolment_id, d.created_at,
          case when d.kind in {Gathered} then concat_ws('/', d.kind, d.campaign_id, d.channel, d.recipient_hash) end
        """;

    /// <summary>
    /// $1: a JSON array of results. A sender whose lease ran out may still say that it has sent (it has), but its failure is
    /// no longer of interest. What was sent is forgotten but for the trace that it was, and what was sealed as soon as it ends.
    /// </summary>
    public const string Settle = $"""
        update {Name} d set
          status = r.status,
          sent_at = case when r.status = 'sent' then clock_timestamp() else d.sent_at end,
          last_error = r.error,
          next_attempt = case when r.retry_ms is null then d.next_attempt
            else clock_timestamp() + r.retry_ms * interval '1 millisecond' end,
          attempts = case when r.untried then d.attempts - 1 else d.attempts end,
          recipient_name = case when r.status = 'sent' then null else d.recipient_name end,
          address = case when r.status = 'sent' then null else d.address end,
          phone = case when r.status = 'sent' then null else d.phone end,
          notice = case when r.status = 'sent' or (r.status <> 'pending' and d.notice like '{NoticeSeal.Mark}%') then null
            else d.notice end
        from jsonb_to_recordset($1::jsonb) as r (id uuid, status text, attempt int, error text, retry_ms bigint, untried boolean)
        where d.id = r.id and d.status in ('pending', 'failed', 'abandoned')
          and (r.status = 'sent' or (d.attempts = r.attempt and d.status = 'pending'))
        """;

    public static void AddTo(StoreOptions options) => options.Storage.ExtendedSchemaObjects.Add(Describe());
}
