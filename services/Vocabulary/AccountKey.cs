using System.Security.Cryptography;

namespace Stages.Vocabulary;

/// <summary>
/// The secret under which addresses become ids. Without it no id of an address can be made, so that nobody who holds a dump and a
/// list of addresses can tell who is in the dump. One for a whole installation, and for good: another key makes other accounts.
/// </summary>
public static class AccountKey
{
    /// <summary>Bytes of the key.</summary>
    public const int Length = 32;

    private static byte[]? key;

    /// <summary>Made ready once for each thread: the key's own part is half of a short text's hash.</summary>
    [ThreadStatic]
    private static IncrementalHash? hasher;

    /// <summary>Once in a process, before the first id; a second key would part people from what is theirs.</summary>
    /// <exception cref="ArgumentException">It is not 64 hexadecimal digits.</exception>
    /// <exception cref="InvalidOperationException">The process has another one already.</exception>
    public static void Use(string hexadecimal)
    {
        var given = Parse(hexadecimal.Trim());
        var used = Interlocked.CompareExchange(ref key, given, null) ?? given;
        if (!CryptographicOperations.FixedTimeEquals(used, given))
            throw new InvalidOperationException("This process makes its ids with another account key already.");
    }

    /// <summary>A key for another purpose, derived from it: what is sealed or hashed with one tells nothing of the others.</summary>
    public static byte[] For(string purpose) =>
        HKDF.Expand(HashAlgorithmName.SHA256, Hash("stages-key:"), Length, Encoding.UTF8.GetBytes(purpose));

    internal static byte[] Hash(string text)
    {
        hasher ??= IncrementalHash.CreateHMAC(
            HashAlgorithmName.SHA256,
            key ?? throw new InvalidOperationException("An id of an address needs the account key, and none is set (Auth:AccountKeyFile).")
        );
        hasher.AppendData(Encoding.UTF8.GetBytes(text));
        return hasher.GetHashAndReset();
    }

    private static byte[] Parse(string hexadecimal) =>
        hexadecimal.Length == 2 * Length && hexadecimal.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(hexadecimal)
            : throw new ArgumentException(
                $"An account key is {2 * Length} hexadecimal digits (openssl rand -hex {Length}).",
                nameof(hexadecimal)
            );
}
