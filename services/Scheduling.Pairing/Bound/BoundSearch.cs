using Stages.Pairing.Model;
using Stages.Pairing.Search;

namespace Stages.Pairing.Bound;

/// <summary>Looks for the prices at which the bound is lowest: a wish that more offers take than its pupil wants becomes cheaper, and the reverse.</summary>
internal sealed class BoundSearch
{
    private readonly Campaign c;
    private readonly Prices prices;
    private readonly float[] price, force, mean;
    private readonly int[] offerWeeks;
    private readonly Draw draw;

    public BoundSearch(Campaign campaign, int seed)
    {
        c = campaign;
        prices = new Prices(campaign);
        price = new float[c.Wishes * c.Weeks];
        force = new float[price.Length];
        mean = new float[price.Length];
        draw = new Draw(seed, 77);
        offerWeeks = [.. Enumerable.Range(0, c.Offers * c.Weeks).Where(ow => c.FirstStageOf[ow] < c.FirstStageOf[ow + 1])];
        for (var i = 0; i < price.Length; i++)
            price[i] = 0.5f * c.PupilPriority[c.WishPupil[i / c.Weeks]] * c.FurtherWish * prices.Scale;
        Best = long.MaxValue;
    }

    public long Best { get; private set; }

    public void Step(double step, float momentum)
    {
        Round(price);
        prices.PupilsChoose();
        prices.LoadTables();
        Array.Clear(prices.Used);
        Shuffle();
        prices.OffersChoose(offerWeeks, (int)(step * prices.Scale * 2));
        var move = (float)(step * prices.Scale);
        for (var i = 0; i < price.Length; i++)
        {
            var pull = (prices.Wanted[i] ? 1 : 0) - (int)prices.Used[i];
            if (pull < -3)
                pull = -3;
            force[i] = momentum * force[i] + (1 - momentum) * pull;
            price[i] = Math.Clamp(price[i] + move * force[i], 0, prices.Highest(i / c.Weeks));
            mean[i] += 0.05f * (price[i] - mean[i]);
        }
    }

    public long Value(bool ofMean)
    {
        Round(ofMean ? mean : price);
        var pupils = prices.PupilsChoose();
        prices.LoadTables();
        var value = prices.Value(pupils);
        Best = Math.Min(Best, value);
        return value;
    }

    private void Round(float[] from)
    {
        for (var i = 0; i < from.Length; i++)
            prices.Price[i] = (int)from[i];
    }

    private void Shuffle()
    {
        for (var i = offerWeeks.Length - 1; i > 0; i--)
        {
            var j = draw.Below(i + 1);
            (offerWeeks[i], offerWeeks[j]) = (offerWeeks[j], offerWeeks[i]);
        }
    }
}
