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

    /// <summary>As long as anything is left that it could show; see <see cref="Timetables.Families"/>.</summary>
    public static RetentionRule Rule { get; } =
        new(
            "calendars",
            730,
            new LocalText(
                "Adresse personnelle d’un calendrier : depuis sa création, une fois les inscriptions et propositions effacées",
                "Personal address of a calendar: since it was made, once enrolments and offers are erased"
            ),
            async (services, before, cancel) =>
            {
                await using var session = services.GetRequiredService<IDocumentStore>().QuerySession();
                var old = await session
                    .Query<PersonalCalendar>()
                    .Where(c => c.CreatedAt < before)
                    .WhereSql(Unused)
                    .Take(AtOnce)
                    .Select(c => c.Id)
                    .ToListAsync(cancel);
                var gone = Decision.All(old.Select(id => Decision.Nothing.AndDelete<PersonalCalendar>(id)));
                await services.GetRequiredService<Journal>().Decide(gone, cancel);
                return old.Count;
            }
        );

    private const int AtOnce = 100;

    private const string Unused = """
        not exists (select 1 from notification.mt_doc_enrolmentcontact e where e.people @> array[d.id])
        and not exists (select 1 from notification.mt_doc_teachercontact t where t.person_id = d.id)
        """;

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
