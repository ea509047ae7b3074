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

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
