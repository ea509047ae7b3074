using System.Security.Cryptography;
using System.Text;

namespace Stages.ServiceDefaults;

/// <summary>Where a chain begins: behind the last row that its retention took away, or before the first.</summary>
public sealed record AuditStart(long Seq, byte[] Hash)
{
    public static readonly AuditStart Beginning = new(0, new byte[AuditChain.HashLength]);

    /// <summary>Tells a start that we wrote from one that somebody wrote who can write to the database.</summary>
    public byte[] Seal(string service) => AuditKey.Seal(Encoding.UTF8.GetBytes($"start {service} {Seq} {Convert.ToHexStringLower(Hash)}"));
}

/// <summary>Something that nobody who only follows the log's own rules leaves behind.</summary>
public sealed record AuditFault(long From, long To, string What);

/// <summary>
/// Each row carries the hash of itself and of the row before, made with a key that is not in the database. Whoever can write to the
/// database alone changes, takes away or adds no row unseen; the end of the log is held by its heads in the services' logs.
/// </summary>
public static class AuditChain
{
    public const int HashLength = 32;

    public const string Changed = "changed or added",
        Missing = "taken away",
        NotLinked = "not what its predecessor was followed by";

    /// <param name="service">A row of one service's log is none of another's.</param>
    public static byte[] Hash(string service, long seq, AuditEntry entry, byte[] previous)
    {
        using var bytes = new MemoryStream();
        using (var to = new BinaryWriter(bytes, Encoding.UTF8))
        {
            // Each text with its length before it: no two entries are written alike.
            to.Write(service);
            to.Write(seq);
            to.Write(entry.At.UtcTicks);
            to.Write(entry.Kind);
            to.Write(entry.Person?.ToString() ?? "");
            to.Write(entry.Role);
            Write(to, entry.Territory);
            to.Write(entry.What);
            to.Write(entry.Objects.Count);
            foreach (var id in entry.Objects)
                to.Write(id.ToByteArray());
            to.Write(entry.Status);
            Write(to, entry.Client);
            Write(to, entry.Reference);
            to.Write(previous);
        }
        return AuditKey.Seal(bytes.ToArray());
    }

    private static void Write(BinaryWriter to, string? text)
    {
        to.Write(text is not null);
        to.Write(text ?? "");
    }

    public static AuditRow Next(string service, AuditStart last, AuditEntry entry) =>
        new(last.Seq + 1, entry, last.Hash, Hash(service, last.Seq + 1, entry, last.Hash));

    /// <summary>Everything that is wrong with a log, in its order.</summary>
    /// <param name="rows">By their numbers.</param>
    /// <param name="heads">What the service told of its log's end, at one time or another.</param>
    public static async IAsyncEnumerable<AuditFault> Verify(
        string service,
        AuditStart start,
        IAsyncEnumerable<AuditRow> rows,
        IReadOnlyDictionary<long, string> heads
    )
    {
        var last = start;
        await foreach (var row in rows)
        {
            if (row.Seq <= start.Seq)
            {
                yield return new AuditFault(row.Seq, row.Seq, Changed);
                continue;
            }
            var follows = row.Seq == last.Seq + 1;
            if (!follows)
                yield return new AuditFault(last.Seq + 1, row.Seq - 1, Missing);
            if (!CryptographicOperations.FixedTimeEquals(row.Hash, Hash(service, row.Seq, row.Entry, row.Previous)))
                yield return new AuditFault(row.Seq, row.Seq, Changed);
            else if (follows && !CryptographicOperations.FixedTimeEquals(row.Previous, last.Hash))
                yield return new AuditFault(row.Seq, row.Seq, NotLinked);
            else if (heads.TryGetValue(row.Seq, out var head) && head != Convert.ToHexStringLower(row.Hash))
                yield return new AuditFault(row.Seq, row.Seq, Changed);
            last = new AuditStart(row.Seq, row.Hash);
        }
        if (heads.Count > 0 && heads.Keys.Max() > last.Seq)
            yield return new AuditFault(last.Seq + 1, heads.Keys.Max(), Missing);
    }
}
