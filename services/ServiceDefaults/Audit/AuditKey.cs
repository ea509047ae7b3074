using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Stages.Vocabulary;

namespace Stages.ServiceDefaults;

/// <summary>
/// What the audit log is written with: derived from the account key, which no database has. People stand in it under ids of its own, so
/// that nobody who reads the database finds their way from a row of the log to a person's data, or the other way.
/// </summary>
public static class AuditKey
{
    private static readonly Lazy<byte[]> Chain = new(() => AccountKey.For("audit-chain"));

    private static readonly Lazy<byte[]> Names = new(() => AccountKey.For("audit-names"));

    public static byte[] Seal(ReadOnlySpan<byte> text) => HMACSHA256.HashData(Chain.Value, text);

    public static Guid Person(Guid account) => new(HMACSHA256.HashData(Names.Value, account.ToByteArray()).AsSpan(0, 16));

    /// <summary>The same for all requests of a client, and its address for nobody. An IPv6 client has a network to itself.</summary>
    public static string? Client(IPAddress? address)
    {
        if (address is null)
            return null;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        var network = plain.AddressFamily == AddressFamily.InterNetworkV6 ? bytes[..8] : bytes;
        return Convert.ToHexStringLower(HMACSHA256.HashData(Names.Value, (byte[])[.. "client "u8, .. network]).AsSpan(0, 6));
    }
}
