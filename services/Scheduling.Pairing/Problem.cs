using System.Text.Json.Serialization;

namespace Stages.Pairing;

/// <summary>One campaign as the engine sees it (format <c>stages-pairing/1</c>): rules, pupils with wishes, teachers' offers.</summary>
/// <remarks>Slots are numbered <c>day * slotsPerDay + index of the day</c> from 0 within a week.</remarks>
public sealed record Problem(
    Rules Rules,
    IReadOnlyList<string> Levels,
    IReadOnlyList<string> Subjects,
    IReadOnlyList<Pupil> Pupils,
    IReadOnlyList<Offer> Offers
)
{
    public const string FormatName = "stages-pairing/1";

    [JsonPropertyOrder(-1)]
    public string Format { get; init; } = FormatName;
}

/// <summary>What a campaign allows: its grid, the size of stages and groups, and what a placed wish is worth.</summary>
/// <param name="GroupMax">The largest group of a teacher who says nothing else: what one more volunteer would have.</param>
public sealed record Rules(
    IReadOnlyList<string> Weeks,
    int Days,
    int SlotsPerDay,
    int GroupMin,
    int ModulesMin,
    int ModulesMax,
    int ModulesPerDayMax,
    bool SingleWeek,
    IReadOnlyList<IReadOnlyList<string>> AdjacentLevels,
    WishWeights Weights,
    IReadOnlyList<ClosedSlot>? Closed = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? GroupMax = null
)
{
    /// <summary>Two weeks of five days of four slots; three or four modules, one a day; groups from three; one week per pupil.</summary>
    public static Rules Default(IReadOnlyList<IReadOnlyList<string>> adjacentLevels) =>
        new(["A", "B"], 5, 4, 3, 3, 4, 1, SingleWeek: true, adjacentLevels, new WishWeights(10, 6));
}

/// <summary>A slot in which nobody meets, such as a public holiday.</summary>
public sealed record ClosedSlot(string Week, int Slot);

/// <summary>
/// A pupil's first placed wish counts priority × <paramref name="FirstWish"/>, each further one priority × <paramref
/// name="FurtherWish"/>.
/// </summary>
public sealed record WishWeights(int FirstWish, int FurtherWish);

/// <summary>A pupil: where they could go (2 = preferred week, 1 = possible, absent = not) and what they wish for.</summary>
/// <param name="Id">Unique among the pupils.</param>
/// <param name="Level">One of <see cref="Problem.Levels"/>.</param>
/// <param name="School">The school's UAI.</param>
/// <param name="Priority">What the campaign's ranking says of this pupil; larger comes first.</param>
/// <param name="EnrolledAt">Whose turn it is among equals: the smallest first (a draw by lot, a rank, a Unix time).</param>
/// <param name="Weeks">Week → 2 (preferred) or 1 (possible).</param>
/// <param name="Slots">Week → slots at which the pupil can attend.</param>
/// <param name="Wishes">Subjects wished for.</param>
/// <param name="Siblings">Same text for pupils of one family.</param>
/// <param name="SiblingsRule">What that family asks, one of <see cref="Vocabulary.SiblingsRule"/>; the same for all of it.</param>
public sealed record Pupil(
    string Id,
    string Level,
    string School,
    int Priority,
    long EnrolledAt,
    IReadOnlyDictionary<string, int> Weeks,
    IReadOnlyDictionary<string, int[]> Slots,
    IReadOnlyList<Wish> Wishes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Siblings = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SiblingsRule = null
);

/// <summary>One subject wanted by one pupil.</summary>
public sealed record Wish(string Id, string Subject);

/// <summary>A teacher's offer: what, when, how much, and to how many at once.</summary>
public sealed record Offer(
    string Id,
    IReadOnlyList<Teaching> Teaches,
    IReadOnlyDictionary<string, int[]> Slots,
    int StagesPerWeek,
    int GroupMax,
    IReadOnlyDictionary<string, int[]>? Preferred = null
);

/// <summary>A subject that a teacher teaches at these levels.</summary>
public sealed record Teaching(string Subject, IReadOnlyList<string> Levels);
