using Stages.Pairing;
using Stages.Scheduling.Offers;
using Offer = Stages.Scheduling.Offers.Offer;

namespace Stages.Scheduling.Timetables;

public sealed record NoSubstitute()
    : Refusal(
        RefusalKind.Conflict,
        "no-substitute",
        "Aucun autre enseignant n’enseigne cette matière en étant libre à toutes les séances.",
        "No other teacher teaches this subject and is free at all sessions."
    );

public sealed record NotInvited()
    : Refusal(
        RefusalKind.Conflict,
        "not-invited",
        "Cette invitation n’existe plus : le stage a peut-être déjà trouvé son enseignant.",
        "This invitation no longer stands: the stage may have found its teacher already."
    );

/// <summary>A teacher falls ill or withdraws: candidates are found, invited, and take the stage over.</summary>
public static class Substitutes
{
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromHours(24);

    private const int Most = 10;

    /// <summary>Before a class somebody else may still be asked, and the families told, if there is time for it.</summary>
    private static readonly TimeSpan BeforeClass = TimeSpan.FromHours(1);

    /// <summary>A day; sooner where a class is held before, and until it begins where it begins at once.</summary>
    /// <param name="next">When the stage's next module begins.</param>
    public static DateTimeOffset Until(DateTimeOffset? next, DateTimeOffset now) =>
        next is not { } begins || begins <= now ? now + TimeToAnswer
        : begins - now > TimeToAnswer + BeforeClass ? now + TimeToAnswer
        : begins - now > 2 * BeforeClass ? begins - BeforeClass
        : begins;

    /// <param name="next">When its next module begins; null when none is left.</param>
    /// <returns>Who is invited.</returns>
    public static Decision<Guid> Invite(
        Stage stage,
        IReadOnlyList<Guid> candidates,
        InviteSubstitute command,
        Actor by,
        DateTimeOffset now,
        DateTimeOffset? next = null
    )
    {
        if (!stage.IsLive)
            return new StageIs(StageView.StatusOf(stage));
        if (command.AnswerBefore <= now)
            return new FieldsRefused([
                new(
                    "answerBefore",
                    "past",
                    "La date limite de réponse est déjà passée.",
                    "The time until which to answer has already passed."
                ),
            ]);
        Guid? chosen = command.OfferId is { } wanted
            ? candidates.Contains(wanted)
                ? wanted
                : null
            : candidates.Where(c => !stage.Invitations.Any(i => i.OfferId == c && i.AnswerBefore > now)).Cast<Guid?>().FirstOrDefault();
        return chosen is { } offer
            ? Decision.Of(new SubstituteInvited(offer, command.AnswerBefore ?? Until(next, now), by, now)).Giving(offer)
            : new NoSubstitute();
    }

    /// <param name="conflicts">What the stage would break with this teacher and does not break now.</param>
    public static Decision Accept(Stage stage, Guid offer, IReadOnlyList<Conflict> conflicts, Actor by, DateTimeOffset now)
    {
        if (stage.IsLive && stage.OfferId == offer && !stage.TeacherGone)
            return Decision.Nothing;
        if (!stage.IsLive || !stage.Invitations.Any(i => i.OfferId == offer && i.AnswerBefore > now))
            return new NotInvited();
        return conflicts.Count > 0 ? new InConflict(conflicts) : Decision.Of(new TeacherReplaced(offer, by, now));
    }

