using System.Text.Json.Serialization;

namespace Stages.Api.Enrolment;

public sealed record Pupil(string FirstName, string LastName, string Level, string SchoolUai, int? BirthYear = null);

/// <param name="Email">Or a phone, or neither when a coordinator enrols from paper.</param>
/// <param name="Language"><c>fr</c> or <c>en</c>: in which this person is written to.</param>
public sealed record Guardian(string Name, string? Email = null, string? Phone = null, string Language = "fr");

public sealed record Wish(string Subject, int Rank);

public sealed record WeekWanted(string Label, [property: JsonConverter(typeof(WeekPreference))] int Preference);

/// <summary>What the pupil lacks.</summary>
public sealed record Equipment(bool Computer = false, bool Connection = false);

/// <summary>Body of the POST and of the PUT.</summary>
/// <param name="SiblingsTogether">As it was asked before there was a rule: true is <c>sameWeek</c>.</param>
/// <param name="SiblingsRule"><c>apart</c> (where nothing is said), <c>sameSlots</c>, <c>sameWeek</c> or <c>any</c>.</param>
/// <param name="IdentifiedBySchool">Only a coordinator may say it; it ranks the pupil before one who only volunteers.</param>
/// <param name="Marks">
/// Keyed fingerprints (of the INE, of name and date of birth) by which a school’s next list finds the pupil; only a coordinator says them.
/// </param>
/// <param name="AnotherChild">Somebody of that name, school and age is enrolled, and this is somebody else.</param>
/// <param name="AcceptLoss">The change is wanted although it costs a place in a published stage.</param>
public sealed record EnrolmentRequest(
    Pupil Pupil,
    Guardian[] Guardians,
    Wish[] Wishes,
    WeekWanted[] Weeks,
    Dictionary<string, string[]> Slots,
    bool? SiblingsTogether = null,
    Equipment? Equipment = null,
    bool Consent = false,
    bool? IdentifiedBySchool = null,
    string? SiblingsRule = null,
    string[]? Marks = null,
    bool? AnotherChild = null,
    bool? AcceptLoss = null
);

/// <summary>An enrolment as its family and coordinators read it.</summary>
/// <param name="Reference">Eight signs that can be dictated, one enrolment's alone: « 7F4K-2QXM ».</param>
/// <param name="Marks">For coordinators, see the request.</param>
/// <param name="PossibleDoubles">In a list of possible doubles: the standing enrolments that may be of the same child.</param>
/// <param name="MergedInto">Where its status is <c>merged</c>: the enrolment of the child that stands.</param>
public sealed record EnrolmentView(
    Guid Id,
    Guid CampaignId,
    string Status,
    long Version,
    Pupil Pupil,
    IReadOnlyList<Guardian> Guardians,
    IReadOnlyList<Wish> Wishes,
    IReadOnlyList<WeekWanted> Weeks,
    IReadOnlyDictionary<string, string[]> Slots,
    bool SiblingsTogether,
    Equipment Equipment,
    bool Consent,
    bool IdentifiedBySchool,
    DateTimeOffset SubmittedAt,
    DateTimeOffset ChangedAt,
    IReadOnlyList<PlacementView> Placements,
    string? SchoolNote = null,
    IReadOnlyList<ObjectionView>? Objections = null,
    string SiblingsRule = "any",
    string Reference = "",
    IReadOnlyList<string>? Marks = null,
    IReadOnlyList<Guid>? PossibleDoubles = null,
    Guid? MergedInto = null
);

/// <summary>Two enrolments are one child's, or two children's.</summary>
/// <param name="With">The other one: which ends in the addressed one, or is of another child.</param>
public sealed record ComparedEnrolment(Guid With);

/// <param name="Guardian">Name; null for whoever enrolled the pupil without being a guardian.</param>
public sealed record ObjectionView(string? Guardian, string Reason, DateTimeOffset At);

/// <param name="Reason">In the guardian's words; may be empty.</param>
public sealed record ObjectionRequest(string? Reason = null);

/// <param name="Note">Empty takes the note back.</param>
public sealed record SchoolNote(string? Note = null);
