using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Candidates;

/// <summary>Supply and demand of a campaign, for the coordinator's heat maps.</summary>
public static class ReadDemand
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/campaigns/{campaignId:guid}/demand",
                async (Guid campaignId, Caller caller, IQuerySession reads, CancellationToken cancel) =>
                {
                    if (await reads.LoadAsync<Campaign>(campaignId, cancel) is not { } campaign)
                        return new NotFound().AsProblem();
                    var candidates = await reads
                        .Query<Candidate>()
                        .Where(c => c.CampaignId == campaignId && !c.Withdrawn)
                        .ToListAsync(cancel);
                    var offers = await reads.Query<Offer>().Where(o => o.CampaignId == campaignId && !o.Withdrawn).ToListAsync(cancel);
                    var stages = await reads
                        .Query<Stage>()
                        .Where(s => s.CampaignId == campaignId && s.Status != StageStatus.Cancelled)
                        .ToListAsync(cancel);
                    return Results.Ok(
                        Of(
                            campaign.Plan,
                            [.. candidates.Where(c => caller.Covers(c.SchoolUai))],
                            // A class is held at a distance: a teacher of anywhere in the académie serves pupils of everywhere in it.
                            [.. offers.Where(o => o.Counts)],
                            stages,
                            school => caller.Covers(school)
                        ) with
                        {
                            TeachersWaiting = offers.Count(o => o.Acceptance == Acceptance.Waiting && caller.Covers(o.SchoolUai)),
                        }
                    );
                }
            )
            .For(Roles.Coordinator)
            .Produces<DemandView>();

    public static DemandView Of(
        CampaignPlan plan,
        IReadOnlyList<Candidate> candidates,
        IReadOnlyList<Offer> offers,
        IReadOnlyList<Stage> stages,
        Func<string?, bool>? covers = null
    )
    {
        var held = stages.SelectMany(s => s.Seats.Select(seat => (seat.EnrolmentId, s.Subject))).ToHashSet();
        var wishes = candidates.SelectMany(c => c.Wishes.Select(w => (c.Id, c.Level, w.Subject))).ToArray();
        var asked = wishes.ToLookup(w => (w.Subject, w.Level));
        var cells = plan.Subjects.SelectMany(subject =>
            subject.Levels.Select(level =>
            {
                var wanted = asked[(subject.Code, level)].ToArray();
                var teachers = offers.Where(o => o.Terms.CanTeach(subject.Code, [level])).ToArray();
                var seats = teachers.Sum(o => Seats(plan, o));
                return new DemandCell(
                    subject.Code,
                    level,
                    wanted.Length,
                    wanted.Count(w => held.Contains((w.Id, w.Subject))),
                    teachers.Length,
                    seats,
                    Math.Max(0, wanted.Length - seats)
                );
            })
        );
        return new DemandView(
            candidates.Count,
            wishes.Length,
            wishes.Count(w => held.Contains((w.Id, w.Subject))),
            offers.Count,
            offers.Sum(o => Seats(plan, o)),
            [.. cells],
            Slots(plan, candidates, offers),
            [
                .. candidates
                    .Select(c => Territory(c.SchoolUai))
                    .Concat(offers.Where(o => covers?.Invoke(o.SchoolUai) != false).Select(o => Territory(o.SchoolUai)))
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Select(territory =>
                    {
                        var theirs = candidates.Where(c => Territory(c.SchoolUai) == territory).ToArray();
                        return new TerritoryLine(
                            territory,
                            theirs.Length,
                            theirs.Sum(c => c.Wishes.Count),
                            theirs.Sum(c => c.Wishes.Count(w => held.Contains((c.Id, w.Subject)))),
                            offers.Count(o => Territory(o.SchoolUai) == territory)
                        );
                    }),
            ]
        );

        static string? Territory(string? school) => school is { Length: >= 3 } ? school[..3] : null;
    }

    private static SlotCell[] Slots(CampaignPlan plan, IReadOnlyList<Candidate> candidates, IReadOnlyList<Offer> offers)
    {
        var pupils = candidates
            .SelectMany(c => c.Weeks.SelectMany(w => w.Slots.Distinct(StringComparer.Ordinal).Select(s => (w.Label, s))))
            .CountBy(x => x)
            .ToDictionary();
        var teachers = offers
            .SelectMany(o => o.Terms.Slots.SelectMany(w => w.Value.Select(s => (w.Key, s.Slot))))
            .CountBy(x => x)
            .ToDictionary();
        var preferred = offers
            .SelectMany(o => o.Terms.Slots.SelectMany(w => w.Value.Where(s => s.Preference == "preferred").Select(s => (w.Key, s.Slot))))
            .CountBy(x => x)
            .ToDictionary();
        return
        [
            .. plan
                .Weeks.SelectMany(w =>
                    Enumerable
                        .Range(0, Grid.Count(plan))
                        .Select(slot => (Key: (w.Label, Grid.Code(plan, slot)), Closed: Grid.IsClosed(plan, w.Label, slot)))
                )
                .Select(x => new SlotCell(
                    x.Key.Label,
                    x.Key.Item2,
                    x.Closed,
                    pupils.GetValueOrDefault(x.Key),
                    teachers.GetValueOrDefault(x.Key),
                    preferred.GetValueOrDefault(x.Key)
                )),
        ];
    }

    /// <summary>A week counts when it has enough days for a stage.</summary>
    private static int Seats(CampaignPlan plan, Offer offer) =>
        Timetables.Rules.Group.Most(plan, offer)
        * plan.Weeks.Sum(w =>
        {
            var open = Timetables.Rules.Teacher.Available(plan, offer, w.Label).Where(s => !Grid.IsClosed(plan, w.Label, s)).ToArray();
            var modules = open.GroupBy(s => s / plan.SlotStarts.Count).Sum(d => Math.Min(d.Count(), plan.Rules.ModulesPerDayMax));
            return modules < plan.Rules.ModulesMin ? 0 : Math.Min(offer.Terms.Limits.StagesPerWeek, open.Length / plan.Rules.ModulesMin);
        });
}
