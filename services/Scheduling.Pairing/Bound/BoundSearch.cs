using Stages.Pairing.Search;

namespace Stages.Pairing.Bound;

/// <summary>
/// Looks for the prices at which the bound is lowest, as a market does: a wish that more offers take than its pupil wants becomes
/// cheaper, and the reverse.
/// </summary>
/// <remarks>
/// In each round the pupils choose at the present prices; the offers choose one after another, each taking its group away from
/// the next while others pay nearly as much. What remains unequal moves the prices by a step that shrinks from round to round.
/// That is a subgradient method whose subgradient is nearly a plan; without the taking away, all offers of a subject would
/// choose the same few wishes, and prices would swing for thousands of rounds.
/// </remarks>
internal sealed class BoundSearch
{
    private const float Momentum = 0.5f;
    private const int MostTaken = 3;
    private const double PlentyOfSeats = 1.15;

    private readonly Campaign c;
    private readonly Prices prices;
    private readonly float[] price,
        force;
    private readonly int[][] offerWeeks;
    private readonly Draw[] draws;

    public BoundSearch(Campaign campaign, int seed)
    {
        c = campaign;
        prices = new Prices(campaign);
        price = new float[c.Wishes * c.Weeks];
        force = new float[price.Length];
        // Two halves of the levels at once, then the offers that teach in both.
        offerWeeks = LevelHalves.Split(c);
        draws = [.. offerWeeks.Select((_, i) => new Draw(seed, 77 + i))];
        // Where seats are plenty most wishes pay nothing, and prices rise from there; else half of a further wish's worth lies
        // between "nobody wants to pay" and "everybody would".
        var start = SeatsPerWish() > PlentyOfSeats ? 0 : 0.5f;
        for (var i = 0; i < price.Length; i++)
            price[i] = start * c.PupilPriority[c.WishPupil[i / c.Weeks]] * c.FurtherWish * prices.Scale;
        Best = c.WorthOfAll();
    }

    /// <summary>The prices that <see cref="Value"/> was last asked for.</summary>
    public Prices Prices => prices;

    /// <summary>The lowest bound proven so far.</summary>
    public long Best { get; private set; }

    /// <summary>Starts from the prices that a smaller campaign of the same kind has settled on.</summary>
    public void StartFrom(PriceModel model)
    {
        Parallel.For(
            0,
            c.Wishes,
            prices.Cores,
            wish =>
            {
                for (var k = 0; k < c.Weeks; k++)
                    price[wish * c.Weeks + k] = Math.Clamp(model.Price(c, wish, k) * prices.Scale, 0, prices.Highest(wish));
            }
        );
    }

    /// <summary>What the present prices say about any wish.</summary>
    public PriceModel Model()
    {
        Round();
        prices.LoadTables();
        return new PriceModel(c, prices);
    }

    /// <summary>One round; <paramref name="step"/> is in units of weight.</summary>
    public void Step(double step)
    {
        Round();
        prices.PupilsChoose();
        prices.LoadTables();
        Array.Clear(prices.Used);
        // Taking a wish twice is worth it if the next one pays less by more than its price will move.
        var slack = (int)(step * prices.Scale * 2);
        for (var i = 0; i < offerWeeks.Length; i++)
            draws[i].Shuffle(offerWeeks[i]);
        Parallel.For(0, 2, prices.Cores, half => prices.OffersChoose(offerWeeks[half], slack));
        prices.OffersChoose(offerWeeks[2], slack);
        Move((float)(step * prices.Scale));
    }

    /// <summary>The bound at the present prices.</summary>
    public long Value()
    {
        Round();
        var pupils = prices.PupilsChoose();
        prices.LoadTables();
        var value = prices.Value(pupils);
        Best = Math.Min(Best, value);
        return value;
    }

    /// <summary>The present prices in points of the search, by wish × weeks + week.</summary>
    public int[] Appeal()
    {
        var appeal = new int[price.Length];
        for (var i = 0; i < appeal.Length; i++)
            appeal[i] = (int)(price[i] * Plan.PointsPerWeight / prices.Scale);
        return appeal;
    }

    private double SeatsPerWish()
    {
        var seats = 0L;
        for (var ow = 0; ow < c.Offers * c.Weeks; ow++)
            seats += (long)(c.FirstStageOf[ow + 1] - c.FirstStageOf[ow]) * c.OfferGroupMax[ow / c.Weeks];
        return seats / (double)Math.Max(1, c.Wishes);
    }

    private void Move(float move)
    {
        var chunks = Math.Max(1, c.Wishes / 8192);
        Parallel.For(
            0,
            chunks,
            prices.Cores,
            chunk =>
            {
                var to = (int)((long)c.Wishes * (chunk + 1) / chunks) * c.Weeks;
                for (var i = (int)((long)c.Wishes * chunk / chunks) * c.Weeks; i < to; i++)
                {
                    var pull = (prices.Wanted[i] ? 1 : 0) - Math.Min(MostTaken, (int)prices.Used[i]);
                    force[i] = Momentum * force[i] + (1 - Momentum) * pull;
                    price[i] = Math.Clamp(price[i] + move * force[i], 0, prices.Highest(i / c.Weeks));
                }
            }
        );
    }

    private void Round()
    {
        for (var i = 0; i < price.Length; i++)
            prices.Price[i] = (int)price[i];
    }
}
