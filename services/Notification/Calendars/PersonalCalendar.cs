using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Stages.Notifications.Calendars;

/// <summary>
/// The address of one person's feed. The secret is kept as it is, because the person is shown the same address each time; it is
/// looked up by its hash, so that the time of an answer tells nothing about secrets that are nearly right. It opens nothing but
/// what stands beside it in the same database.
/// </summary>
public sealed record PersonalCalendar(Guid Id, string Secret, string SecretHash, string Language, DateTimeOffset CreatedAt)
{
    public static PersonalCalendar New(Guid personId, string language, DateTimeOffset now)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return new(personId, secret, HashOf(secret), language, now);
    }

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

public static class PersonalCalendars
{
    /// <summary>
    /// Secrets of these people's feeds, made for those who have none. Two who make the same one meet on its key, and one is tried
    /// again.
    /// </summary>
    /// <returns>The secrets, and that the new ones are kept.</returns>
    public static async Task<(IReadOnlyDictionary<Guid, string> Secrets, Decision Made)> For(
        Reading reading,
        IReadOnlyCollection<Recipient> people,
        DateTimeOffset now
    )
    {
        var wanted = people.Where(p => p.PersonId != Guid.Empty).DistinctBy(p => p.PersonId).ToList();
        var secrets = (await reading.LoadMany<PersonalCalendar>([.. wanted.Select(p => p.PersonId)])).ToDictionary(
            c => c.Id,
            c => c.Secret
        );
        var made = wanted
            .Where(p => !secrets.ContainsKey(p.PersonId))
            .Select(p => PersonalCalendar.New(p.PersonId, p.Language, now))
            .ToArray();
        foreach (var calendar in made)
            secrets[calendar.Id] = calendar.Secret;
        return (secrets, Decision.Nothing.AndInsert(made));
    }

    /// <summary>The secret of one person's feed, which is made when there is none, or another one is wanted.</summary>
    public static Decision<string> Give(PersonalCalendar? known, Guid personId, string language, bool renew, DateTimeOffset now)
    {
        if (known is not null && !renew)
            return Decision.Nothing.Giving(known.Secret);
        var calendar = PersonalCalendar.New(personId, known?.Language ?? language, now);
        return (known is null ? Decision.Nothing.AndInsert(calendar) : Decision.Nothing.AndStore(calendar)).Giving(calendar.Secret);
    }
}
