namespace Stages.Enrolments;

/// <summary>What tells whether two enrolments may be one child's.</summary>
/// <param name="Apart">Of whom a coordinator has said that it is another child.</param>
public sealed record LikeChild(Guid Id, Pupil Pupil, string[]? Marks = null, Guid[]? Apart = null);

/// <summary>
/// Two enrolments that may be one child's: a coordinator is shown both and decides. What is surely one child is refused when it is sent
/// (<see cref="Doubles"/>); what is here could as well be two.
/// </summary>
public static class PossibleDoubles
{
    /// <summary>
    /// Keyed fingerprints of what two that may be one child have in common: each such pair shares one, so that nobody has to compare
    /// everybody with everybody.
    /// </summary>
    public static Guid[] KeysOf(Guid campaign, Pupil pupil, string[]? marks)
    {
        return [.. Parts().Distinct(StringComparer.Ordinal).Select(part => HashId.Of(IdSpace.Pupil, $"like/{campaign:N}/{part}"))];

        IEnumerable<string> Parts()
        {
            yield return $"names/{string.Join('/', NamesOf(pupil))}";
            foreach (var name in NamesOf(pupil))
            {
                yield return $"level/{pupil.SchoolUai}/{name}/{pupil.Level}";
                if (pupil.BirthYear is { } year)
                    yield return $"year/{pupil.SchoolUai}/{name}/{year}";
            }
            if (Doubles.Mark(marks, Doubles.Ine) is { } ine)
                yield return ine;
        }
    }

    /// <summary>
    /// The same names at one school; the same names and age elsewhere; or, at one school and of one age, one name the same and the other
    /// a slip or a word away. The school's own list, where it has both, has the last word.
    /// </summary>
    public static bool May(LikeChild a, LikeChild b)
    {
        if (a.Id == b.Id || a.Apart?.Contains(b.Id) == true || b.Apart?.Contains(a.Id) == true)
            return false;
        if (Doubles.SameMark(a.Marks, b.Marks, Doubles.Ine) is { } isOne)
            return isOne;
        var isOfOneSchool = a.Pupil.SchoolUai == b.Pupil.SchoolUai;
        if (!NamesOf(a.Pupil).SequenceEqual(NamesOf(b.Pupil), StringComparer.Ordinal))
            return isOfOneSchool && IsOfOneAge(a.Pupil, b.Pupil) && IsNearlyNamed(a.Pupil, b.Pupil);
        // The fingerprint of a date of birth has the names in their order.
        if (
            Letters(a.Pupil.FirstName) == Letters(b.Pupil.FirstName)
            && Doubles.SameMark(a.Marks, b.Marks, Doubles.Born) is { } bornTogether
        )
            return bornTogether;
        return isOfOneSchool || IsOfOneAge(a.Pupil, b.Pupil);
    }

    /// <summary>Who may be one child with whom, among those of one campaign.</summary>
    public static ILookup<Guid, Guid> Among(Guid campaign, IEnumerable<LikeChild> children)
    {
        var blocks = children
            .SelectMany(child => KeysOf(campaign, child.Pupil, child.Marks).Select(key => (key, child)))
            .GroupBy(x => x.key, x => x.child);
        return (from block in blocks let all = block.ToList() from a in all from b in all where May(a, b) select (a.Id, Other: b.Id))
            .Distinct()
            .Order()
            .ToLookup(pair => pair.Id, pair => pair.Other);
    }

    private static bool IsOfOneAge(Pupil a, Pupil b) =>
        a.BirthYear is { } year && b.BirthYear is { } theirs ? year == theirs : a.Level == b.Level;

    private static bool IsNearlyNamed(Pupil a, Pupil b) =>
        (Is(a.FirstName, b.FirstName) && IsNear(a.LastName, b.LastName))
        || (Is(a.LastName, b.LastName) && IsNear(a.FirstName, b.FirstName))
        || (Is(a.FirstName, b.LastName) && IsNear(a.LastName, b.FirstName))
        || (Is(a.LastName, b.FirstName) && IsNear(a.FirstName, b.LastName));

    private static bool Is(string one, string other) => Letters(one) == Letters(other);

    /// <summary>« Lucas » and « Luca », « Martin » and « Martin-Dupont ».</summary>
    private static bool IsNear(string one, string other)
    {
        var (a, b) = (Letters(one), Letters(other));
        var most = Math.Min(1, Slips.Allowed(a.Length < b.Length ? a : b));
        return (most > 0 && Slips.Join(a, b, most)) || HasAllOf(one, other) || HasAllOf(other, one);
    }

    private static bool HasAllOf(string name, string other) =>
        TextKey.Of(other).Split(' ').ToHashSet(StringComparer.Ordinal).IsSubsetOf(TextKey.Of(name).Split(' '));

    private static IEnumerable<string> NamesOf(Pupil p) =>
        new[] { Letters(p.FirstName), Letters(p.LastName) }.Order(StringComparer.Ordinal);

    private static string Letters(string name) => TextKey.Letters(name) is { Length: > 0 } key ? key : name;
}
