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
        DateTimeOffset now
    )
    {
        if (EnrolmentRules.Check(content, campaign, school, caller, identified, now) is { } refusal)
            return refusal;
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
                    [AsParameters] CommandContext context
                ) =>
                {
                    var (now, cancel) = (context.Now, context.Cancel);
                    var content = request.ToContent();
                    var campaign = await campaigns.Find(campaignId);
                    var school = await schools.Find(content.Pupil.SchoolUai);
                    var id = Guid.CreateVersion7(now);
                    var decision = Decide(content, request.IdentifiedBySchool, campaign, school, context.Caller, now);
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
            .ProducesProblem(422);
}
