using CsCheck;
using Shouldly;
using Xunit;

namespace Stages.ServiceDefaults.Tests;

/// <summary>Whoever has the database and not the key changes, takes away or adds no row unseen.</summary>
public sealed class AuditChainTests
{
    private const string Service = "portal";

    private static readonly Gen<AuditEntry> Entries =
        from ticks in Gen.Long[0, 1_000_000]
        from kind in Gen.Int[0, AuditKinds.All.Count - 1]
        from person in Gen.Guid
        from what in Gen.String
        from objects in Gen.Guid.Array[0, 3]
        from status in Gen.Int[0, 599]
        select new AuditEntry(
            DateTimeOffset.UnixEpoch.AddTicks(ticks * 10),
            AuditKinds.All[kind],
            ticks % 2 == 0 ? person : null,
            Roles.Coordinator,
            ticks % 3 == 0 ? null : "034",
            what,
            objects,
            status,
            null,
            "0123456789"
        );

    private static readonly Gen<(List<AuditRow> Rows, int At)> Logs =
        from entries in Entries.Array[3, 12]
        from at in Gen.Int[0, entries.Length - 1]
        select (Written(entries), at);

    [Fact]
    public void a_log_as_it_was_written_has_no_fault() => Logs.Sample(log => Faults(log.Rows).ShouldBeEmpty());

    [Fact]
    public void a_changed_row_is_named() =>
        (from log in Logs from entry in Entries select (log, entry)).Sample(given =>
        {
            var (rows, at) = given.log;
            rows[at] = rows[at] with { Entry = given.entry with { What = rows[at].Entry.What + "!" } };
            Faults(rows).ShouldBe([new AuditFault(at + 1, at + 1, AuditChain.Changed)]);
        });

    [Fact]
    public void rows_taken_from_the_middle_are_named() =>
        Logs.Sample(log =>
        {
            var (rows, at) = log;
            if (at == rows.Count - 1)
                return;
            rows.RemoveAt(at);
            Faults(rows).ShouldBe([new AuditFault(at + 1, at + 1, AuditChain.Missing)]);
        });

    [Fact]
    public void rows_taken_from_the_end_are_named_by_a_head_that_was_told() =>
        Logs.Sample(log =>
        {
            var (rows, at) = log;
            var head = rows[^1];
            var told = new Dictionary<long, string> { [head.Seq] = Convert.ToHexStringLower(head.Hash) };
            rows.RemoveRange(at, rows.Count - at);
            Faults(rows, told).ShouldBe([new AuditFault(at + 1, head.Seq, AuditChain.Missing)]);
        });

    [Fact]
    public void a_row_added_without_the_key_is_named() =>
        (from log in Logs from entry in Entries select (log, entry)).Sample(given =>
        {
            var rows = given.log.Rows;
            var last = rows[^1];
            rows.Add(new AuditRow(last.Seq + 1, given.entry, last.Hash, new byte[AuditChain.HashLength]));
            Faults(rows).ShouldBe([new AuditFault(last.Seq + 1, last.Seq + 1, AuditChain.Changed)]);
        });

    [Fact]
    public void rows_that_change_places_are_named() =>
        Logs.Sample(log =>
        {
            var (rows, at) = log;
            if (at == 0)
                return;
            (rows[at - 1], rows[at]) = (rows[at] with { Seq = at }, rows[at - 1] with { Seq = at + 1 });
            Faults(rows).ShouldContain(f => f.From == at);
        });

    [Fact]
    public void a_row_of_another_services_log_is_none_of_this_one() =>
        Logs.Sample(log =>
        {
            var foreign = AuditChain.Next("enrolment", new AuditStart(0, new byte[AuditChain.HashLength]), log.Rows[0].Entry);
            log.Rows[0] = foreign;
            Faults(log.Rows)[0].ShouldBe(new AuditFault(1, 1, AuditChain.Changed));
        });

    [Fact]
    public void a_log_goes_on_behind_what_its_retention_took_and_what_is_left_before_it_is_named() =>
        Logs.Sample(log =>
        {
            var (rows, at) = log;
            var start = new AuditStart(rows[at].Seq, rows[at].Hash);
            Faults(rows[(at + 1)..], start: start).ShouldBeEmpty();
            Faults(rows[at..], start: start).ShouldBe([new AuditFault(at + 1, at + 1, AuditChain.Changed)]);
        });

    [Fact]
    public void a_seal_is_of_one_start_in_one_log()
    {
        var start = new AuditStart(5, new byte[AuditChain.HashLength]);
        start.Seal("portal").ShouldBe(start.Seal("portal"));
        start.Seal("portal").ShouldNotBe(start.Seal("enrolment"));
        start.Seal("portal").ShouldNotBe((start with { Seq = 6 }).Seal("portal"));
    }

    private static List<AuditRow> Written(IEnumerable<AuditEntry> entries)
    {
        var (rows, last) = (new List<AuditRow>(), AuditStart.Beginning);
        foreach (var entry in entries)
        {
            rows.Add(AuditChain.Next(Service, last, entry));
            last = new AuditStart(rows[^1].Seq, rows[^1].Hash);
        }
        return rows;
    }

    private static List<AuditFault> Faults(
        IEnumerable<AuditRow> rows,
        IReadOnlyDictionary<long, string>? heads = null,
        AuditStart? start = null
    ) =>
        AuditChain
            .Verify(Service, start ?? AuditStart.Beginning, rows.ToAsyncEnumerable(), heads ?? new Dictionary<long, string>())
            .ToBlockingEnumerable()
            .ToList();
}
