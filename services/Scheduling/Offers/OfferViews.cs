namespace Stages.Scheduling.Offers;

/// <summary>Makes <see cref="OfferView"/>, and knows who sees it.</summary>
public static class OfferViews
{
    extension(OfferView)
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
                async offer => answer(OfferView.Of(offer, await context.Reads.LoadAsync<OfferTeacher>(offer.Id, context.Cancel)))
            );

        /// <summary>A teacher sees their own, a coordinator those of the territory; to others an offer does not exist.</summary>
        public static bool IsSeenBy(Offer offer, Caller caller) =>
            caller.IsTeacher ? offer.PersonId == caller.Id : caller.Covers(offer.SchoolUai);
    }
}
