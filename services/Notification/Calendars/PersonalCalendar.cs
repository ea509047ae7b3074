using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Marten;
using Stages.Notifications.Deliveries;

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
    public static async Task<IReadOnlyDictionary<Guid, string>> For(
        IDocumentSession session,
        IReadOnlyCollection<Recipient> people,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var wanted = people.Where(p => p.PersonId != Guid.Empty).DistinctBy(p => p.PersonId).ToList();
        var secrets = (await session.LoadManyAsync<PersonalCalendar>(cancel, [.. wanted.Select(p => p.PersonId)])).ToDictionary(
            c => c.Id,
            c => c.Secret
        );
        foreach (var person in wanted.Where(p => !secrets.ContainsKey(p.PersonId)))
        {
            var calendar = PersonalCalendar.New(person.PersonId, person.Language, now);
            session.Insert(calendar);
            secrets[person.PersonId] = calendar.Secret;
        }
        return secrets;
    }
}
