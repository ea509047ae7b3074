namespace Stages.Pairing.Bound;

/// <summary>What a settled campaign's prices say about a wish of another one: the cheapest modules it could join set its price.</summary>
/// <remarks>
/// A seat at given modules costs what the best payers there pay. A pupil who can attend several sets of modules pays no more
/// than at the cheapest of them, and never more than the wish is worth. Prices made so are the same for equal pupils, without
/// the chance that clings to a single wish's price; that proved tighter than copying the prices of twins.
/// </remarks>
internal sealed class PriceModel
{
    private readonly int patterns;
    private readonly float[] seat;

    public PriceModel(Campaign c, Prices prices)
    {
        patterns = c.Grid.Patterns.Length;
        seat = new float[c.Pools * c.Weeks * patterns];
        for (var pw = 0; pw < c.Pools * c.Weeks; pw++)
        {
            for (var p = 0; p < patterns; p++)
                seat[pw * patterns + p] = prices.SeatPrice(pw, p);
        }
    }

    /// <summary>In units of weight. Pools have the same numbers in a sample of a campaign as in the whole.</summary>
    public float Price(Campaign c, int wish, int week)
    {
        var pupil = c.WishPupil[wish];
        var slots = c.PupilSlots[pupil * c.Weeks + week];
        var at = (c.WishPool[wish] * c.Weeks + week) * patterns;
        var cheapest = (float)c.PupilPriority[pupil] * c.FirstWish;
        for (var p = 0; p < patterns; p++)
        {
            if (seat[at + p] < cheapest && (c.Grid.Patterns[p] & ~slots) == 0)
                cheapest = seat[at + p];
        }

        return cheapest;
    }
}
