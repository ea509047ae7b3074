using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Stages.Vocabulary;

/// <summary>
/// The lot among equals (<c>infra/decisions/lots-decide.md</c>): a seed is drawn with the campaign, its seal is public from then on, and
/// it is told once it has been used. Whoever has the seed and an enrolment's id finds the same draw with any SHA-256.
/// </summary>
public static class Lot
{
    /// <summary>Digits of a draw: 48 bits, which any JSON number holds.</summary>
    private const int Digits = 12;

    /// <summary>The largest draw and one more: who comes after everybody who drew begins here.</summary>
    public const long End = 1L << (4 * Digits);

    /// <summary>256 bits at random, in hexadecimal digits.</summary>
    public static string NewSeed() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256 of the seed as it is written, in hexadecimal digits.</summary>
    public static string Seal(string seed) => Hash(seed);

    /// <summary>The first twelve hexadecimal digits of SHA-256 of <c>seed:enrolment</c>. The smallest comes first.</summary>
    public static string Draw(string seed, Guid enrolment) => Hash($"{seed}:{enrolment}")[..Digits];

    /// <summary>The same as a number.</summary>
    public static long Turn(string seed, Guid enrolment) =>
        long.Parse(Draw(seed, enrolment), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
