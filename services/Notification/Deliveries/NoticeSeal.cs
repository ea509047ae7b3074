using System.Security.Cryptography;
using System.Text;

namespace Stages.Notifications.Deliveries;

/// <summary>
/// Notices with which somebody could sign in lie sealed in the table while they wait, under a key that is not in the database; each is
/// bound to the address it is for, so that a row that is changed there reaches nobody else.
/// </summary>
public static class NoticeSeal
{
    /// <summary>What a sealed notice begins with, so that statements can tell it: no JSON does.</summary>
    public const string Mark = "sealed:";

    private static readonly Lazy<byte[]> Key = new(() => AccountKey.For("stages notices"));

    public static string Seal(string notice, string address)
    {
        var plain = Encoding.UTF8.GetBytes(notice);
        var whole = new byte[Nonce + plain.Length + Tag];
        RandomNumberGenerator.Fill(whole.AsSpan(0, Nonce));
        using var cipher = new AesGcm(Key.Value, Tag);
        cipher.Encrypt(
            whole.AsSpan(0, Nonce),
            plain,
            whole.AsSpan(Nonce, plain.Length),
            whole.AsSpan(Nonce + plain.Length),
            Bound(address)
        );
        return Mark + Convert.ToBase64String(whole);
    }

    /// <summary>The notice, as it was sealed; one that never was is given back as it stands.</summary>
    /// <exception cref="FormatException">It was sealed with another key, or for another address.</exception>
    public static string Open(string kept, string address)
    {
        if (!kept.StartsWith(Mark, StringComparison.Ordinal))
            return kept;
        var whole = Convert.FromBase64String(kept[Mark.Length..]);
        var plain = new byte[whole.Length - Nonce - Tag];
        using var cipher = new AesGcm(Key.Value, Tag);
        try
        {
            cipher.Decrypt(
                whole.AsSpan(0, Nonce),
                whole.AsSpan(Nonce, plain.Length),
                whole.AsSpan(Nonce + plain.Length),
                plain,
                Bound(address)
            );
        }
        catch (CryptographicException e)
        {
            throw new FormatException("The notice was sealed with another key, or for another address.", e);
        }
        return Encoding.UTF8.GetString(plain);
    }

    private const int Nonce = 12;
    private const int Tag = 16;

    private static byte[] Bound(string address) => Encoding.UTF8.GetBytes(address);
}
