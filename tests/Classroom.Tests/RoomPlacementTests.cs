using CsCheck;
using Shouldly;
using Stages.Classrooms.Placement;
using Xunit;

namespace Stages.Classrooms.Tests;

public sealed class RoomPlacementTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Morning = new(2021, 4, 12, 6, 45, 0, TimeSpan.Zero);

    private static readonly string?[] PlacedBefore = ["m0", "m1", "gone", null];

    private static readonly Gen<ClassToPlace> SomeClass = Gen.Select(
            Gen.Guid,
            Gen.Int[0, 20],
            Gen.Int[1, 10],
            Gen.Int[1, 12],
            Gen.Int[0, 3]
        )
        .Select(
            (id, from, length, people, node) =>
                new ClassToPlace(id, Morning.AddMinutes(15 * from), Morning.AddMinutes(15 * (from + length)), people, PlacedBefore[node])
        );

    private static readonly Gen<NodeToFill[]> SomeNodes = Gen.Select(Gen.Double[50, 500], Gen.Bool)
        .Array[1, 6]
        .Select(nodes => nodes.Select((n, i) => new NodeToFill($"m{i}", n.Item1, i == 0 || n.Item2)).ToArray());

    [Fact]
    public void every_class_gets_a_server_that_accepts_rooms() =>
        Gen.Select(SomeClass.Array[0, 60], SomeNodes)
            .Sample(
                (classes, nodes) =>
                {
                    var placed = RoomPlacement.Place(classes.DistinctBy(c => c.ModuleId).ToList(), nodes);
                    placed.Keys.ShouldBe(classes.Select(c => c.ModuleId).Distinct(), ignoreOrder: true);
                    placed.Values.Distinct().ShouldAllBe(name => nodes.Single(n => n.Node == name).Accepts);
                }
            );

    [Fact]
    public void what_is_placed_on_a_server_that_accepts_rooms_stays() =>
        Gen.Select(SomeClass.Array[0, 60], SomeNodes)
            .Sample(
                (classes, nodes) =>
                {
                    var distinct = classes.DistinctBy(c => c.ModuleId).ToList();
                    var placed = RoomPlacement.Place(distinct, nodes);
                    foreach (var c in distinct.Where(c => nodes.Any(n => n.Node == c.Node && n.Accepts)))
                        placed[c.ModuleId].ShouldBe(c.Node);
                }
            );

    [Fact]
    public void the_order_of_the_input_does_not_matter() =>
        Gen.Select(SomeClass.Array[0, 40], SomeNodes)
            .Sample(
                (classes, nodes) =>
                {
                    var distinct = classes.DistinctBy(c => c.ModuleId).ToList();
                    RoomPlacement
                        .Place(distinct, nodes)
                        .OrderBy(p => p.Key)
                        .ShouldBe(RoomPlacement.Place([.. distinct.AsEnumerable().Reverse()], [.. nodes.Reverse()]).OrderBy(p => p.Key));
                }
            );

    [Fact]
    public void no_server_no_placement() =>
        RoomPlacement
            .Place([new ClassToPlace(Guid.Empty, Morning, Morning.AddHours(2), 6)], [new NodeToFill("m0", 100, Accepts: false)])
            .ShouldBeEmpty();

    [Fact]
    public void a_dead_server_is_replaced_and_only_its_classes_move()
    {
        var classes = Timetable(new Random(3), 600);
        var nodes = Enumerable.Range(0, 8).Select(i => new NodeToFill($"m{i}", 400)).ToArray();
        var before = RoomPlacement.Place(classes, nodes);
        var after = RoomPlacement.Place(
            [.. classes.Select(c => c with { Node = before[c.ModuleId] })],
            [.. nodes.Select(n => n with { Accepts = n.Node != "m3" })]
        );
        classes.Where(c => before[c.ModuleId] != "m3").ShouldAllBe(c => after[c.ModuleId] == before[c.ModuleId]);
        Excess(classes, after, 7).ShouldBeLessThan(0.10);
    }

    /// <summary>
    /// The demand of the issue: 6,000 classes in one minute on 40 servers, the fullest at most 10 % above the mean; and what
    /// others do, beside it.
    /// </summary>
    [Fact]
    public void six_thousand_classes_of_one_minute_are_spread_evenly_over_forty_servers()
    {
        const int servers = 40;
        var random = new Random(2021);
        var classes = Timetable(random, 6000);
        var nodes = Enumerable.Range(0, servers).Select(i => new NodeToFill($"m{i:00}", 1000)).ToArray();
        var inHand = RoomPlacement.Place(classes, nodes);

        // Rooms are made by whoever comes first, so in no order; sizes are not known then.
        var creation = classes.OrderBy(_ => random.Next()).ToList();
        var roundRobin = creation.Select((c, i) => (c.ModuleId, Node: $"m{i % servers:00}")).ToDictionary(x => x.ModuleId, x => x.Node);
        var counted = LeastLoadedAtCreation(creation, servers, random, countsRoomsAtOnce: true);
        var polled = LeastLoadedAtCreation(creation, servers, random, countsRoomsAtOnce: false);

        output.WriteLine(
            $"{classes.Count} classes, {classes.Sum(c => c.Expected)} participants, "
                + $"{servers} servers; the fullest above the mean (participants / forwarded streams):"
        );
        foreach (
            var (name, placed) in new (string, IReadOnlyDictionary<Guid, string>)[]
            {
                ("timetable in hand", inHand),
                ("round robin", roundRobin),
                ("least loaded at creation, rooms counted at once", counted),
                ("least loaded at creation, as measured each minute", polled),
            }
        )
        {
            output.WriteLine(
                $"  {name}: {Excess(classes, placed, servers):P2} / "
                    + $"{Excess(classes, placed, servers, c => c.Expected * (c.Expected - 1)):P2}"
            );
        }
        Excess(classes, inHand, servers).ShouldBeLessThan(0.10);
        Excess(classes, inHand, servers).ShouldBeLessThan(Excess(classes, counted, servers));
        Excess(classes, inHand, servers).ShouldBeLessThan(Excess(classes, roundRobin, servers));
    }

    /// <summary>
    /// Groups of 3 to 6 pupils and their teacher, as the rules of a campaign have them; a few open classes of 30 are webinars.
    /// </summary>
    private static List<ClassToPlace> Timetable(Random random, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new ClassToPlace(
                    new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]),
                    Morning,
                    Morning.AddMinutes(135),
                    i % 100 == 0 ? 30 : 1 + random.Next(3, 7)
                )),
        ];

    /// <summary>
    /// The rule of Scalelite: a meeting goes to the server with the lowest load when it is made. Loads are measured by a poll each
    /// minute; between two polls a new meeting may count as one. Rooms are made over three minutes, people come over ten.
    /// </summary>
    private static Dictionary<Guid, string> LeastLoadedAtCreation(
        List<ClassToPlace> order,
        int servers,
        Random random,
        bool countsRoomsAtOnce
    )
    {
        var placed = new Dictionary<Guid, string>();
        var there = new double[servers];
        var seen = new double[servers];
        var made = new List<(int Server, int Expected, double At)>();
        for (var i = 0; i < order.Count; i++)
        {
            var minute = 3.0 * i / order.Count;
            if (i > 0 && (int)minute != (int)(3.0 * (i - 1) / order.Count))
            {
                Array.Clear(there);
                foreach (var m in made)
                    there[m.Server] += Math.Ceiling(m.Expected * Math.Min(1, (minute - m.At + (random.NextDouble() * 0.5)) / 10));
                there.CopyTo(seen, 0);
            }
            var server = Enumerable.Range(0, servers).MinBy(s => seen[s]);
            if (countsRoomsAtOnce)
                seen[server]++;
            made.Add((server, order[i].Expected, minute));
            placed[order[i].ModuleId] = $"m{server:00}";
        }
        return placed;
    }

    private static double Excess(
        List<ClassToPlace> classes,
        IReadOnlyDictionary<Guid, string> placed,
        int servers,
        Func<ClassToPlace, double>? load = null
    )
    {
        load ??= c => c.Expected;
        var perServer = classes.GroupBy(c => placed[c.ModuleId], load).Select(g => g.Sum()).ToList();
        return (perServer.Max() / (classes.Sum(load) / servers)) - 1;
    }
}
