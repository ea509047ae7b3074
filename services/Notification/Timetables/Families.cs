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

    /// <summary>That the message waits for an enrolment; null when it is not waited for any more.</summary>
    public static Decision? WaitFor(Guid enrolment, Cause cause) =>
        AreWaitedFor(1, cause.Age) ? Decision.WaitsFor("enrolment", enrolment, cause.At + Patience) : null;

    public static async Task<IReadOnlyDictionary<Guid, EnrolmentContact>> Known(Reading reading, IReadOnlyCollection<Guid> enrolments) =>
        (await reading.LoadMany<EnrolmentContact>(enrolments)).ToDictionary(c => c.Id);

    /// <summary>Those of whom nothing is known among these, or what the message has to wait for.</summary>
    public static (IReadOnlyDictionary<Guid, EnrolmentContact> All, Decision? Wait) Complete(
        IReadOnlyCollection<Guid> enrolments,
        IReadOnlyDictionary<Guid, EnrolmentContact> known,
        Cause cause
    )
    {
        var missing = enrolments.Where(e => !known.ContainsKey(e)).Distinct().ToList();
        if (missing.Count > 0 && WaitFor(missing[0], cause) is { } wait)
            return (known, wait);
        return (known.Concat(missing.Select(e => KeyValuePair.Create(e, Nobody(e)))).ToDictionary(), null);
    }

    /// <summary>An enrolment of which nothing ever came: listed as somebody who could not be told.</summary>
    public static EnrolmentContact Nobody(Guid enrolment) =>
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
