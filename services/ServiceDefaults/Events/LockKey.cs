using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Stages.ServiceDefaults;

/// <summary>What one transaction at a time may hold, across all copies of a service; given back when that transaction ends.</summary>
/// <param name="Value">As PostgreSQL's advisory locks are numbered.</param>
public readonly record struct LockKey(long Value)
{
    /// <param name="what">The kind of thing: what is locked as one thing is not locked as another.</param>
    public static LockKey Of(string what, Guid id) => Of($"{what}\n{id}");

    public static LockKey Of(string what, string name) => Of($"{what}\n{name}");

    private static LockKey Of(string name) => new(BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name))));

    /// <summary>Services of one database have locks of their own.</summary>
    internal LockKey In(string schema) => this with { Value = Value ^ Of(schema).Value };
}
