using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Stages.Vocabulary;

/// <summary>
/// What an id is derived for. Every space opens with words of its own, none of which begins another's, so that one text in two
/// spaces never makes one id. Spaces whose texts hold addresses are keyed, see <see cref="AccountKey"/>.
/// </summary>
public sealed record IdSpace
{
    private IdSpace(string opening, bool keyed = false) => (Opening, Keyed) = (opening, keyed);

    internal string Opening { get; }

    /// <summary>Its texts hold addresses: whoever has no key cannot try addresses until one fits.</summary>
    public bool Keyed { get; }

    public static readonly IdSpace Delivery = new("stages-delivery:", keyed: true);
    public static readonly IdSpace Participant = new("stages-participant:");
    public static readonly IdSpace Desk = new("stages-desk:");
    public static readonly IdSpace DeskContent = new("stages-content:");
    public static readonly IdSpace GroupNotes = new("stages-group-notes:");
    public static readonly IdSpace Rehearsal = new("stages-rehearsal:");
    public static readonly IdSpace LibraryInClass = new("stages-library-in-class:");
    public static readonly IdSpace Timetable = new("timetable/");
    public static readonly IdSpace Waiting = new("waiting/");
    public static readonly IdSpace Stage = new("stages-stage:");

    /// <summary>What is kept for an address that may have no account: its sign-ins, a staff member's role.</summary>
    public static readonly IdSpace Address = new("stages-address:", keyed: true);

    /// <summary>What is kept of an address after it has served.</summary>
    public static readonly IdSpace Trace = new("stages-trace:", keyed: true);

    /// <summary>How somebody stands as a teacher: apart from their account, so that the one is forgotten without the other.</summary>
    public static readonly IdSpace Teacher = new("stages-teacher:", keyed: true);

    /// <summary>The codes with which people say that an address is theirs.</summary>
    public static readonly IdSpace Confirmation = new("stages-confirmation:", keyed: true);

    /// <summary>By what a school's lists know a pupil again: INE, date of birth.</summary>
    public static readonly IdSpace Pupil = new("stages-pupil:", keyed: true);

    /// <summary>What an enrolment is called on the telephone.</summary>
    public static readonly IdSpace Reference = new("stages-reference:");

    /// <summary>The enrolment that a family has begun and not sent.</summary>
    public static readonly IdSpace Draft = new("stages-draft:", keyed: true);

    /// <summary>The secret of a seat in class, which one page asks for once more when the answer was lost.</summary>
    public static readonly IdSpace Seat = new("stages-seat:", keyed: true);

    internal static readonly IdSpace Person = new("stages-person:", keyed: true);

    public static IReadOnlyList<IdSpace> All { get; } =
    [
        Delivery,
        Participant,
        Desk,
        DeskContent,
        Rehearsal,
        GroupNotes,
        LibraryInClass,
        Timetable,
        Waiting,
        Stage,
        Address,
        Trace,
        Teacher,
        Confirmation,
        Pupil,
        Reference,
        Draft,
        Seat,
        Person,
    ];
}

/// <summary>
/// An id that follows from a text: whoever derives it again, in whatever service or after whatever crash, comes to the same one. A
/// version 8 UUID (RFC 9562) over SHA-256, or over HMAC-SHA-256 where the space is keyed.
/// </summary>
public static class HashId
{
    public static Guid Of(IdSpace space, string text) => From(Hash(space, text), version: 8);

    /// <summary>A version 7 UUID of that instant whose random part is the hash: it sorts by time, as ids of events do.</summary>
    public static Guid At(DateTimeOffset at, IdSpace space, string text)
    {
        var hash = Hash(space, text);
        Span<byte> milliseconds = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(milliseconds, at.ToUnixTimeMilliseconds());
        milliseconds[2..].CopyTo(hash);
        return From(hash, version: 7);
    }

    private static byte[] Hash(IdSpace space, string text) =>
        space.Keyed ? AccountKey.Hash(space.Opening + text) : SHA256.HashData(Encoding.UTF8.GetBytes(space.Opening + text));

    private static Guid From(Span<byte> hash, int version)
    {
        hash[6] = (byte)((hash[6] & 0x0F) | (version << 4));
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
