namespace Stages.Enrolments;

/// <summary>A child who is enrolled already, by whomever: whoever comes second is led to the enrolment that stands.</summary>
public static class Doubles
{
    /// <summary>A keyed fingerprint of campaign, school and names in any order: equal where two may be one child.</summary>
    public static string KeyOf(Guid campaign, Pupil pupil) =>
        $"{HashId.Of(IdSpace.Pupil, $"child/{campaign:N}/{pupil.SchoolUai}/{string.Join('/', NamesOf(pupil))}"):N}";

    /// <summary>Two of one name at one school are two, when their fingerprints or years of birth say so; else their levels.</summary>
    public static bool IsSameChild(EnrolmentContent a, EnrolmentContent b) =>
        a.Pupil.SchoolUai == b.Pupil.SchoolUai && NamesOf(a.Pupil).SequenceEqual(NamesOf(b.Pupil), StringComparer.Ordinal) && IsOneOf(a, b);

    private static IEnumerable<string> NamesOf(Pupil p) =>
        new[] { TextKey.Of(p.FirstName), TextKey.Of(p.LastName) }.Order(StringComparer.Ordinal);

    private static bool IsOneOf(EnrolmentContent a, EnrolmentContent b)
    {
        foreach (var kind in new[] { Ine, Born })
            if (SameMark(a.Marks, b.Marks, kind) is { } isOne)
                return isOne;
        return a.Pupil.BirthYear is { } year && b.Pupil.BirthYear is { } theirs ? year == theirs : a.Pupil.Level == b.Pupil.Level;
    }

    /// <summary>Kinds of fingerprints, by how they begin.</summary>
    public const string Ine = "ine-";

    public const string Born = "born-";

    public static string? Mark(string[]? marks, string kind) => marks?.FirstOrDefault(m => m.StartsWith(kind, StringComparison.Ordinal));

    /// <summary>Whether it is the same; null where one of the two has none of this kind.</summary>
    public static bool? SameMark(string[]? one, string[]? other, string kind) =>
        Mark(one, kind) is { } mine && Mark(other, kind) is { } theirs ? mine == theirs : null;

    /// <summary>
    /// Their own child a family never enrols twice. Of somebody else's of that name they are told that one is enrolled, no more; that it
    /// is another child they, or a coordinator, may say.
    /// </summary>
    public static Refusal? Check(EnrolmentContent content, IEnumerable<Enrolment> like, Caller caller, bool isAnother)
    {
        var same = like.Where(e => e.IsStanding && IsSameChild(e.Content, content)).ToList();
        if (caller.IsFamily && same.Find(e => e.FamilyIds.Contains(caller.Id)) is { } own)
            return new ChildEnrolledAlready(own.Id, NameOf(own), own.SubmittedAt);
        if (same.Count == 0 || isAnother)
            return null;
        return caller.IsCoordinator
            ? new ChildEnrolledAlready(same[0].Id, NameOf(same[0]), same[0].SubmittedAt)
            : new ChildEnrolledByAnother();
    }

    private static string NameOf(Enrolment e) => $"{e.Content.Pupil.FirstName} {e.Content.Pupil.LastName}";
}

/// <summary>By somebody whom we do not name: the other guardian, the school, or the family of another child of that name.</summary>
public sealed record ChildEnrolledByAnother()
    : Refusal(
        RefusalKind.Conflict,
        "child-enrolled-already",
        "Un enfant de ce nom est déjà inscrit dans cet établissement, par l’autre responsable ou par l’école. Si c’est le vôtre, demandez "
            + "à l’autre responsable ou à l’école de vous ajouter à son inscription. Si c’est un autre enfant, dites-le ci-dessous.",
        "A child of that name is enrolled at this school already, by the other guardian or by the school. If it is yours, ask the other "
            + "guardian or the school to add you to that enrolment. If it is another child, say so below."
    )
{
    public override IReadOnlyDictionary<string, string[]> Errors =>
        new Dictionary<string, string[]>(StringComparer.Ordinal) { ["anotherChild"] = [Text] };
}
