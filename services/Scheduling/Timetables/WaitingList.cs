using Stages.Pairing;
using Offer = Stages.Scheduling.Offers.Offer;

namespace Stages.Scheduling.Timetables;

/// <summary>
/// The waiting list of a campaign after its publication: every wish that no live stage holds, with its position, the reason and what
/// would place it: in the words of the pairing library, which looks at the timetable as it stands; here only what it does not know of.
/// </summary>
public static class WaitingList
{
    /// <summary>Beyond the engine's reasons: the pairing did not know this wish, and there is a place for it.</summary>
    public const string PlaceFree = "place-free";

    /// <summary>And: a place was offered and not kept; the wish waits for another group than that one.</summary>
    public const string PlaceNotKept = "place-not-kept";

    private static readonly (string Fr, string En) TeacherNotAccepted = (
        "Un enseignant s’est proposé pour cette matière à ce niveau ; l’académie ne l’a pas encore accepté.",
        "A teacher has offered this subject at this level, whom the académie has not accepted yet."
    );

    private static readonly (string Fr, string En) ClashOfSiblings = (
        "Les groupes qui conviendraient ont lieu quand un frère ou une sœur a classe ; vous demandez des heures différentes.",
        "The groups that would suit meet when a brother or sister has class; you ask for different hours."
    );

    private static readonly Dictionary<string, (string Fr, string En)> Texts = new(StringComparer.Ordinal)
    {
        [UnplacedReason.NoTeacher] = (
            "Aucun enseignant ne propose cette matière à ce niveau.",
            "No teacher offers this subject at this level."
        ),
        [UnplacedReason.NoCommonSlot] = (
            "Aucun enseignant de cette matière n’est disponible à assez de créneaux que vous avez indiqués.",
            "No teacher of this subject is available at enough of the slots that you gave."
        ),
        [UnplacedReason.TooFewPupils] = (
            "Trop peu d’élèves demandent cette matière aux mêmes créneaux : le groupe n’atteindrait pas le minimum.",
            "Too few pupils ask for this subject at the same slots: the group would stay under the minimum."
        ),
        [UnplacedReason.GroupsFull] = ("Les groupes qui conviendraient sont complets.", "The groups that would suit are full."),
        [UnplacedReason.Clash] = (
            "Les groupes qui conviendraient ont lieu en même temps qu’un autre stage de l’élève, ou dans l’autre semaine.",
            "The groups that would suit meet at the same time as another stage of the pupil, or in the other week."
        ),
        [PlaceNotKept] = (
            "Une place a déjà été proposée pour cette matière et n’a pas été gardée ; la demande attend un autre groupe.",
            "A place was already offered for this subject and was not kept; the wish waits for another group."
        ),
        [PlaceFree] = (
            "La demande est arrivée après l’appariement ; une place convient, le coordonnateur peut l’attribuer.",
            "The wish came after the pairing; there is a place that suits, which the coordinator can give."
        ),
    };

    /// <summary>Enrolment to its waiting wishes; enrolments without any are absent.</summary>
    /// <param name="stages">The live stages. A wish in one that is not published yet neither waits nor is placed.</param>
    /// <param name="explained">What the pairing library says of wishes without a place.</param>
    public static Dictionary<Guid, WaitingWish[]> Of(
        CampaignPlan plan,
        IReadOnlyList<Stage> stages,
        IReadOnlyList<Candidate> candidates,
        IReadOnlyList<Offer> offers,
        IReadOnlyDictionary<string, (string Reason, LocalText Text, (string Fr, string En)[] If)> explained
    )
    {
        var held = stages.SelectMany(s => s.Seats.Select(seat => (seat.EnrolmentId, s.Subject))).ToHashSet();
        var stagesOf = stages
            .SelectMany(s => s.Seats.Select(seat => (seat.EnrolmentId, Stage: s)))
            .ToLookup(x => x.EnrolmentId, x => x.Stage);
        var published = stages.Where(s => s.Status == StageStatus.Published).ToArray();
        var waiting = candidates
            .Where(c => !c.Withdrawn)
            .SelectMany(c => c.Wishes.Where(w => !held.Contains((c.Id, w.Subject))).Select(w => (Candidate: c, w.Subject)))
            .GroupBy(x => (x.Subject, x.Candidate.Level));
        var households = new Households(candidates);
        var found = new List<(Guid Enrolment, int Rank, WaitingWish Wish)>();
        foreach (var pool in waiting)
        {
            var (subject, level) = pool.Key;
            var around = new Pool(
                plan,
                subject,
                level,
                [.. published.Where(s => s.Subject == subject && s.Levels.Contains(level))],
                [.. offers.Where(o => !o.Withdrawn && o.Terms.CanTeach(subject, [level]))],
                offers.ToDictionary(o => o.Id)
            );
            var position = 0;
            foreach (var candidate in Ranking.Order(pool.Select(x => x.Candidate), subject))
            {
                position++;
                var rank = candidate.Wishes.First(w => w.Subject == subject).Rank;
                var (reason, text, would) = Explain(
                    candidate,
                    around,
                    [.. stagesOf[candidate.Id]],
                    households.ApartFrom(candidate.Id),
                    stages,
                    explained.GetValueOrDefault(Instances.WishId(candidate.Id, subject))
                );
                found.Add(
                    (
                        candidate.Id,
                        rank,
                        new WaitingWish(
                            subject,
                            position,
                            reason,
                            text.Fr,
                            text.En,
                            [.. would.Select(w => w.Fr)],
                            [.. would.Select(w => w.En)]
                        )
                    )
                );
            }
        }
        return found.GroupBy(f => f.Enrolment).ToDictionary(g => g.Key, g => g.OrderBy(f => f.Rank).Select(f => f.Wish).ToArray());
    }

