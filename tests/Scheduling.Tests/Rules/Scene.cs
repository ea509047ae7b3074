using Stages.Pairing;
using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Candidates;
using Stages.Scheduling.Offers;
using Stages.Scheduling.Runs;
using Stages.Scheduling.Teachers;
using Stages.Scheduling.Timetables;
using Offer = Stages.Scheduling.Offers.Offer;

namespace Stages.Scheduling.Tests.Rules;

/// <summary>A campaign played step by step, each by the decision that the service takes, on what the steps before have left.</summary>
internal sealed class Scene
{
    public static readonly (string Name, int Often)[] Steps =
    [
        ("accept", 16),
        ("refuse", 3),
        ("withdraw", 1),
        ("pair", 2),
        ("adopt", 3),
        ("approve", 12),
        ("publish", 12),
        ("pin", 1),
        ("move", 12),
        ("invite", 12),
        ("takeOver", 16),
    ];

    private static readonly Keep[] Keeps = [Keep.None, Keep.Approved, Keep.All];

    private readonly CampaignPlan plan;
    private readonly IReadOnlyDictionary<Guid, Candidate> candidates;
    private readonly Dictionary<Guid, Offer> offers;
    private readonly Dictionary<Guid, TeacherStanding> standings = [];
    private readonly Dictionary<Guid, Stage> stages = [];
    private (Instance Instance, Proposal Proposal, Keep Keep)? run;
    private int adoptions;

    /// <summary>Nobody is accepted yet. Every teacher is a person of their own, who could give any stage as far as that goes.</summary>
    public Scene(AnyTimetable people)
    {
        plan = people.Plan;
        candidates = people.Candidates.ToDictionary(c => c.Id);
        offers = people
            .Offers.Select(
                (o, i) => o with { PersonId = AnyTimetable.Id(6, i), Acceptance = Acceptance.Waiting, Terms = Anything(people.Plan) }
            )
            .ToDictionary(o => o.Id);
    }

    private static OfferTerms Anything(CampaignPlan plan) =>
        new(
            [.. AnyTimetable.Subjects.Select(s => new Api.Scheduling.Teaching(s, AnyTimetable.Levels))],
            plan.Weeks.ToDictionary(
                w => w.Label,
                IReadOnlyList<OfferedSlot> (_) =>
                    [.. Enumerable.Range(0, AnyTimetable.Slots).Select(s => new OfferedSlot(Grid.Code(plan, s), "possible"))]
            ),
            new Limits(3, 6)
        );

    /// <summary>What must never be.</summary>
    public IEnumerable<string> SeatedUnaccepted() =>
        stages
            .Values.Where(s => s.IsLive && !s.TeacherGone && !offers[s.OfferId].Counts)
            .Select(s => $"{s.Status} {s.Id} is given by {offers[s.OfferId].Acceptance}");

    /// <returns>Whether it changed anything.</returns>
    public bool Play(string step, int who, int where)
    {
        var offer = offers.Values.ElementAt(who % offers.Count);
        Stage[] live = [.. stages.Values.Where(s => s.IsLive).OrderBy(s => s.Id)];
        if (step == "pair")
            return Pair(Keeps[who % Keeps.Length]);
        if (step == "adopt")
            return run is not null && Adopt();
        if (step is "accept" or "refuse" or "withdraw")
            return Write(offer.Id, OfTeacher(step, offer));
        return live.Length > 0 && live[where % live.Length] is var stage && Write(stage.Id, OfStage(step, stage, offer));
    }

    private Decision OfTeacher(string step, Offer offer)
    {
        var standing = standings.GetValueOrDefault(TeacherStanding.IdOf(offer.PersonId));
        Guid[] held = [.. stages.Values.Where(s => s.IsLive && s.OfferId == offer.Id && !s.TeacherGone).Select(s => s.Id)];
        return step switch
        {
            "accept" => AcceptTeacherEndpoint.Decide(
                standing,
                offer,
                [offer],
                new AcceptTeacher("vu"),
                Some.Coordinator,
                new DateOnly(2021, 3, 1),
                Some.Now
            ),
            "refuse" => RefuseTeacherEndpoint.Decide(standing, offer, [offer], held, new RefuseTeacher("non"), Some.Coordinator, Some.Now),
            _ => WithdrawOffer.Decide(offer, Some.Coordinator, Some.Now).And(WithdrawOffer.Leave(held, Some.By, Some.Now)),
        };
    }

