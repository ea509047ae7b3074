using Stages.Pairing;
using Stages.Scheduling.Offers;
using Offer = Stages.Scheduling.Offers.Offer;

namespace Stages.Scheduling.Timetables;

/// <summary>
/// Wishes without a place in the timetable as it stands, and what a coordinator can do about them: places for one wish, and the
/// volunteers who would help most. Nothing here runs the engine; each answer takes an instant.
/// </summary>
public static class ReadUnplaced
{
    private const int MostPlaces = 5;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/campaigns/{campaignId:guid}/unplaced",
                async (
                    Guid campaignId,
                    string? subject,
                    string? level,
                    Guid? enrolmentId,
                    string? reason,
                    string? sort,
                    string? order,
                    int? page,
                    int? limit,
                    Caller caller,
                    IQuerySession reads,
                    CancellationToken cancel
                ) =>
                {
                    if (await reads.LoadAsync<Campaign>(campaignId, cancel) is not { } campaign)
                        return new NotFound().AsProblem();
                    var at = Texts.Normal<Level>(level);
                    var (list, candidates) = await WaitingListRefresh.Compute(reads, campaign, null, cancel);
                    var known = candidates.Where(c => caller.Covers(c.SchoolUai)).ToDictionary(c => c.Id);
                    var found = list.Where(l => known.ContainsKey(l.Key))
                        .SelectMany(l => l.Value.Select(w => (Candidate: known[l.Key], Wish: w)))
                        .Where(x =>
                            (subject is null || x.Wish.Subject == subject)
                            && (enrolmentId is null || x.Candidate.Id == enrolmentId)
                            && (at.Length == 0 || x.Candidate.Level == at)
                            && (reason is null || x.Wish.Reason == reason)
                        )
                        .OrderBy(x => x.Wish.Subject, StringComparer.Ordinal)
                        .ThenBy(x => Level.OrderOf(x.Candidate.Level))
                        .ThenBy(x => x.Wish.Position)
                        .ToList();
                    // Not kept in a table: who waits and why follows from the timetable as it stands, so that it is sorted where
                    // it is found out.
                    if (sort is not null)
                    {
                        IComparable Key((Candidate Candidate, WaitingWish Wish) x) =>
                            sort switch
                            {
                                "level" => Level.OrderOf(x.Candidate.Level),
                                "school" => x.Candidate.SchoolUai,
                                "reason" => x.Wish.Reason,
                                "position" => x.Wish.Position,
                                "priority" => x.Candidate.Priority,
                                _ => x.Wish.Subject,
                            };
                        found = [.. order == "desc" ? found.OrderByDescending(Key) : found.OrderBy(Key)];
                    }
                    var size = page is null && limit is null ? int.MaxValue : Paging.Size(limit);
                    return Results.Ok(
                        new Sheet<UnplacedWishView>(
                            [
                                .. found
                                    .Skip(page is null ? 0 : Paging.Before(page.Value, size))
                                    .Take(size)
                                    .Select(x => new UnplacedWishView(
                                        x.Candidate.Id,
                                        x.Wish.Subject,
                                        x.Candidate.Level,
                                        x.Candidate.SchoolUai,
                                        x.Candidate.Priority,
                                        x.Wish.Position,
                                        x.Wish.Reason,
                                        Say.In(x.Wish.TextFr, x.Wish.TextEn),
                                        Say.In(x.Wish.WouldBePlacedIfFr, x.Wish.WouldBePlacedIfEn)
                                    )),
                            ],
                            null,
                            found.Count
                        )
                    );
                }
            )
            .For(Roles.Coordinator)
            .Produces<Sheet<UnplacedWishView>>();

        app.MapGet(
                "/api/campaigns/{campaignId:guid}/recommendations/places",
                async (Guid campaignId, Guid enrolmentId, string subject, Caller caller, IQuerySession reads, CancellationToken cancel) =>
                {
                    if (await reads.LoadAsync<Campaign>(campaignId, cancel) is not { } campaign)
                        return new NotFound().AsProblem();
                    if (
                        await reads.LoadAsync<Candidate>(enrolmentId, cancel) is not { Withdrawn: false } candidate
                        || candidate.CampaignId != campaignId
                        || !caller.Covers(candidate.SchoolUai)
                    )
                        return new NotFound().AsProblem();
                    var present = await Present(reads, campaign, cancel);
                    var (instance, current) = (present.Instance, present.Current);
                    var pupil = instance.Problem.Pupils.FirstOrDefault(p => p.Id == candidate.Id.ToString());
                    var within = Within(present, caller);
                    IReadOnlyList<PlaceOption> options = pupil is null
                        ? []
                        :
                        [
                            .. Recommend
                                .PlacesFor(instance.Problem, current, pupil, subject, within is null ? MostPlaces : int.MaxValue)
                                .Where(o => within?.Contains(o.Stage is { } n ? instance.Known[n].StageId : Guid.Parse(o.Offer)) != false)
                                .Take(MostPlaces),
                        ];
                    var teachers = (
                        await reads.LoadManyAsync<OfferTeacher>(cancel, [.. options.Select(o => Guid.Parse(o.Offer))])
                    ).ToDictionary(t => t.Id, t => t.Name);
                    return Results.Ok(
                        new Page<PlaceView>(
                            [
                                .. options.Select(o => new PlaceView(
                                    o.Stage is { } number ? instance.Known[number].StageId : null,
                                    Guid.Parse(o.Offer),
                                    teachers.GetValueOrDefault(Guid.Parse(o.Offer)),
                                    o.Levels,
                                    o.Week,
                                    [.. o.Modules.Select(m => Campaigns.Grid.Code(campaign.Plan, m))],
                                    o.PreferredWeek,
                                    o.FreeSeats,
                                    [.. o.Wishes.Select(w => Instances.WishOf(w).Enrolment)],
                                    Say.In(o.Text.Fr, o.Text.En)
                                )),
                            ],
                            null
                        )
                    );
                }
            )
            .For(Roles.Coordinator)
            .Produces<Page<PlaceView>>();

        app.MapGet(
                "/api/campaigns/{campaignId:guid}/recommendations/volunteers",
                async (Guid campaignId, IQuerySession reads, CancellationToken cancel) =>
                {
                    if (await reads.LoadAsync<Campaign>(campaignId, cancel) is not { } campaign)
                        return new NotFound().AsProblem();
                    var (instance, current, _, _) = await Present(reads, campaign, cancel);
                    return Results.Ok(
                        new Page<VolunteerView>(
                            [
                                .. Recommend
                                    .VolunteerEffect(instance.Problem, current)
                                    .Select(v => new VolunteerView(
                                        v.Subject,
                                        v.Levels,
                                        v.Week,
                                        [.. v.Modules.Select(m => Campaigns.Grid.Code(campaign.Plan, m))],
                                        v.Wishes.Count,
                                        v.Weight,
                                        Say.In(v.Text.Fr, v.Text.En)
                                    )),
                            ],
                            null
                        )
                    );
                }
            )
            .For(Roles.Coordinator)
            .Produces<Page<VolunteerView>>();
    }

    /// <summary>
    /// The stages and the offers that concern a coordinator of one territory; null for the whole académie. With others nothing could be
    /// done from here: they are for their own territories to open.
    /// </summary>
    private static HashSet<Guid>? Within(AsItStands present, Caller caller)
    {
        if (caller.Territory is null)
            return null;
        var offers = present.Offers.ToDictionary(o => o.Id);
        return
        [
            .. present.Stages.Where(s => StageView.Concerns(s, offers.GetValueOrDefault(s.OfferId), caller)).Select(s => s.Id),
            .. present.Offers.Where(o => Reach.Covers(caller, o)).Select(o => o.Id),
        ];
    }

    /// <summary>The timetable as it stands, as the engine would read it; its stages are numbered as <see cref="Instance.Known"/>.</summary>
    private static async Task<AsItStands> Present(IQuerySession reads, Campaign campaign, CancellationToken cancel)
    {
        var stages = await reads
            .Query<Stage>()
            .Where(s => s.CampaignId == campaign.Id && s.Status != StageStatus.Cancelled)
            .ToListAsync(cancel);
        var candidates = await reads.Query<Candidate>().Where(c => c.CampaignId == campaign.Id && !c.Withdrawn).ToListAsync(cancel);
        var offers = await reads.Query<Offer>().Where(o => o.CampaignId == campaign.Id).ToListAsync(cancel);
        var elsewhere = await OtherCampaigns.Read(reads, campaign.Plan, campaign.Id, null, null, cancel);
        var instance = Instances.Of(campaign.Plan, candidates, offers, stages, Keep.All, elsewhere);
        return new AsItStands(instance, instance.Previous ?? new Proposal(0, 0, new Score(0, 0, 0, 0, 0, 0), [], []), stages, offers);
    }

    private sealed record AsItStands(Instance Instance, Proposal Current, IReadOnlyList<Stage> Stages, IReadOnlyList<Offer> Offers);
}
