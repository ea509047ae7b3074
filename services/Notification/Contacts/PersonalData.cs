using Stages.Notifications.Addresses;
using Stages.Notifications.Log;

namespace Stages.Notifications.Contacts;

/// <summary>What this service keeps about one account.</summary>
public sealed record PersonalData(
    IReadOnlyList<PersonalEnrolment> Enrolments,
    IReadOnlyList<Recipient> AsTeacher,
    IReadOnlyList<LoggedDelivery> Notifications,
    bool HasCalendarFeed
);

/// <param name="Me">As whom the person is told about this pupil; the other guardian's address is the other guardian's.</param>
public sealed record PersonalEnrolment(Guid EnrolmentId, Guid CampaignId, string Pupil, IReadOnlyList<Recipient> Me);

/// <summary>Export and erasure. Only the Portal calls it, for the person who is signed in there.</summary>
public static class PersonalDataEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/internal/people/{personId:guid}",
                async (Guid personId, IQuerySession session, DeliveryLog log, CancellationToken cancel) =>
                {
                    var enrolments = await session.Query<EnrolmentContact>().Where(c => c.People.Contains(personId)).ToListAsync(cancel);
                    var offers = await session.Query<TeacherContact>().Where(t => t.PersonId == personId).ToListAsync(cancel);
                    var deliveries = new List<LoggedDelivery>();
                    for (string? after = null; ; )
                    {
                        var page = await log.List(null, null, null, personId, null, null, after, cancel);
                        deliveries.AddRange(page.Items);
                        if ((after = page.Next) is null)
                            break;
                    }
                    var calendar = await session.LoadAsync<PersonalCalendar>(personId, cancel);
                    return Results.Ok(
                        new PersonalData(
                            [
                                .. enrolments.Select(e => new PersonalEnrolment(
                                    e.Id,
                                    e.CampaignId,
                                    e.Pupil,
                                    [.. e.Guardians.Where(g => g.PersonId == personId)]
                                )),
                            ],
                            [.. offers.Select(o => o.Teacher).OfType<Recipient>()],
                            deliveries,
                            calendar is not null
                        )
                    );
                }
            )
            .For(Roles.Service)
            .ExcludeFromDescription();

        app.MapDelete(
                "/internal/people/{personId:guid}",
                async (Guid personId, Journal journal, ForgetId forget, CancellationToken cancel) =>
                {
                    await journal.Decide(
                        async reading =>
                        {
                            await reading.Lock(Erasure.Lock);
                            return Erasure.Erase(
                                personId,
                                await reading.Query<EnrolmentContact>().Where(c => c.People.Contains(personId)).ToListAsync(cancel),
                                await reading.Query<TeacherContact>().Where(t => t.PersonId == personId).ToListAsync(cancel)
                            );
                        },
                        cancel: cancel
                    );
                    await forget.Everywhere(personId, cancel);
                    return Results.NoContent();
                }
            )
            .For(Roles.Service)
            .ExcludeFromDescription();
    }
}

/// <summary>What is left when a person is forgotten: that there was a contact, without them.</summary>
public static class Erasure
{
    /// <summary>
    /// Shared by all who look up people in order to write to them, and held alone by who forgets one: else a letter, or the address of a
    /// calendar, that was being made would be left of somebody whom nobody knows any more.
    /// </summary>
    public static LockKey Lock { get; } = LockKey.Of("people", "all");

    /// <summary>
    /// The contact is forgotten. Of those of its people whom no other contact names, what was made here goes too: a message about them may
    /// have come after they were forgotten themselves.
    /// </summary>
    public static async Task<Decision> Unnamed(Reading reading, Guid contact, IEnumerable<Recipient> people)
    {
        var gone = Decision.Nothing;
        foreach (var person in people.SelectMany(to => to.Accounts).Where(id => id != Guid.Empty).Distinct())
            if (
                !await reading.Query<EnrolmentContact>().AnyAsync(c => c.Id != contact && c.People.Contains(person), reading.Cancel)
                && !await reading.Query<TeacherContact>().AnyAsync(t => t.Id != contact && t.PersonId == person, reading.Cancel)
            )
                gone = gone.And(Traces(person));
        return gone;
    }

    private static Decision Traces(Guid person) =>
        Decision
            .Nothing.AndDelete<PersonalCalendar>(person)
            .AndDelete<KnownAddress>(person)
            .AndSql($"delete from {DeliveryTable.Name} where person_id = ?", person);

    public static Decision Erase(Guid personId, IReadOnlyCollection<EnrolmentContact> enrolments, IEnumerable<TeacherContact> offers)
    {
        var addresses = enrolments
            .SelectMany(contact => contact.Guardians.Where(g => EnrolmentContact.Is(personId, g)))
            .Select(g => g.AddressId)
            .Append(personId)
            .Distinct();
        return Decision
            .Nothing.AndStore<EnrolmentContact>([.. enrolments.Select(contact => contact.Without(personId))])
            .AndStore<TeacherContact>([.. offers.Select(offer => offer.Forget())])
            .AndDelete<PersonalCalendar>(personId)
            .And(Decision.All(addresses.Select(id => Decision.Nothing.AndDelete<KnownAddress>(id))))
            .AndSql($"delete from {DeliveryTable.Name} where person_id = ?", personId);
    }
}