    /// <summary>All that the wishes of one subject and level share.</summary>
    private sealed record Pool(
        CampaignPlan Plan,
        string Subject,
        string Level,
        Stage[] Stages,
        Offer[] Offers,
        IReadOnlyDictionary<Guid, Offer> AllOffers
    );

    private static (string Reason, (string Fr, string En) Text, IReadOnlyList<(string Fr, string En)> If) Explain(
        Candidate candidate,
        Pool pool,
        Stage[] own,
        IReadOnlyList<Guid> siblings,
        IReadOnlyList<Stage> all,
        (string Reason, LocalText Text, (string Fr, string En)[] If) known
    )
    {
        var plan = pool.Plan;
        // What the engine would say leaves out that these seats are not offered to this pupil again.
        if (pool.Stages.Any(s => s.Refused.Contains(candidate.Id)))
            return (PlaceNotKept, Texts[PlaceNotKept], []);
        var attends = pool.Stages.Where(s => Rules.Pupils.CanAttend(plan, candidate, s.Week, s.Modules.Select(m => m.Slot))).ToArray();
        var alone = attends.Where(s => !Rules.Pupils.Clashes(plan, s, own)).ToArray();
        var fits = alone.Where(s => !Rules.Pupils.MeetsSiblings(plan, s, siblings, all)).ToArray();
        if (fits.Any(s => s.Seats.Count < Rules.Group.Most(plan, pool.AllOffers.GetValueOrDefault(s.OfferId))))
            return (PlaceFree, Texts[PlaceFree], []);
        if (pool.Offers.Any(o => o.Acceptance == Acceptance.Waiting) && !pool.Offers.Any(o => o.Counts))
            return (UnplacedReason.NoTeacher, TeacherNotAccepted, []);
        if (known.Reason is not null)
            return (known.Reason, (known.Text.Fr, known.Text.En), known.If);
        if (fits.Length > 0)
            return (UnplacedReason.GroupsFull, Texts[UnplacedReason.GroupsFull], [.. fits.Take(2).Select(s => Seat(plan, s))]);
        if (alone.Length > 0)
            return (UnplacedReason.Clash, ClashOfSiblings, []);
        if (attends.Length > 0)
            return (UnplacedReason.Clash, Texts[UnplacedReason.Clash], []);
        if (pool.Offers.Length == 0)
            return (UnplacedReason.NoTeacher, Texts[UnplacedReason.NoTeacher], []);
        var reason = pool
            .Offers.Where(o => o.Counts)
            .Any(o => plan.Weeks.Any(w => DaysInCommon(plan, candidate, o, w.Label) >= DaysNeeded(plan)))
            ? UnplacedReason.TooFewPupils
            : UnplacedReason.NoCommonSlot;
        return (
            reason,
            Texts[reason],
            [
                .. pool
                    .Stages.Where(s =>
                        s.Seats.Count < Rules.Group.Most(plan, pool.AllOffers.GetValueOrDefault(s.OfferId))
                        && !Rules.Pupils.Clashes(plan, s, own)
                        && !Rules.Pupils.MeetsSiblings(plan, s, siblings, all)
                    )
                    .OrderBy(s => Missing(plan, candidate, s).Length)
                    .Take(1)
                    .Select(s => MoreSlots(plan, s, Missing(plan, candidate, s))),
            ]
        );
    }

    private static (string Fr, string En) Seat(CampaignPlan plan, Stage stage) =>
        Remedies.Describe(plan, [Proposed(stage)], new Remedy.Seat(0));

    private static (string Fr, string En) MoreSlots(CampaignPlan plan, Stage stage, int[] slots) =>
        Remedies.Describe(plan, [Proposed(stage)], new Remedy.PupilSlots(0, stage.Week, slots));

    private static ProposedStage Proposed(Stage s) =>
        new(s.OfferId.ToString(), s.Subject, s.Levels, s.Week, [.. s.Modules.Select(m => m.Slot).Order()], []);

    private static int[] Missing(CampaignPlan plan, Candidate candidate, Stage stage) =>
        [.. stage.Modules.Select(m => m.Slot).Where(s => !Rules.Pupils.CanAttend(plan, candidate, stage.Week, [s])).Order()];

