using Marten;
using Stages.Notifications.Contacts;
using Stages.Notifications.Deliveries;
using Stages.Notifications.Letters;
using Stages.ServiceDefaults;

namespace Stages.Notifications.Timetables;

/// <summary>One person to tell, once, about those of their children whom it concerns.</summary>
public sealed record FamilyMember(Recipient To, IReadOnlyList<PupilLine> Pupils, About About);

/// <summary>The people behind enrolments.</summary>
public static class Families
{
    /// <summary>
    /// Contacts come from another service than stages, and may come later: the message waits until they are here. What is missing
    /// when it is that old will not come, and must not keep others from being told.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Whether the message waits for the contacts that are missing, rather than telling the others without them.</summary>
    /// <param name="age">Of the message: how often it has been tried says nothing.</param>
    public static bool AreWaitedFor(int missing, TimeSpan age) => missing > 0 && age < Patience;

    public static async Task<IReadOnlyDictionary<Guid, EnrolmentContact>> Contacts(
        IQuerySession session,
        IReadOnlyCollection<Guid> enrolments,
        TimeSpan age,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var known = (await session.LoadManyAsync<EnrolmentContact>(cancel, [.. enrolments])).ToDictionary(c => c.Id);
        var missing = enrolments.Where(e => !known.ContainsKey(e)).ToList();
        if (AreWaitedFor(missing.Count, age))
            throw new NotYetKnown($"enrolment:{missing[0]}", now + Patience - age);
        foreach (var enrolment in missing)
            known[enrolment] = Nobody(enrolment);
        return known;
    }

    /// <summary>An enrolment of which nothing ever came: listed as somebody who could not be told.</summary>
    private static EnrolmentContact Nobody(Guid enrolment) =>
        new(enrolment, Guid.Empty, 0, "?", [new Recipient(Guid.Empty, enrolment.ToString(), null, null, "fr")], [], null);

    public static IReadOnlyList<FamilyMember> Of(
        IEnumerable<Guid> enrolments,
        IReadOnlyDictionary<Guid, EnrolmentContact> contacts,
        Guid stageId
    ) =>
        [
            .. enrolments
                .Select(e => contacts[e])
                .SelectMany(c => c.Guardians.Select(g => (Guardian: g, Contact: c)))
                .GroupBy(x => x.Guardian.Key, StringComparer.Ordinal)
                .Select(person => new FamilyMember(
                    person.First().Guardian,
                    [.. person.Select(x => x.Contact.Line()).DistinctBy(p => p.EnrolmentId)],
                    person.First().Contact.About(stageId)
                )),
        ];
}
