namespace Stages.Enrolments;

/// <summary>A family enrols a pupil, or a coordinator does it on its behalf. Durable before it is answered; pairing comes later.</summary>
public static class SubmitEnrolment
{
    /// <param name="like">In this campaign: the caller's own, and those of children like this one.</param>
    /// <param name="isAnother">The caller says that it is somebody else than whoever is enrolled.</param>
    public static Decision Decide(
        EnrolmentContent content,
        bool? identified,
        Campaign? campaign,
        School? school,
        Caller caller,
        DateTimeOffset now,
        IReadOnlyCollection<Enrolment>? like = null,
        Caps? caps = null,
        bool isAnother = false
    )
    {
        if (EnrolmentRules.Check(content, campaign, school, caller, identified, now) is { } refusal)
            return refusal;
        if (Doubles.Check(content, like ?? [], caller, isAnother) is { } already)
            return already;
        if (FamilyCaps.Check([.. (like ?? []).Where(e => e.FamilyIds.Contains(caller.Id))], caller, caps ?? new Caps()) is { } tooMany)
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
                    var content = request.ToContent(context.Caller);
                    var campaign = await campaigns.Find(campaignId);
                    var school = await schools.Find(content.Pupil.SchoolUai);
                    var id = Guid.CreateVersion7(now);
                    // The campaign is looked at here: to look both up would read all of it, and a family has few.
                    var like = (await family.Of(context.Caller.Id, Doubles.KeyOf(campaignId, content.Pupil), cancel))
                        .Where(e => e.CampaignId == campaignId)
                        .ToList();
                    var another = request.AnotherChild ?? false;
                    var decision = Decide(content, request.IdentifiedBySchool, campaign, school, context.Caller, now, like, caps, another);
                    if (decision.Refusal is null)
                    {
                        var recipients = FamilyCaps.NewRecipients(
                            content,
                            like.Where(e => e.FamilyIds.Contains(context.Caller.Id)).Select(e => e.Content),
                            context.Caller
                        );
                        if (await named.Take(context.Caller.Id, context.Client, recipients, cancel) is { } spent)
                            decision = spent;
                    }
                    var outcome = await context.Journal.Start<Enrolment>(id, decision, context.Key.Answering(request, id, now), cancel);
                    if (!outcome.Repeated)
                        EnrolmentFigures.Sent(outcome.Refusal?.Code);
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
