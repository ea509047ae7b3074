namespace Stages.Scheduling.Offers;

/// <summary>Makes <see cref="OfferView"/>, and knows who sees it.</summary>
public static class OfferViews
{
    extension(OfferView)
    {
        /// <param name="plan">Of its campaign.</param>
        /// <param name="reader">A teacher reads of the decision why they are refused, and no more.</param>
        public static OfferView Of(Offer offer, CampaignPlan? plan, OfferTeacher? teacher, TeacherStanding? standing, Caller? reader) =>
            new(
                offer.Id,
                offer.CampaignId,
                teacher is null
                    ? null
                    : new TeacherView(
                        teacher.Name,
                        teacher.Email,
                        teacher.Phone,
                        offer.SchoolUai,
                        teacher.Language,
                        teacher.Given,
                        teacher.Family
                    ),
                offer.Terms.Teaches,
                offer.Terms.Slots,
                offer.Terms.Limits,
                offer.Withdrawn ? "withdrawn" : "active",
                offer.Version,
                CodeOf(offer.Acceptance),
                standing is null ? null : DecisionOf(standing, reader),
                offer.DeclaredAt,
                offer.Withdrawn || plan is null ? [] : OfferWarnings.Of(plan, offer.Terms)
            );

        public static string CodeOf(Acceptance acceptance) =>
            acceptance switch
            {
                Acceptance.Accepted => "accepted",
                Acceptance.Refused => "refused",
                _ => "waiting",
            };

        public static Task<IResult> Answer(Outcome outcome, CommandContext context, Func<OfferView, IResult> answer) =>
            context.Answer<Offer>(
                outcome,
                offer => offer.Version,
                async offer => answer((await ReadOffers.Describe(context.Reads, [offer], context.Caller, context.Cancel))[0])
            );

        /// <summary>A teacher sees their own, a coordinator those of the territory; to others an offer does not exist.</summary>
        public static bool IsSeenBy(Offer offer, Caller caller) =>
            caller.IsTeacher ? offer.PersonId == caller.Id : caller.Covers(offer.SchoolUai);
    }

    private static AcceptanceView DecisionOf(TeacherStanding standing, Caller? reader) =>
        reader is { IsCoordinator: true }
            ? new AcceptanceView(
                standing.Ground?.Through,
                standing.Refusal ?? standing.Ground?.Reason,
                standing.Ground?.IdentitySeen == true,
                standing.Ground?.School,
                standing.Ground?.CheckedOn,
                standing.By.Name,
                standing.At
            )
            : new AcceptanceView(null, standing.Refusal, false, null, null, null, standing.At);
}
