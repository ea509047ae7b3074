using System.Globalization;
using System.Text.Json.Nodes;
using Stages.Vocabulary;

namespace Stages.Demo;

/// <summary>The two weeks of the campaign that is played, and the days in them on which nobody works.</summary>
public sealed record Fortnight(string Name, IReadOnlyList<(string Label, DateOnly Monday)> Weeks, IReadOnlySet<DateOnly> Closed)
{
    public const string Zone = "C";

    private static readonly SlotCode[] Slots = [.. SlotCode.Week(CampaignDefaults.SlotStarts)];

    private static readonly int PerDay = CampaignDefaults.SlotStarts.Count;

    /// <summary>Remote stages were held in these weeks for the whole country; no day was closed.</summary>
    public static Fortnight Of2021 { get; } =
        new("printemps 2021", [("A", new DateOnly(2021, 4, 12)), ("B", new DateOnly(2021, 4, 19))], new HashSet<DateOnly>());

    /// <summary>The next holidays of the zone that have two whole weeks, as the service's own calendar says them.</summary>
    public static async Task<Fortnight> Next(Api api, DateOnly today)
    {
        for (var year = today.Year; year <= today.Year + 1; year++)
        {
            var calendar = await api.Get($"/api/holidays?zone={Zone}&year={year.ToString(CultureInfo.InvariantCulture)}", null);
            var next = calendar["holidays"]!
                .AsArray()
                .OfType<JsonNode>()
                .Where(h => h["weeks"]!.AsArray().Count == 2)
                .Select(Read)
                .Where(f => f.Weeks[0].Monday > today)
                .MinBy(f => f.Weeks[0].Monday);
            if (next is not null)
                return next;
        }
        throw new ApiFailure("The calendar knows no holidays to come: try  --fortnight 2021");
    }

    /// <summary>Slots by number, as the API writes them. What falls on a closed day goes to another of that week, if one is free.</summary>
    public IReadOnlyList<(string Slot, int Number)> Held(string week, IReadOnlyCollection<int> numbers)
    {
        var monday = Weeks.First(w => w.Label == week).Monday;
        bool IsClosed(int day) => Closed.Contains(monday.AddDays(day));
        var taken = numbers.Select(n => n / PerDay).ToHashSet();
        var free = new Queue<int>(Enumerable.Range(0, SlotCode.Days).Where(d => !IsClosed(d) && !taken.Contains(d)));
        var moved = taken.Where(IsClosed).Order().ToDictionary(d => d, _ => free.TryDequeue(out var other) ? other : -1);
        return
        [
            .. from number in numbers
            let day = moved.GetValueOrDefault(number / PerDay, number / PerDay)
            where day >= 0
            select (Slots[(day * PerDay) + (number % PerDay)].ToString(), number),
        ];
    }

    private static Fortnight Read(JsonNode holiday) =>
        new(
            $"{Text(holiday, "holiday")} {Date(holiday, "firstMonday").Year.ToString(CultureInfo.InvariantCulture)}",
            [.. holiday["weeks"]!.AsArray().Select(w => (Text(w!, "label"), Date(w!, "monday")))],
            holiday["closedDates"]!.AsArray().Select(d => DateOnly.Parse(d!.GetValue<string>(), CultureInfo.InvariantCulture)).ToHashSet()
        );

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static DateOnly Date(JsonNode node, string name) => DateOnly.Parse(Text(node, name), CultureInfo.InvariantCulture);
}
