using System.Text.Json.Serialization;

namespace Stages.Enrolments;

public sealed record Pupil(string FirstName, string LastName, string Level, string SchoolUai, int? BirthYear = null);

/// <param name="Email">Or a phone, or neither when a coordinator enrols from paper.</param>
/// <param name="Language"><c>fr</c> or <c>en</c>: in which this person is written to.</param>
public sealed record Guardian(string Name, string? Email = null, string? Phone = null, string Language = "fr");

public sealed record Wish(string Subject, int Rank);

public sealed record WeekWanted(string Label, [property: JsonConverter(typeof(WeekPreference))] int Preference);

public sealed record Equipment(bool Computer = false, bool Connection = false);

/// <summary>What a family says, as it stands in requests, events and answers.</summary>
public sealed record EnrolmentContent(
    Pupil Pupil,
    Guardian[] Guardians,
    Wish[] Wishes,
    WeekWanted[] Weeks,
    Dictionary<string, string[]> Slots,
    bool SiblingsTogether,
    Equipment Equipment,
    bool Consent
);
