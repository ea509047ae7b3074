using Stages.Pairing.Search;

namespace Stages.Pairing;

/// <summary>Turns a proposal's names into a plan, leaving out what no longer holds under the problem as it is now.</summary>
internal static class PlanReader
{
    public static Plan Read(Campaign c, Proposal proposal) => Read(c, proposal, out _);

    /// <param name="c">The problem as it is now.</param>
    /// <param name="proposal">The earlier proposal.</param>
    /// <param name="stageOf">By stage of the proposal, its number in the plan, or −1 if its teacher cannot give it any more.</param>
    public static Plan Read(Campaign c, Proposal proposal, out int[] stageOf)
    {
        var plan = new Plan(c);
        var offers = Enumerable.Range(0, c.Offers).ToDictionary(o => c.OfferOf[o].Id, StringComparer.Ordinal);
        var wishes = Enumerable.Range(0, c.Wishes).ToDictionary(w => c.WishIds[w], StringComparer.Ordinal);
        // Approved stages first: if a teacher's slots no longer suffice for all, these stay.
        stageOf = new int[proposal.Stages.Count];
        Array.Fill(stageOf, -1);
        foreach (var (stage, index) in proposal.Stages.Select((stage, index) => (stage, index)).OrderByDescending(x => x.stage.Pinned))
        {
            if (!offers.TryGetValue(stage.Offer, out var offer) || Array.IndexOf(c.WeekNames, stage.Week) is not (>= 0 and var week))
                continue;
            var combo = c.OfferCombos[offer].FirstOrDefault(x => IsCombo(c, c.Combos[x], stage), -1);
            var modules = Campaign.Mask(stage.Modules);
            if (
                combo < 0
                || !c.Grid.IsStage(stage.Modules)
                || (modules & ~plan.OfferFree(offer, week)) != 0
                || plan.SpareStage(offer, week) is not (>= 0 and var number)
            )
                continue;
            plan.Open(number, combo, modules, null);
            foreach (var id in stage.Wishes)
            {
                if (
                    wishes.TryGetValue(id, out var wish)
                    && plan.StageOfWish[wish] < 0
                    && plan.Size[number] < plan.GroupMax(number)
                    && c.Combos[combo].Takes(c.WishPool[wish])
                    && plan.Fits(wish, number)
                )
                    plan.Seat(wish, number, null);
            }

            stageOf[index] = number;
            plan.Pinned[number] = stage.Pinned;
            if (plan.Size[number] == 0)
            {
                plan.Pinned[number] = false;
                plan.Close(number, null);
            }
        }

        return plan;
    }

    private static bool IsCombo(Campaign c, Combo combo, ProposedStage stage) =>
        c.SubjectNames[combo.First / c.Levels] == stage.Subject
        && new HashSet<string>(ProposalWriter.LevelsOf(c, combo), StringComparer.Ordinal).SetEquals(stage.Levels);
}
