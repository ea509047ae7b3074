using Stages.ServiceDefaults;

namespace Stages.Scheduling.Offers;

public sealed record TeacherView(string Name, string Email, string? Phone, string? SchoolUai, string Language);

/// <summary>An offer as its teacher and coordinators see it.</summary>
/// <param name="Teacher">Null once the teacher's data was erased.</param>
/// <param name="Status"><c>active</c> or <c>withdrawn</c>.</param>
public sealed record OfferView(
    Guid Id,
    Guid CampaignId,
    TeacherView? Teacher,
    IReadOnlyList<Teaching> Teaches,
    IReadOnlyDictionary<string, IReadOnlyList<OfferedSlot>> Slots,
    Limits Limits,
    string Status,
    long Version
)
{
    public static OfferView Of(Offer offer, OfferTeacher? teacher) =>
        new(
            offer.Id,
            offer.CampaignId,
            teacher is null ? null : new TeacherView(teacher.Name, teacher.Email, teacher.Phone, offer.SchoolUai, teacher.Language),
            offer.Terms.Teaches,
            offer.Terms.Slots,
            offer.Terms.Limits,
            offer.Withdrawn ? "withdrawn" : "active",
            offer.Version
        );

    public static Task<IResult> Answer(Outcome outcome, CommandContext context, Func<OfferView, IResult> answer) =>
        context.Answer<Offer>(
            outcome,
            offer => offer.Version,
            async offer => answer(Of(offer, await context.Reads.LoadAsync<OfferTeacher>(offer.Id, context.Cancel)))
        );

    /// <summary>A teacher sees their own, a coordinator those of the territory; to others an offer does not exist.</summary>
    public static bool IsSeenBy(Offer offer, Caller caller) =>
        caller.IsTeacher ? offer.PersonId == caller.Id : caller.Covers(offer.SchoolUai);
}
