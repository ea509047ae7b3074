namespace Stages.Api.Scheduling;

/// <param name="FirstName">As the teacher wrote it in a field of its own; null where only the whole name is known.</param>
/// <param name="LastName">The same of the family name.</param>
public sealed record TeacherView(
    string Name,
    string Email,
    string? Phone,
    string? SchoolUai,
    string Language,
    string? FirstName = null,
    string? LastName = null
);

public sealed record Teaching(string Subject, IReadOnlyList<string> Levels);

/// <param name="Slot">Code such as <c>MON-09:00</c>.</param>
/// <param name="Preference"><c>preferred</c> or <c>possible</c>.</param>
public sealed record OfferedSlot(string Slot, string Preference);

/// <param name="StagesPerWeek">How many stages the teacher takes in a week at most.</param>
/// <param name="GroupMax">Largest group; null: the campaign's.</param>
public sealed record Limits(int StagesPerWeek, int? GroupMax);

/// <summary>An offer as its teacher and coordinators see it.</summary>
/// <param name="Teacher">Null once the teacher's data was erased.</param>
/// <param name="Slots">Week to the slots at which the teacher is available; a week that is absent is not offered.</param>
/// <param name="Status"><c>active</c> or <c>withdrawn</c>.</param>
/// <param name="Acceptance">
/// How its teacher stands: <c>waiting</c>, <c>accepted</c> or <c>refused</c>. Only an accepted teacher's offer counts.
/// </param>
/// <param name="Accepted">Why and by whom that was decided; null while they wait. A teacher reads the reason of a refusal alone.</param>
/// <param name="OfferedAt">Since when it stands; null for one of before that was noted.</param>
public sealed record OfferView(
    Guid Id,
    Guid CampaignId,
    TeacherView? Teacher,
    IReadOnlyList<Teaching> Teaches,
    IReadOnlyDictionary<string, IReadOnlyList<OfferedSlot>> Slots,
    Limits Limits,
    string Status,
    long Version,
    string Acceptance = "waiting",
    AcceptanceView? Accepted = null,
    DateTimeOffset? OfferedAt = null,
    IReadOnlyList<OfferWarning>? Warnings = null
);

/// <summary>Why the offer can serve nothing, or one of its weeks cannot, by the campaign's rules as they stand.</summary>
/// <param name="Field">What to change: <c>slots.A</c>, <c>limits.groupMax</c>.</param>
/// <param name="Code"><c>too-few-days</c>, <c>group-too-small</c> or <c>no-stage</c>.</param>
public sealed record OfferWarning(string Field, string Code, string Text);

/// <param name="Through">
/// <c>provider</c> (the sign-in of the académie), <c>domain</c> (an address that the campaign trusts) or <c>coordinator</c>.
/// </param>
/// <param name="Reason">Of a coordinator, in their words; else the provider or the domain.</param>
/// <param name="School">As the coordinator wrote it: a UAI or a name.</param>
/// <param name="CheckedOn">When it was last looked up that the person may work with minors.</param>
/// <param name="By">The coordinator's name.</param>
public sealed record AcceptanceView(
    string? Through,
    string? Reason,
    bool IdentitySeen,
    string? School,
    DateOnly? CheckedOn,
    string? By,
    DateTimeOffset At
);

/// <summary>A coordinator accepts the person behind an offer, and says why.</summary>
/// <param name="IdentitySeen">They showed who they are.</param>
/// <param name="School">Where they work: a UAI or a name.</param>
/// <param name="CheckedOn">The date of the check of honourability; none to come.</param>
public sealed record AcceptTeacher(string? Reason = null, bool IdentitySeen = false, string? School = null, DateOnly? CheckedOn = null);

/// <summary>A coordinator refuses the person behind an offer, or takes an acceptance back.</summary>
/// <param name="Reason">The teacher is told it as it stands.</param>
public sealed record RefuseTeacher(string? Reason = null);

/// <param name="Name">The whole name; may be left out where both its parts are given, and goes before them where it says another.</param>
/// <param name="FirstName">What families are told; absent, it is looked for in the whole name.</param>
public sealed record TeacherForm(
    string? Name = null,
    string? Email = null,
    string? Phone = null,
    string? SchoolUai = null,
    string? Language = null,
    string? FirstName = null,
    string? LastName = null
);

public sealed record TeachingForm(string? Subject = null, IReadOnlyList<string>? Levels = null);

public sealed record SlotForm(string? Slot = null, string? Preference = null);

public sealed record LimitsForm(int? StagesPerWeek = null, int? GroupMax = null);

/// <summary>What declares and changes an offer. A slot marked <c>impossible</c> is the same as one left out.</summary>
public record OfferForm
{
    public TeacherForm? Teacher { get; init; }

    public IReadOnlyList<TeachingForm>? Teaches { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<SlotForm>>? Slots { get; init; }

    public LimitsForm? Limits { get; init; }
}
