namespace Stages.Enrolments;

/// <summary>A family enrols a pupil, or a coordinator does it on its behalf. Durable before it is answered; pairing comes later.</summary>
public static class SubmitEnrolment
{
    public static Decision Decide(
        EnrolmentContent content,
        bool? identified,
        Campaign? campaign,
        School? school,
        Caller caller,
        DateTimeOffset now,
        IReadOnlyCollection<Enrolment>? own = null,
        Caps? caps = null
    )
    {
        if (EnrolmentRules.Check(content, campaign, school, caller, identified, now) is { } refusal)
            return refusal;
        if (FamilyCaps.Check(content, own ?? [], caller, caps ?? new Caps()) is { } tooMany)
            return tooMany;
        return Decision.Of(
            new EnrolmentSubmitted(
                campaign!.Id,
                content,
                EnrolmentRules.PriorityOf(school, identified ?? false),
                identified ?? false,
                Author.Of(caller),
                now
            )
        );
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/campaigns/{campaignId:guid}/enrolments",
                async (
                    Guid campaignId,
                    EnrolmentRequest request,
                    CampaignCatalogue campaigns,
                    SchoolDirectory schools,
                    Caps caps,
                    NamedAddresses named,
                    OwnEnrolments family,
                    [AsParameters] CommandContext context
                ) =>
                {
                    var (now, cancel) = (context.Now, context.Cancel);
                    var content = request.ToContent();
                    var campaign = await campaigns.Find(campaignId);
                    var school = await schools.Find(content.Pupil.SchoolUai);
                    var id = Guid.CreateVersion7(now);
                    // The campaign is looked at here: to look both up would read all of it, and a family has few.
                    var own = context.Caller.IsFamily
                        ? (await family.Of(context.Caller.Id, cancel)).Where(e => e.CampaignId == campaignId).ToList()
                        : [];
                    var decision = Decide(content, request.IdentifiedBySchool, campaign, school, context.Caller, now, own, caps);
                    if (decision.Refusal is null)
                    {
                        var recipients = FamilyCaps.NewRecipients(content, own.Select(e => e.Content), context.Caller);
                        if (await named.Take(context.Caller.Id, context.Client, recipients, cancel) is { } spent)
                            decision = spent;
                    }
                    var outcome = await context.Journal.Start<Enrolment>(id, decision, context.Key.Answering(request, id, now), cancel);
                    if (outcome.Refusal is { } refusal)
                        return refusal.AsProblem();

                    // A repeated request gets what stands now; a new one what its own event says, without asking the database again.
                    var enrolment = outcome.Repeated
                        ? await context.Reads.LoadAsync<Enrolment>(outcome.Id, cancel)
                        : Enrolment.Begin(id, (EnrolmentSubmitted)decision.Events[0]);
                    context.Http.SetETag(enrolment!.Version);
                    return Results.Created($"/api/enrolments/{enrolment.Id}", EnrolmentView.Of(enrolment, context.Caller));
                }
            )
            .For(Roles.Family, Roles.Coordinator)
            .Validated<EnrolmentRequest>()
            .WithSummary("Enrol a pupil")
            .ReadsEnrolment()
            .Produces<EnrolmentView>(201)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422)
            .ProducesProblem(429);
}
