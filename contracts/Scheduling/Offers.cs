namespace Stages.Contracts.Scheduling;

/// <summary>A teacher offered, or changed the offer: the address at which they are told about it and their stages.</summary>
/// <param name="What"><c>declared</c> or <c>changed</c>.</param>
/// <param name="Waiting">It counts for nothing before a coordinator has accepted the teacher.</param>
/// <param name="By">The teacher's account when they did it themselves, signed in with that address; null for a coordinator.</param>
public sealed record OfferDeclared(
    Guid OfferId,
    Guid CampaignId,
    long Version,
    string What,
    Guid? PersonId,
    string TeacherName,
    string Email,
    string? Phone,
    string Language,
    IReadOnlyList<string> Subjects,
    DateTimeOffset At,
    bool Waiting = false,
    Guid? By = null
);

/// <summary>
/// It was decided whether somebody is accepted as a teacher, whom this was still to be told; valid for whatever else they offer.
/// </summary>
/// <param name="OfferId">The offer with which the question came.</param>
/// <param name="Version">Of the decision; a later one about the same person has a larger one.</param>
/// <param name="Answer"><c>accepted</c> or <c>refused</c>, which an acceptance taken back is too.</param>
/// <param name="Reason">Of a refusal, told as it stands.</param>
public sealed record TeacherAnswered(Guid OfferId, Guid CampaignId, long Version, string Answer, string? Reason, DateTimeOffset At);

/// <summary>A teacher withdrew; each published stage of theirs is followed by its own message.</summary>
public sealed record OfferWithdrawn(Guid OfferId, Guid CampaignId, long Version, DateTimeOffset At);

/// <summary>
/// The teacher of an offer was forgotten, on their wish or because it is long ago: forget every address and name kept for it.
/// </summary>
public sealed record OfferForgotten(Guid OfferId, Guid CampaignId, long Version);

/// <summary>A coordinator asks a teacher to take over a stage.</summary>
/// <param name="AnswerBefore">After this instant the next teacher may be asked.</param>
public sealed record SubstituteInvited(Guid StageId, Guid CampaignId, Guid OfferId, DateTimeOffset AnswerBefore);

/// <summary>Teachers have waited for days to be accepted: the coordinators are reminded, once a day.</summary>
/// <param name="Since">Since when the first of them waits; null when it was before that was noted.</param>
/// <param name="Places">How many at which school, so that each territory hears of its own; null from a publisher that did not say.</param>
public sealed record TeachersWaiting(
    Guid CampaignId,
    int Count,
    DateTimeOffset? Since,
    DateTimeOffset At,
    IReadOnlyList<TeachersWaitingAt>? Places = null
);

/// <param name="School">Its number, or how that begins where there are many; null of teachers who told none.</param>
public sealed record TeachersWaitingAt(string? School, int Count);