    /// <summary>On how many days pupil and teacher could meet.</summary>
    private static int DaysInCommon(CampaignPlan plan, Candidate candidate, Offer offer, string week) =>
        Rules
            .Teacher.Available(plan, offer, week)
            .Where(s => !Campaigns.Grid.IsClosed(plan, week, s) && Rules.Pupils.CanAttend(plan, candidate, week, [s]))
            .Select(s => s / plan.SlotStarts.Count)
            .Distinct()
            .Count();

    private static int DaysNeeded(CampaignPlan plan) =>
        (plan.Rules.ModulesMin + plan.Rules.ModulesPerDayMax - 1) / plan.Rules.ModulesPerDayMax;
}

/// <summary>Recomputes the waiting list and has those families told for whom something changed.</summary>
public sealed class WaitingListRefresh(IDocumentStore store, Journal journal, TimeProvider clock)
{
    private const int BatchSize = 200;

    /// <param name="concerns">Of whom to tell: those of a coordinator's territory, or all.</param>
    /// <returns>How many enrolments have wishes that wait.</returns>
    public async Task<int> Run(Guid campaignId, Func<Candidate, bool>? concerns, CancellationToken cancel)
    {
        await using var reads = store.QuerySession();
        var (campaign, now) = (await reads.LoadAsync<Campaign>(campaignId, cancel), clock.GetUtcNow());
        if (campaign is null)
            return 0;
        var (list, candidates) = await Compute(reads, campaign, null, cancel);
        foreach (var batch in candidates.Where(c => concerns is null || concerns(c)).Select(c => c.Id).Chunk(BatchSize))
            await journal.Decide(
                async reading =>
                {
                    WaitingWish[] Wishes(Guid id) => list.GetValueOrDefault(id, []);
                    var known = (
                        await reading.Documents.LoadManyAsync<Waiting>(cancel, [.. batch.Select(id => TimetableIds.Waiting(id))])
                    ).ToDictionary(w => w.EnrolmentId);
                    Guid[] changed = [.. batch.Where(id => !TellWaiting.IsTold(known.GetValueOrDefault(id), Wishes(id)))];
                    // For these alone with its version, so that two that refresh at once do not tell the same twice.
                    var told = (await reading.Streams<Waiting>(changed.Select(id => TimetableIds.Waiting(id)))).ToDictionary(w =>
                        w.EnrolmentId
                    );
                    return Decision.All(
                        changed.Select(id => TellWaiting.Decide(campaignId, id, told.GetValueOrDefault(id), Wishes(id), now))
                    );
                },
                cancel: cancel
            );
        return list.Count;
    }

    /// <param name="asPublished">Stages taken as published although they are not yet: for a preview.</param>
    public static async Task<(Dictionary<Guid, WaitingWish[]> List, IReadOnlyList<Candidate> Candidates)> Compute(
        IQuerySession reads,
        Campaign campaign,
        IReadOnlySet<Guid>? asPublished,
        CancellationToken cancel
    )
    {
        var stages = await reads
            .Query<Stage>()
            .Where(s => s.CampaignId == campaign.Id && s.Status != StageStatus.Cancelled)
            .ToListAsync(cancel);
        var candidates = await reads.Query<Candidate>().Where(c => c.CampaignId == campaign.Id).ToListAsync(cancel);
        var offers = await reads.Query<Offer>().Where(o => o.CampaignId == campaign.Id).ToListAsync(cancel);
        var elsewhere = await OtherCampaigns.Read(reads, campaign.Plan, campaign.Id, null, null, cancel);
        var known = Explained(campaign.Plan, stages, candidates, offers, elsewhere);
        IReadOnlyList<Stage> seen = asPublished is null
            ? stages
            : [.. stages.Select(s => asPublished.Contains(s.Id) ? s with { Status = StageStatus.Published } : s)];
        return (WaitingList.Of(campaign.Plan, seen, candidates, offers, known), candidates);
    }

    /// <summary>What the pairing library says of every wish without a place in the timetable as it stands now.</summary>
    private static Dictionary<string, (string Reason, LocalText Text, (string Fr, string En)[] If)> Explained(
        CampaignPlan plan,
        IReadOnlyList<Stage> stages,
        IReadOnlyList<Candidate> candidates,
        IReadOnlyList<Offer> offers,
        OtherCampaigns elsewhere
    )
    {
        var instance = Instances.Of(plan, candidates, offers, stages, Keep.All, elsewhere);
        var explained = PairingEngine.Explain(
            instance.Problem,
            instance.Previous ?? new Proposal(0, 0, new Score(0, 0, 0, 0, 0, 0), [], [])
        );
        return explained.Unplaced.ToDictionary(
            u => u.Wish,
            u => (u.Reason, u.Text, u.WouldBePlacedIf.Select(r => Remedies.Describe(plan, explained.Stages, r)).ToArray()),
            StringComparer.Ordinal
        );
    }
}