    public static Decision Refuse(Stage stage, Guid offer, Actor by, DateTimeOffset now) =>
        stage.Invitations.Any(i => i.OfferId == offer) ? Decision.Of(new SubstituteDeclined(offer, by, now)) : new NotInvited();

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/stages/{id:guid}/substitutes",
                async (Guid id, Caller caller, IQuerySession reads, CancellationToken cancel) =>
                    await ReadStages.One(reads, id, caller, cancel) is null
                        ? new NotFound().AsProblem()
                        : Results.Ok(await Describe(reads, (await reads.LoadAsync<Stage>(id, cancel))!, null, caller, cancel))
            )
            .For(Roles.Coordinator)
            .Produces<SubstitutesView>();

        app.MapPost(
                "/api/stages/{id:guid}/substitutes",
                async (Guid id, InviteSubstitute? request, [AsParameters] CommandContext context) =>
                {
                    var (reads, cancel) = (context.Reads, context.Cancel);
                    var outcome = await StageCommands.Decide<Guid>(
                        id,
                        context,
                        async (documents, stage, campaign) =>
                            Invite(
                                stage,
                                [
                                    .. (await Options(documents, campaign.Plan, stage, context.Caller, cancel)).Select(o =>
                                        Guid.Parse(o.Offer)
                                    ),
                                ],
                                request ?? new InviteSubstitute(null, null),
                                Actor.Of(context.Caller),
                                context.Now,
                                Next(campaign.Plan, stage, context.Now)
                            )
                    );
                    if (outcome.Refusal is not null)
                        return outcome.Refusal.AsProblem();
                    context.Http.SetETag(outcome.Version);
                    var stage = (await reads.LoadAsync<Stage>(id, cancel))!;
                    return Results.Ok(await Describe(reads, stage, outcome.Result, context.Caller, cancel));
                }
            )
            .For(Roles.Coordinator)
            .Produces<SubstitutesView>();

        app.MapPost(
                "/api/stages/{id:guid}/substitutes/{offerId:guid}/accept",
                (Guid id, Guid offerId, [AsParameters] CommandContext context) =>
                    Answer(
                        id,
                        offerId,
                        context,
                        async (session, stage, campaign) =>
                        {
                            var pupils = stage.Seats.Select(s => s.EnrolmentId).ToArray();
                            var around = await Around.Read(session, campaign.Plan, stage.CampaignId, offerId, pupils, context.Cancel);
                            var conflicts = Conflicts.Added(
                                Conflicts.Of(stage, around with { Offer = null }),
                                Conflicts.Of(stage with { OfferId = offerId }, around)
                            );
                            return Accept(stage, offerId, conflicts, Actor.Of(context.Caller), context.Now);
                        }
                    )
            )
            .For(Roles.Teacher, Roles.Coordinator)
            .Produces(204);

        app.MapPost(
                "/api/stages/{id:guid}/substitutes/{offerId:guid}/decline",
                (Guid id, Guid offerId, [AsParameters] CommandContext context) =>
                    Answer(
                        id,
                        offerId,
                        context,
                        (_, stage, _) => ValueTask.FromResult(Refuse(stage, offerId, Actor.Of(context.Caller), context.Now))
                    )
            )
            .For(Roles.Teacher, Roles.Coordinator)
            .Produces(204);

        app.MapGet(
                "/api/me/invitations",
                async (Caller caller, IQuerySession reads, TimeProvider clock, CancellationToken cancel) =>
                {
                    var mine = (await reads.Query<Offer>().Where(o => o.PersonId == caller.Id).Counting().ToListAsync(cancel)).ToDictionary(
                        o => o.Id
                    );
                    var found = new List<InvitationView>();
                    foreach (var campaign in mine.Values.GroupBy(o => o.CampaignId))
                    {
                        var plan = (await reads.LoadAsync<Campaign>(campaign.Key, cancel))!.Plan;
                        var stages = await reads
                            .Query<Stage>()
                            .Where(s => s.CampaignId == campaign.Key && s.Status != StageStatus.Cancelled && s.Invitations.Any())
                            .ToListAsync(cancel);
                        foreach (var stage in stages)
                            found.AddRange(
                                stage
                                    .Invitations.Where(i => mine.ContainsKey(i.OfferId) && i.AnswerBefore > clock.GetUtcNow())
                                    .Select(i => new InvitationView(
                                        stage.Id,
                                        stage.CampaignId,
                                        i.OfferId,
                                        stage.Subject,
                                        string.Join('-', stage.Levels),
                                        stage.Week,
                                        StageView.Of(stage, plan, null, null).Modules,
                                        stage.Seats.Count,
                                        i.AnswerBefore
                                    ))
                            );
                    }
                    return Results.Ok(new Page<InvitationView>(found, null));
                }
            )
            .For(Roles.Teacher)
            .Produces<Page<InvitationView>>();
    }

    private static DateTimeOffset? Next(CampaignPlan plan, Stage stage, DateTimeOffset now) =>
        stage.Modules.Select(m => (DateTimeOffset?)ModuleTime.Of(plan, stage.Week, m.Slot).StartsAt).Where(begins => begins > now).Min();

    /// <summary>The teacher of the invited offer answers; a coordinator may on their behalf, by telephone.</summary>
    private static async Task<IResult> Answer(
        Guid id,
        Guid offerId,
        CommandContext context,
        Func<IQuerySession, Stage, Campaign, ValueTask<Decision>> decide
    )
    {
        if (await context.Reads.LoadAsync<Offer>(offerId, context.Cancel) is not { } offer || !OfferView.IsSeenBy(offer, context.Caller))
            return new NotFound().AsProblem();
        // Whatever version they saw: a teacher answers an invitation, not what else became of the stage.
        var outcome = await context.Journal.Decide<Stage>(
            id,
            async (reading, stage) =>
            {
                if (stage is null || stage.CampaignId != offer.CampaignId)
                    return new NotFound();
                var campaign = (await reading.Load<Campaign>(stage.CampaignId))!;
                return campaign.IsClosed ? new CampaignIsClosed() : await decide(reading.Documents, stage, campaign);
            },
            under: Locks.Timetable(offer.CampaignId),
            cancel: context.Cancel
        );
        return outcome.Refusal is not null ? outcome.Refusal.AsProblem() : Results.NoContent();
    }

    private static async Task<SubstitutesView> Describe(
        IQuerySession reads,
        Stage stage,
        Guid? invited,
        Caller caller,
        CancellationToken cancel
    )
    {
        var plan = (await reads.LoadAsync<Campaign>(stage.CampaignId, cancel))!.Plan;
        var options = await Options(reads, plan, stage, caller, cancel);
        var teachers = (await reads.LoadManyAsync<OfferTeacher>(cancel, [.. options.Select(o => Guid.Parse(o.Offer))])).ToDictionary(
            t => t.Id,
            t => t.Name
        );
        SubstituteView[] views =
        [
            .. options
                .Select(o => (Id: Guid.Parse(o.Offer), o))
                .Select(x => new SubstituteView(
                    x.Id,
                    teachers.GetValueOrDefault(x.Id),
                    x.o.PreferredModules,
                    x.o.OtherStages,
                    Say.In(x.o.Text.Fr, x.o.Text.En),
                    stage.Invitations.FirstOrDefault(i => i.OfferId == x.Id)?.AnswerBefore
                )),
        ];
        return new SubstitutesView(stage.Id, views.FirstOrDefault(v => v.OfferId == invited), views);
    }

    /// <summary>
    /// Asked of the pairing library, which needs the teachers and their stages, and no pupil. Teachers of other territories are for
    /// these to ask.
    /// </summary>
    private static async Task<IReadOnlyList<SubstituteOption>> Options(
        IQuerySession session,
        CampaignPlan plan,
        Stage stage,
        Caller caller,
        CancellationToken cancel
    )
    {
        var offers = await session.Query<Offer>().Where(o => o.CampaignId == stage.CampaignId).Counting().ToListAsync(cancel);
        var live = await session
            .Query<Stage>()
            .Where(s => s.CampaignId == stage.CampaignId && s.Status != StageStatus.Cancelled)
            .ToListAsync(cancel);
        Stage[] all = [stage, .. live.Where(s => s.Id != stage.Id)];
        var problem = Instances.Of(plan, [], offers, [], Keep.None).Problem;
        var current = new Proposal(
            0,
            0,
            new Score(0, 0, 0, 0, 0, 0),
            [
                .. all.Select(s => new ProposedStage(
                    s.OfferId.ToString(),
                    s.Subject,
                    s.Levels,
                    s.Week,
                    [.. s.Modules.Select(m => m.Slot).Order()],
                    [.. s.Seats.Select(p => Instances.WishId(p.EnrolmentId, s.Subject))]
                )),
            ],
            []
        );
        var within = offers.Where(o => Reach.Covers(caller, o)).Select(o => o.Id.ToString()).ToHashSet(StringComparer.Ordinal);
        return [.. Recommend.SubstitutesFor(problem, current, 0, offers.Count).Where(o => within.Contains(o.Offer)).Take(Most)];
    }
}
