namespace Stages.Pairing.Bound;

/// <summary>
/// Offers that teach the same to groups of the same size in one week; those with equal slots and limits are counted once.
/// </summary>
internal sealed record OfferClass(int[] Combos, int Size, int Week, (ulong Slots, int Limit, int Times)[] Members)
{
    public static OfferClass[] Of(Campaign c, int[][] combosOf, int[] groupSizes)
    {
        var found =
            new SortedDictionary<(string Combos, int Size, int Week), (int[] Combos, SortedDictionary<(ulong, int), int> Members)>();
        for (var ow = 0; ow < c.Offers * c.Weeks; ow++)
        {
            var limit = c.FirstStageOf[ow + 1] - c.FirstStageOf[ow];
            if (limit == 0)
                continue;
            var combos = combosOf[ow / c.Weeks];
            var key = (string.Join(',', combos), Array.IndexOf(groupSizes, c.OfferGroupMax[ow / c.Weeks]), ow % c.Weeks);
            if (!found.TryGetValue(key, out var kind))
                found[key] = kind = (combos, []);
            var member = (c.OfferSlots[ow], limit);
            kind.Members[member] = kind.Members.GetValueOrDefault(member) + 1;
        }

        return
        [
            .. found.Select(x => new OfferClass(
                x.Value.Combos,
                x.Key.Size,
                x.Key.Week,
                [.. x.Value.Members.Select(m => (m.Key.Item1, m.Key.Item2, m.Value))]
            )),
        ];
    }
}
