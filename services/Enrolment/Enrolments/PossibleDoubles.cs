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
    public static bool May(LikeChild a, LikeChild b) => May(Read.Of(a), Read.Of(b));

    /// <summary>Who may be one child with whom, among those of one campaign.</summary>
    public static ILookup<Guid, Guid> Among(Guid campaign, IEnumerable<LikeChild> children) =>
        Among(children.Select(child => (child, KeysOf(campaign, child.Pupil, child.Marks))));

    /// <summary>The same, where the keys are known already.</summary>
    public static ILookup<Guid, Guid> Among(IEnumerable<(LikeChild Child, Guid[] Keys)> children)
    {
        var blocks = children
            .Select(c => (Read: Read.Of(c.Child), c.Keys))
            .SelectMany(c => c.Keys.Select(key => (key, c.Read)))
            .GroupBy(x => x.key, x => x.Read);
        return (
            from block in blocks
            let all = block.ToList()
            from a in all
            from b in all
            where May(a, b)
            select (a.Child.Id, Other: b.Child.Id)
        )
            .Distinct()
            .Order()
            .ToLookup(pair => pair.Id, pair => pair.Other);
    }

    private static bool May(Read a, Read b)
    {
        var (one, other) = (a.Child, b.Child);
        if (one.Id == other.Id || one.Apart?.Contains(other.Id) == true || other.Apart?.Contains(one.Id) == true)
            return false;
        if (Doubles.SameMark(one.Marks, other.Marks, Doubles.Ine) is { } isOne)
            return isOne;
        var isOfOneSchool = one.Pupil.SchoolUai == other.Pupil.SchoolUai;
        var isInOrder = a.First == b.First && a.Last == b.Last;
        if (!isInOrder && !(a.First == b.Last && a.Last == b.First))
            return isOfOneSchool && IsOfOneAge(one.Pupil, other.Pupil) && IsNearlyNamed(a, b);
        // The fingerprint of a date of birth has the names in their order.
        if (isInOrder && Doubles.SameMark(one.Marks, other.Marks, Doubles.Born) is { } bornTogether)
            return bornTogether;
        return isOfOneSchool || IsOfOneAge(one.Pupil, other.Pupil);
    }

    private static bool IsOfOneAge(Pupil a, Pupil b) =>
        a.BirthYear is { } year && b.BirthYear is { } theirs ? year == theirs : a.Level == b.Level;

    private static bool IsNearlyNamed(Read a, Read b)
    {
        var (one, other) = (a.Child.Pupil, b.Child.Pupil);
        return (a.First == b.First && IsNear(one.LastName, other.LastName))
            || (a.Last == b.Last && IsNear(one.FirstName, other.FirstName))
            || (a.First == b.Last && IsNear(one.LastName, other.FirstName))
            || (a.Last == b.First && IsNear(one.FirstName, other.LastName));
    }

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

    /// <summary>A child with its names as they are compared: made once, each is compared with several.</summary>
    private sealed record Read(LikeChild Child, string First, string Last)
    {
        public static Read Of(LikeChild child) => new(child, Letters(child.Pupil.FirstName), Letters(child.Pupil.LastName));
    }
}
