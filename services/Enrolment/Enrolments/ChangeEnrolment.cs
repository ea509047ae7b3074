namespace Stages.Enrolments;

/// <summary>A family changes wishes, slots or addresses; a coordinator may also say that the school has identified the pupil.</summary>
public static class ChangeEnrolment
{
    public static Decision Decide(
        Enrolment? state,
        EnrolmentContent content,
        bool? identified,
        Campaign? campaign,
        School? school,
        Caller caller,
        DateTimeOffset now,
        bool acceptLoss = false
    )
    {
        if (state is null || !EnrolmentAccess.MayRead(caller, state))
            return new NotFound();
        if (!state.IsStanding)
            return new NotStanding();
        content = Family.KeepOthers(content, state, caller) with { Marks = content.Marks ?? state.Content.Marks };
        // A family repeats in its PUT what the coordinator decided; it may not turn it on by itself.
        if (caller.IsFamily && identified == state.IdentifiedBySchool)
            identified = null;
        if (EnrolmentRules.Check(content, campaign, school, caller, identified, now) is { } refusal)
            return refusal;
        if (!acceptLoss && LostPlaces.Of(state, content, campaign!) is { Count: > 0 } lost)
            return new PlacesWouldBeLost(lost);

        var known = identified ?? state.IdentifiedBySchool;
        return Decision.Of(new EnrolmentChanged(content, EnrolmentRules.PriorityOf(school, known), known, Author.Of(caller), now));
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPut(
                "/api/enrolments/{id:guid}",
                async (
                    Guid id,
                    EnrolmentRequest request,
                    CampaignCatalogue campaigns,
                    SchoolDirectory schools,
                    NamedAddresses named,
                    [AsParameters] CommandContext context
                ) =>
                {
                    var content = request.ToContent(context.Caller);
                    var school = await schools.Find(content.Pupil.SchoolUai);
                    var outcome = await context.Decide<Enrolment>(
                        id,
                        async (_, state) =>
                        {
                            var campaign = state is null ? null : await campaigns.Find(state.CampaignId);
                            var decision = Decide(
                                state,
                                content,
                                request.IdentifiedBySchool,
                                campaign,
                                school,
                                context.Caller,
                                context.Now,
                                request.AcceptLoss == true
                            );
                            if (decision.Refusal is not null)
                                return decision;
                            var recipients = FamilyCaps.NewRecipients(content, [state!.Content], context.Caller);
                            return await named.Take(context.Caller.Id, context.Client, recipients, context.Cancel) is { } spent
                                ? spent
                                : decision;
                        }
                    );
                    return await EnrolmentAccess.Answer(outcome, context);
                }
            )
            .For(Roles.Family, Roles.Coordinator)
            .Validated<EnrolmentRequest>()
            .WithSummary("Change an enrolment")
            .ReadsEnrolment()
            .Produces<EnrolmentView>()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(412)
            .ProducesProblem(422)
            .ProducesProblem(429);
}
