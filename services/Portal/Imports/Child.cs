namespace Stages.Portal.Imports;

/// <summary>How far two descriptions are one child's.</summary>
public enum Bond
{
    /// <summary>They are two children.</summary>
    None,

    /// <summary>Nobody but who knows them can say.</summary>
    Maybe,

    /// <summary>Nothing speaks against it: one child, if no other fits.</summary>
    Fits,

    /// <summary>INE, date of birth or a guardian's address say so.</summary>
    Sure,
}

/// <summary>
/// Who somebody is, as far as a list or an enrolment tells. Names are compared in any script; INE and date of birth as keyed
/// fingerprints, which is all that is kept of them.
/// </summary>
public sealed record Child(
    string Given,
    string Family,
    string Uai,
    string Level,
    int? Year,
    IReadOnlyList<string> Marks,
    IReadOnlyList<string> Addresses
)
{
    private const string Ine = "ine-";
    private const string Born = "born-";

    public string Key => $"{Family}\u0001{Given}\u0001{Uai}";

    public string? IneMark => Mark(Ine);

    public static Child Of(EnrolmentLine line) =>
        new(
            KeyOf(line.First),
            KeyOf(line.Last),
            line.At,
            line.Level,
            line.Year,
            line.Marks,
            [.. line.Guardians.OfType<Guardian>().SelectMany(AddressesOf)]
        );

    public static Child Of(EnrolmentView e) =>
        new(
            KeyOf(e.Pupil.FirstName),
            KeyOf(e.Pupil.LastName),
            e.Pupil.SchoolUai,
            e.Pupil.Level,
            e.Pupil.BirthYear,
            e.Marks ?? [],
            [.. e.Guardians.SelectMany(AddressesOf)]
        );

    /// <param name="date">Together with the name: alone, it would be everybody's who was born that day.</param>
    public static IEnumerable<string> MarksOf(string first, string last, string? ine, DateOnly? date)
    {
        if (TextKey.Letters(ine) is { Length: > 0 } id)
            yield return $"{Ine}{HashId.Of(IdSpace.Pupil, $"ine/{id}"):N}";
        if (date is { } day)
            yield return $"{Born}{HashId.Of(IdSpace.Pupil, $"born/{KeyOf(last)}/{KeyOf(first)}/{day:yyyy-MM-dd}"):N}";
    }

    public static IEnumerable<string> AddressesOf(Guardian guardian) =>
        new[] { EmailAddress.KeyOf(guardian.Email ?? ""), Texts.Normal<PhoneNumber>(guardian.Phone) }.Where(a => a.Length > 0);

    public static string KeyOf(string name) => TextKey.Of(name) is { Length: > 0 } key ? key : name;

    public bool IsNamed(Child other) => Given == other.Given && Family == other.Family;

    public Bond With(Child other)
    {
        if (Said(Ine, other) is { } ine)
            return !ine ? Bond.None
                : Given == other.Given || Family == other.Family ? Bond.Sure
                : Bond.Maybe;
        if (!IsNamed(other) || Uai != other.Uai || Said(Born, other) == false || (Year is { } a && other.Year is { } b && a != b))
            return Bond.None;
        if (Said(Born, other) == true || Addresses.Intersect(other.Addresses, StringComparer.Ordinal).Any())
            return Bond.Sure;
        // Two of one name may well sit in one class, and their parents be nobody to one another.
        var isApart = Addresses.Count > 0 && other.Addresses.Count > 0;
        return isApart || (Level.Length > 0 && Level != other.Level) ? Bond.Maybe : Bond.Fits;
    }

    /// <summary>Whether both have this mark, and the same one.</summary>
    private bool? Said(string kind, Child other) => Mark(kind) is { } mine && other.Mark(kind) is { } theirs ? mine == theirs : null;

    private string? Mark(string kind) => Marks.FirstOrDefault(m => m.StartsWith(kind, StringComparison.Ordinal));
}
