namespace Stages.Contracts.Scheduling;

/// <summary>A teacher offered, or changed the offer: the address at which they are told about it and their stages.</summary>
/// <param name="What"><c>declared</c> or <c>changed</c>.</param>
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
    DateTimeOffset At
);

/// <summary>A teacher withdrew; each published stage of theirs is followed by its own message.</summary>
public sealed record OfferWithdrawn(Guid OfferId, Guid CampaignId, long Version, DateTimeOffset At);

/// <summary>A coordinator asks a teacher to take over a stage.</summary>
/// <param name="AnswerBefore">After this instant the next teacher may be asked.</param>
public sealed record SubstituteInvited(Guid StageId, Guid CampaignId, Guid OfferId, DateTimeOffset AnswerBefore);
