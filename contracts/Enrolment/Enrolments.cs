namespace Stages.Contracts.Enrolment;

/// <summary>One subject wanted by one pupil; rank 1 is the most wanted.</summary>
public sealed record WishMade(string Subject, int Rank);

/// <summary>A week at which the pupil can come: preference 2 = preferred, 1 = possible; slots are codes such as <c>MON-09:00</c>.</summary>
public sealed record WeekChoice(string Label, int Preference, IReadOnlyList<string> Slots);

/// <summary>A guardian does not agree with the enrolment; why is read in its file alone.</summary>
public sealed record GuardianObjected(Guid EnrolmentId, Guid CampaignId, string SchoolUai, DateTimeOffset At);

/// <summary>An enrolment was accepted. Holds what pairing needs and nothing that names the pupil.</summary>
/// <param name="Version">Grows with each change of the enrolment: a reader ignores what is older than what it knows.</param>
/// <param name="Priority">Weight of the pupil in the rules of ranking, 1 or more.</param>
/// <param name="SiblingGroup">Equal for siblings.</param>
/// <param name="Child">Equal for one child of one family in several campaigns; says of nobody who it is.</param>
/// <param name="SiblingsRule">
/// What their family asks: <c>apart</c>, <c>sameSlots</c>, <c>sameWeek</c> (where none is said) or <c>any</c>.
/// </param>
public sealed record EnrolmentSubmitted(
    Guid EnrolmentId,
    Guid CampaignId,
    long Version,
    string Level,
    string SchoolUai,
    int Priority,
    DateTimeOffset EnrolledAt,
    IReadOnlyList<WeekChoice> Weeks,
    Guid? SiblingGroup,
    IReadOnlyList<WishMade> Wishes,
    string? SiblingsRule = null,
    Guid? Child = null
)
{
    /// <summary>For readers to whom an enrolment's first content is like any later one.</summary>
    public EnrolmentChanged AsChanged() =>
        new(EnrolmentId, CampaignId, Version, Level, SchoolUai, Priority, EnrolledAt, Weeks, SiblingGroup, Wishes, SiblingsRule, Child);
}

/// <summary>An enrolment was changed; the whole of its present content.</summary>
public sealed record EnrolmentChanged(
    Guid EnrolmentId,
    Guid CampaignId,
    long Version,
    string Level,
    string SchoolUai,
    int Priority,
    DateTimeOffset EnrolledAt,
    IReadOnlyList<WeekChoice> Weeks,
    Guid? SiblingGroup,
    IReadOnlyList<WishMade> Wishes,
    string? SiblingsRule = null,
    Guid? Child = null
);

/// <summary>An enrolment asks for nothing any more, as its family withdrew it: its places are free again.</summary>
/// <param name="MergedInto">The enrolment of the same child in which it ended; then nobody asked for anything to end.</param>
public sealed record EnrolmentWithdrawn(Guid EnrolmentId, Guid CampaignId, long Version, Guid? MergedInto = null);

/// <summary>A family accepted a place that it was offered.</summary>
public sealed record PlacementConfirmed(Guid EnrolmentId, Guid CampaignId, Guid StageId, string Subject);

/// <summary>A family refused a place, which is free again.</summary>
public sealed record PlacementDeclined(Guid EnrolmentId, Guid CampaignId, Guid StageId, string Subject);

/// <summary>Who is to be told about an enrolment. <paramref name="PersonId"/> is the account derived from the address.</summary>
public sealed record GuardianToTell(Guid? PersonId, string Name, string? Email, string? Phone, string Language);

/// <summary>
/// Something happened to an enrolment that its guardians are told at once. The only contract that carries their addresses.
/// </summary>
/// <param name="What">
/// <c>submitted</c>, <c>changed</c>, <c>withdrawn</c>; <c>declined</c>, with the wish whose place was given up; <c>guardian-left</c>, told
/// to who is left; <c>merged</c>, two enrolments of the child are one now; <c>merged-into</c>, of the one that ended, which tells nobody.
/// </param>
/// <param name="SchoolUai">The pupil's school: which coordinators see in the delivery log whether the family was reached.</param>
/// <param name="By">The account of the family that did it, signed in with the address that is its account; null for anybody else.</param>
/// <param name="PupilLastName">Tells two children of a family apart who have one first name; not written otherwise.</param>
/// <param name="Accounts">Everyone whose calendar shows this pupil: the guardians, and whoever enrolled without being one of them.</param>
public sealed record EnrolmentAcknowledged(
    Guid EnrolmentId,
    Guid CampaignId,
    long Version,
    string What,
    string PupilFirstName,
    string Level,
    IReadOnlyList<WishMade> Wishes,
    IReadOnlyList<GuardianToTell> Guardians,
    DateTimeOffset At,
    string? SchoolUai = null,
    IReadOnlyList<Guid>? Accounts = null,
    Guid? By = null,
    string? PupilLastName = null
);

/// <summary>A family's data was erased on its request: forget every address and name kept for it.</summary>
public sealed record EnrolmentErased(Guid EnrolmentId, Guid CampaignId, long Version);
