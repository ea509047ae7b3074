using Stages.Portal.Clients;

namespace Stages.Portal.Pages.Coordination;

/// <summary>Supply and demand, counted from enrolments and offers: where teachers are short before any pairing has run.</summary>
public sealed class Demand
{
    public Dictionary<(string Subject, string Level), int> Wishes { get; } = [];

    /// <summary>Places that offers could give at most, each offer's stages shared evenly over what it teaches.</summary>
    public Dictionary<(string Subject, string Level), double> Places { get; } = [];

    public Dictionary<(string Week, string Slot), int> Pupils { get; } = [];
    public Dictionary<(string Week, string Slot), int> Teachers { get; } = [];
    public Dictionary<string, int> ByDepartment { get; } = new(StringComparer.Ordinal);
    public int Enrolments { get; private set; }
    public int Offers { get; private set; }
    public int Computers { get; private set; }
    public int Connections { get; private set; }

    public void Add(EnrolmentData e)
    {
        if (!e.Stands) return;
        Enrolments++;
        if (e.Equipment.Computer) Computers++;
        if (e.Equipment.Connection) Connections++;
        foreach (var w in e.Wishes) Count(Wishes, (w.Subject, e.Pupil.Level));
        foreach (var (week, slots) in e.Slots) foreach (var s in slots) Count(Pupils, (week, s));
        Count(ByDepartment, e.Pupil.SchoolUai.Length >= 3 ? e.Pupil.SchoolUai[..3] : "?");
    }

    public void Add(OfferData o, CampaignView campaign)
    {
        if (o.Status == "withdrawn") return;
        Offers++;
        var stages = o.Limits.StagesPerWeek * o.Slots.Count(s => s.Value.Count >= campaign.Rules.ModulesMin);
        var pairs = o.Teaches.SelectMany(t => t.Levels.Select(l => (t.Subject, l))).ToList();
        foreach (var pair in pairs)
            Places[pair] = Places.GetValueOrDefault(pair) + (stages * (o.Limits.GroupMax ?? campaign.Rules.GroupMax) / (double)pairs.Count);
        foreach (var (week, slots) in o.Slots) foreach (var s in slots) Count(Teachers, (week, s.Slot));
    }

    /// <summary>0 nobody asks, 1 enough places, 2 tight, 3 short, 4 nobody teaches it.</summary>
    public int HeatOf(string subject, string level)
    {
        var (wishes, places) = (Wishes.GetValueOrDefault((subject, level)), Places.GetValueOrDefault((subject, level)));
        return wishes == 0 ? 0 : places == 0 ? 4 : places >= wishes ? 1 : places >= 0.7 * wishes ? 2 : 3;
    }

    private static void Count<TKey>(Dictionary<TKey, int> into, TKey key) where TKey : notnull => into[key] = into.GetValueOrDefault(key) + 1;
}