    private Decision OfStage(string step, Stage stage, Offer offer) =>
        step switch
        {
            "approve" => ApproveStage.Decide(stage, Conflicts.Of(stage, Around(stage)), Some.By, Some.Now),
            "publish" => PublishTimetable.Decide(stage, Some.By, Some.Now),
            "pin" => PinStage.Decide(stage, true, Some.By, Some.Now),
            "move" => MoveStageEndpoint.Decide(
                stage,
                new MoveStage { TeacherOfferId = offer.Id },
                Around(stage, offer.Id),
                Some.By,
                Some.Now
            ),
            // Whoever is asked: what counts is who may say yes.
            "invite" => Substitutes.Invite(stage, [offer.Id], new InviteSubstitute(offer.Id), Some.By, Some.Now).What,
            _ => TakeOver(stage, stage.Invitations.Count > 0 ? stage.Invitations[0].OfferId : offer.Id),
        };

    private Decision TakeOver(Stage stage, Guid offer)
    {
        var around = Around(stage, offer);
        var added = Conflicts.Added(
            Conflicts.Of(stage, around with { Offer = null }),
            Conflicts.Of(stage with { OfferId = offer }, around)
        );
        return Substitutes.Accept(stage, offer, added, Some.By, Some.Now);
    }

    private bool Pair(Keep keep)
    {
        var instance = Instances.Of(plan, candidates.Values, offers.Values, stages.Values, keep);
        run = (instance, PairingEngine.Solve(instance.Problem, instance.Previous, 1, Budget.Steps(30)), keep);
        run.Value.Proposal.Stages.ShouldAllBe(s => offers[Guid.Parse(s.Offer)].Counts);
        return run.Value.Proposal.Stages.Count > 0;
    }

    /// <summary>As it was computed, perhaps long before.</summary>
    private bool Adopt()
    {
        var (instance, proposal, keep) = run!.Value;
        var adopting = new Adopting(AnyTimetable.Id(7, ++adoptions), Some.By, Some.Now);
        var known = AdoptStages.Match(proposal.Stages, instance.Known);
        AdoptStages.Numbered[] numbered =
        [
            .. proposal.Stages.Select(
                (s, i) => new AdoptStages.Numbered(i, known.TryGetValue(i, out var id) ? id : adopting.StageId(i), s)
            ),
        ];
        var kept = numbered.Select(n => n.Id).ToHashSet();
        var changed = Write(Guid.Empty, AdoptStages.Replace([.. stages.Values.Where(s => !kept.Contains(s.Id))], keep, adopting));
        var held = stages
            .Values.Where(s => s.IsLive)
            .SelectMany(s => s.Seats.Select(seat => (Wish: (seat.EnrolmentId, s.Subject), s.Id)))
            .ToLookup(x => x.Wish, x => x.Id);
        Stage[] present = [.. stages.Values.Where(s => kept.Contains(s.Id))];
        var drafted = AdoptStages.Draft(Some.CampaignId, adopting, numbered, present, [.. candidates.Values], [.. offers.Values], held);
        return Write(Guid.Empty, drafted) || changed;
    }

    private Surroundings Around(Stage stage, Guid? offer = null) =>
        Timetables.Around.All(plan, [.. stages.Values.Where(s => s.IsLive)], offers, candidates)(
            stage with
            {
                OfferId = offer ?? stage.OfferId,
            }
        );

    private bool Write(Guid own, Decision decision)
    {
        if (decision.Refusal is not null || decision.ChangesNothing)
            return false;
        foreach (var e in decision.Events)
            Fold(own, e);
        foreach (var effect in decision.Effects)
        {
            var (stream, events) = effect switch
            {
                Effect.Append append => (append.Stream, append.Events),
                Effect.Start start => (start.Stream, start.Events),
                _ => throw new InvalidOperationException($"{effect} is not played here."),
            };
            foreach (var e in events)
                Fold(stream, e);
        }
        return true;
    }

    private void Fold(Guid stream, object e)
    {
        if (offers.TryGetValue(stream, out var offer))
            offers[stream] = ((dynamic)offer).Apply((dynamic)e);
        else if (standings.TryGetValue(stream, out var standing))
            standings[stream] = ((dynamic)standing).Apply((dynamic)e);
        else if (stages.TryGetValue(stream, out var stage))
            stages[stream] = ((dynamic)stage).Apply((dynamic)e);
        else if (e is StageDrafted drafted)
            stages[stream] = Stage.Create(drafted);
        else
            standings[stream] = TeacherStanding.Create((dynamic)e);
    }
}
