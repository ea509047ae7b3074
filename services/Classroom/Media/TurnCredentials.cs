using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Stages.Classrooms.Media;

/// <summary>Credentials of coturn's <c>use-auth-secret</c>: the user's name is when they end, the password an HMAC of it.</summary>
public static class TurnCredentials
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(30);

    public static object[] For(TurnOptions turn, Guid participantId, DateTimeOffset classEndsAt) =>
        Until(turn, participantId, classEndsAt + Margin);

    public static object[] Until(TurnOptions turn, Guid participantId, DateTimeOffset end)
    {
        if (turn.Urls.Length == 0 || turn.Secret.Length == 0)
            return [];
        var username = string.Create(CultureInfo.InvariantCulture, $"{end.ToUnixTimeSeconds()}:{participantId:N}");
#pragma warning disable CA5350 // The TURN REST convention that coturn implements is HMAC-SHA1.
        var credential = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(turn.Secret), Encoding.UTF8.GetBytes(username)));
#pragma warning restore CA5350
        return
        [
            new
            {
                urls = turn.Urls,
                username,
                credential,
            },
        ];
    }
}
