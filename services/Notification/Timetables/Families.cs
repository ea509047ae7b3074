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
    /// Contacts come from another service than stages, and may come later: <see cref="NotYetKnown"/> has the stage tried again until
    /// they are here. What is missing after that many attempts (some three minutes) will not come, and must not keep others from
    /// being told.
    /// </summary>
    private const int PatientAttempts = 40;

    public static async Task<IReadOnlyDictionary<Guid, EnrolmentContact>> Contacts(
        IQuerySession session,
        IReadOnlyCollection<Guid> enrolments,
        int attempt,
        CancellationToken cancel
    )
    {
        var known = (await session.LoadManyAsync<EnrolmentContact>(cancel, [.. enrolments])).ToDictionary(c => c.Id);
        var missing = enrolments.Where(e => !known.ContainsKey(e)).ToList();
        if (missing.Count > 0 && attempt < PatientAttempts)
            throw new NotYetKnown($"Enrolment {missing[0]} (and {missing.Count - 1} more)");
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
