using System.Text.Json.Serialization;

namespace Stages.Pairing;

/// <summary>What a pairing run returns (format <c>stages-proposal/1</c>); nothing in it is promised to anyone yet.</summary>
/// <param name="Seed">Same problem, seed and iteration budget give the same proposal.</param>
/// <param name="ElapsedSeconds">Time of the computation alone, without reading and writing files.</param>
/// <param name="Score">What it places, and how far at most from the best possible.</param>
/// <param name="Stages">Numbered from 0; other parts refer to these numbers.</param>
/// <param name="Unplaced">One entry for each wish without a place.</param>
/// <param name="Changes">Only after a previous proposal: every wish that had a place and has another or none now.</param>
public sealed record Proposal(
    int Seed,
    double ElapsedSeconds,
    Score Score,
    IReadOnlyList<ProposedStage> Stages,
    IReadOnlyList<UnplacedWish> Unplaced,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Change>? Changes = null
)
{
    public const string FormatName = "stages-proposal/1";

    [JsonPropertyOrder(-1)]
    public string Format { get; init; } = FormatName;
}

/// <summary>The weight placed, a proven bound that no proposal can exceed, their relative distance, and the quality.</summary>
public sealed record Score(long PlacedWeight, long Bound, double Gap, long Quality, int PlacedWishes, int Wishes);

/// <summary>One stage: a teacher's offer, a subject, one or two adjacent levels, a week, its modules and its group.</summary>
/// <param name="Offer">Id of the offer.</param>
/// <param name="Subject">The subject taught.</param>
/// <param name="Levels">One level, or two that the rules list as adjacent.</param>
/// <param name="Week">The week that holds all modules.</param>
/// <param name="Modules">Slots, ascending.</param>
/// <param name="Wishes">Ids of the wishes placed here.</param>
/// <param name="Pinned">In a previous proposal: approved, so that its teacher, modules and group stay as they are.</param>
public sealed record ProposedStage(
    string Offer,
    string Subject,
    IReadOnlyList<string> Levels,
    string Week,
    int[] Modules,
    IReadOnlyList<string> Wishes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Pinned = false
);

/// <summary>A wish without a place, why, and what would place it.</summary>
public sealed record UnplacedWish(string Wish, string Reason, LocalText Text, IReadOnlyList<Remedy> WouldBePlacedIf);

/// <summary>The reasons that <see cref="UnplacedWish.Reason"/> can have.</summary>
public static class UnplacedReason
{
    public const string NoTeacher = "no-teacher";
    public const string NoCommonSlot = "no-common-slot";
    public const string TooFewPupils = "too-few-pupils";
    public const string GroupsFull = "groups-full";
    public const string Clash = "clash";
    public const string Outranked = "outranked";

    /// <summary>Nothing stands against it: said of a timetable that people have changed, or that a wish came to late.</summary>
    public const string PlaceFree = "place-free";
}

/// <summary>A change that would place the wish, each true as it stands against the proposal's final stages.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PupilSlots), "pupilSlots")]
[JsonDerivedType(typeof(Seat), "seat")]
[JsonDerivedType(typeof(Pupils), "pupils")]
[JsonDerivedType(typeof(Volunteer), "volunteer")]
public abstract record Remedy
{
    /// <summary>With these further slots the pupil fits that stage, which has a free seat.</summary>
    public sealed record PupilSlots(int Stage, string Week, int[] Slots) : Remedy;

    /// <summary>One more seat in that full stage.</summary>
    public sealed record Seat(int Stage) : Remedy;

    /// <summary>This free offer could open a stage for these unplaced wishes if <paramref name="Missing"/> more came.</summary>
    public sealed record Pupils(
        string Offer,
        string Subject,
        IReadOnlyList<string> Levels,
        string Week,
        int[] Slots,
        IReadOnlyList<string> Wishes,
        int Missing
    ) : Remedy;

    /// <summary>One more teacher at these slots would have this group.</summary>
    public sealed record Volunteer(string Subject, IReadOnlyList<string> Levels, string Week, int[] Slots, IReadOnlyList<string> Wishes)
        : Remedy;
}

/// <summary>A wish that the previous proposal placed elsewhere.</summary>
/// <param name="Wish">Id of the wish.</param>
/// <param name="From">The stage it had.</param>
/// <param name="To">Number of the stage it has now, or null if it lost its place.</param>
/// <param name="Why">One of <see cref="ChangeReason"/>.</param>
/// <param name="Text">The same in words.</param>
public sealed record Change(string Wish, StageReference From, int? To, string Why, LocalText Text);

/// <summary>A stage of the previous proposal, by what a family knows of it.</summary>
public sealed record StageReference(string Offer, string Week, int[] Modules);

/// <summary>Why a wish moved.</summary>
public static class ChangeReason
{
    /// <summary>The teacher withdrew, or is no longer available then.</summary>
    public const string TeacherGone = "teacher-gone";

    /// <summary>The pupil can no longer attend.</summary>
    public const string PupilChanged = "pupil-changed";

    /// <summary>The group fell under the minimum.</summary>
    public const string GroupTooSmall = "group-too-small";

    /// <summary>The place was needed for a wish that could go nowhere else.</summary>
    public const string MadeRoom = "made-room";
}
