using System.Security.Cryptography;
using System.Text;

namespace Stages.ServiceDefaults;

/// <summary>
/// The account of a person follows from the address that they proved to own, so that every service, and a token made by
/// <c>infra/token</c>, comes to the same id without asking anybody. A version 8 UUID (RFC 9562) over SHA-256.
/// </summary>
public static class PersonId
{
    public static Guid FromEmail(string email) => From(Normal(email));

    /// <summary>For a family that has no e-mail: digits of the number in international form, such as <c>+33612345678</c>.</summary>
    public static Guid FromPhone(string phone) => From(NormalPhone(phone));

    public static string Normal(string email) => email.Trim().ToLowerInvariant();

    public static string NormalPhone(string phone)
    {
        var digits = new string([.. phone.Where(char.IsAsciiDigit)]);
        if (phone.TrimStart().StartsWith('+'))
            return "+" + digits;
        return digits.StartsWith("00", StringComparison.Ordinal) ? "+" + digits[2..]
            : digits.StartsWith('0') ? "+33" + digits[1..]
            : "+" + digits;
    }

    private static Guid From(string address)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes("stages-person:" + address), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
