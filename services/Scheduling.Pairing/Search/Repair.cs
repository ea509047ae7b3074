using Stages.Pairing.Explanations;

namespace Stages.Pairing.Search;

/// <summary>Takes over an earlier proposal after a withdrawal, an illness, a late enrolment: who must move, and who moved.</summary>
internal sealed class Repair
{
    // A move is worth it only for nearly the whole weight of a wish of low priority.
    private const int PriceOfMove = 15 * Plan.PointsPerWeight;

    private readonly Campaign c;
    private readonly Proposal earlier;
    private readonly int[] stageOf;
    private readonly Dictionary<string, int> wishes;
    private readonly Dictionary<string, string> forced = new(StringComparer.Ordinal);
    private readonly HashSet<int> kept = [];
    private readonly Snapshot start;

    public Repair(Campaign campaign, Proposal earlier)
    {
        (c, this.earlier) = (campaign, earlier);
        wishes = Enumerable.Range(0, c.Wishes).ToDictionary(w => c.WishIds[w], StringComparer.Ordinal);
        Plan = PlanReader.Read(c, earlier, out stageOf);
        NoteForced();
        Loyalty = new Loyalty(Plan, PriceOfMove);
        CloseSmallGroups();
        for (var s = 0; s < c.Stages; s++)
        {
            if (Plan.Modules[s] != 0)
                kept.Add(s);
        }

        Seating.FillFreeSeats(Plan);
        start = new Snapshot(Plan);
    }

    public Plan Plan { get; }

    public Loyalty Loyalty { get; }

    /// <summary>A stage that the earlier proposal did not have: its modules may still be chosen.</summary>
    public bool IsNew(int stage) => !kept.Contains(stage);

    /// <summary>At most as many wishes move for others' sake as had to move anyway; else those that must move take what is free.</summary>
    public void LimitMoves()
    {
        if (Changes().Count(x => x.Why == ChangeReason.MadeRoom) > forced.Count)
            start.Restore(Plan);
    }

    /// <summary>Every wish of the earlier proposal that has another place now, or none.</summary>
    public IReadOnlyList<Change> Changes()
    {
        var number = Explainer.StageNumbers(Plan);
        var changes = new List<Change>();
        foreach (var stage in earlier.Stages)
        {
            var modules = Campaign.Mask(stage.Modules);
            foreach (var id in stage.Wishes)
            {
                // A wish that was withdrawn has nobody to tell.
                if (!wishes.TryGetValue(id, out var wish))
                    continue;
                var now = Plan.StageOfWish[wish];
                if (
                    now >= 0
                    && c.OfferOf[Plan.StageOffer[now]].Id == stage.Offer
                    && c.WeekNames[Plan.StageWeek[now]] == stage.Week
                    && Plan.Modules[now] == modules
                )
                    continue;
                var why = forced.GetValueOrDefault(id, ChangeReason.MadeRoom);
                changes.Add(
                    new Change(
                        id,
                        new StageReference(stage.Offer, stage.Week, stage.Modules),
                        now < 0 ? null : number[now],
                        why,
                        Sentences.Moved(why)
                    )
                );
            }
        }

        return changes;
    }

    private void NoteForced()
    {
        for (var i = 0; i < earlier.Stages.Count; i++)
        {
            foreach (var id in earlier.Stages[i].Wishes)
            {
                if (stageOf[i] < 0)
                    forced[id] = ChangeReason.TeacherGone;
                else if (wishes.TryGetValue(id, out var wish) && Plan.StageOfWish[wish] < 0)
                    forced[id] = ChangeReason.PupilChanged;
            }
        }
    }

    // A group under the minimum takes whoever is unplaced and fits; if that is not enough, it cannot stay, approved or not.
    private void CloseSmallGroups()
    {
        for (var s = 0; s < c.Stages; s++)
        {
            if (Plan.Modules[s] == 0 || Plan.Size[s] >= c.GroupMin)
                continue;
            Fill(s);
            if (Plan.Size[s] >= c.GroupMin)
                continue;
            foreach (var wish in Plan.Group(s))
                forced[c.WishIds[wish]] = ChangeReason.GroupTooSmall;
            Plan.Pinned[s] = false;
            Plan.Dissolve(s, null);
        }
    }

    private void Fill(int stage)
    {
        var (first, second) = c.Combos[Plan.ComboOf[stage]];
        foreach (var pool in second < 0 ? new[] { first } : [first, second])
        {
            foreach (var wish in Plan.Unplaced.Items(pool).ToArray())
            {
                if (Plan.Size[stage] < Plan.GroupMax(stage) && Plan.Fits(wish, stage))
                    Plan.Seat(wish, stage, null);
            }
        }
    }
}
