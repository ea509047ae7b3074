using System.Security.Cryptography;
using System.Text;

namespace Stages.Classrooms.Sessions;

/// <summary>
/// Tickets and seats are 256 random bits known to one browser; we keep their hash alone, so that a copy of our data opens no
/// door.
/// </summary>
public static class Secrets
{
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>The secret of a seat: with an attempt of the page's own, the same one however often that page must ask.</summary>
    public static string OfSeat(string ticket, string? attempt) =>
        attempt is null ? New() : $"{HashId.Of(IdSpace.Seat, $"{ticket}/{attempt}"):N}";

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
