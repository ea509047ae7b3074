using CsCheck;

namespace Stages.Pairing.Tests;

/// <summary>Small campaigns of every kind: also without pupils, without offers, without common slots, all alike.</summary>
internal static class Campaigns
{
    private static readonly string[] Levels = ["CM1", "CM2", "6e"];
    private static readonly string[] Subjects = ["FR", "MATHS"];

    private static readonly Gen<int[]> SlotList = Gen.OneOf(
        Gen.Const(Enumerable.Range(0, 6).ToArray()),
        Gen.Bool.Array[6].Select(some => Enumerable.Range(0, 6).Where(i => some[i]).ToArray())
    );

    private static readonly Gen<Dictionary<string, int[]>> Times = Gen.Select(
        Gen.Int[1, 3],
        SlotList,
        SlotList,
        (which, a, b) =>
        {
            var slots = new Dictionary<string, int[]>(StringComparer.Ordinal);
            if ((which & 1) != 0)
                slots["A"] = a;
            if ((which & 2) != 0)
                slots["B"] = b;
            return slots;
        }
    );

    private static readonly Gen<(int Level, int Priority, Dictionary<string, int[]> Slots, int Likes, int Wishes, int Family)> SomePupil =
        Gen.Select(Gen.Int[0, 2], Gen.Int[1, 4], Times, Gen.Int[1, 2], Gen.Int[0, 3], Gen.Int[0, 5]);

    private static readonly Gen<(int Levels, int Subjects, Dictionary<string, int[]> Slots, int PerWeek, int GroupMax)> SomeOffer =
        Gen.Select(Gen.Int[1, 7], Gen.Int[1, 3], Times, Gen.Int[0, 3], Gen.Int[1, 4]);

    private static readonly string?[] SiblingsRules = [null, SiblingsRule.Apart, SiblingsRule.SameSlots, SiblingsRule.Any];

    public static Gen<Problem> Any(int pupils, int offers) =>
        Gen.Select(
            SomePupil.Array[0, pupils],
            SomeOffer.Array[0, offers],
            Gen.Bool,
            Gen.Int[1, 3],
            Gen.Int[1, 2],
            Gen.Bool,
            Gen.Int[0, 3].Array[2],
            Build
        );

    /// <summary>The same, every family with one device.</summary>
    public static Gen<Problem> OneDevice(int pupils, int offers) =>
        Any(pupils, offers).Select(problem => WithRule(problem, SiblingsRule.Apart));

    public static Problem WithRule(Problem problem, string rule) =>
        problem with
        {
            Pupils = [.. problem.Pupils.Select(p => p.Siblings is null ? p : p with { SiblingsRule = rule })],
        };

    private static Problem Build(
        (int Level, int Priority, Dictionary<string, int[]> Slots, int Likes, int Wishes, int Family)[] pupils,
        (int Levels, int Subjects, Dictionary<string, int[]> Slots, int PerWeek, int GroupMax)[] offers,
        bool singleWeek,
        int groupMin,
        int perDay,
        bool holiday,
        int[] rulesOfFamilies
    )
    {
        // Three days of two slots: two or three modules, so that every set of modules can be enumerated by the oracle.
        var rules = new Rules(
            ["A", "B"],
            3,
            2,
            groupMin,
            2,
            3,
            perDay,
            singleWeek,
            [
                ["CM1", "CM2"],
                ["CM2", "6e"],
            ],
            new WishWeights(10, 6),
            holiday ? [new ClosedSlot("A", 3)] : null
        );
        return new Problem(
            rules,
            Levels,
            Subjects,
            [
                .. pupils.Select(
                    (p, i) =>
                        new Pupil(
                            $"p{i}",
                            Levels[p.Level],
                            "0340001A",
                            p.Priority,
                            i,
                            p.Slots.ToDictionary(x => x.Key, _ => p.Likes, StringComparer.Ordinal),
                            p.Slots,
                            [.. Subjects.Where((_, s) => (p.Wishes & (1 << s)) != 0).Select(s => new Wish($"p{i}-{s}", s))],
                            p.Family < 2 ? $"family {p.Family}" : null,
                            p.Family < 2 ? SiblingsRules[rulesOfFamilies[p.Family]] : null
                        )
                ),
            ],
            [
                .. offers.Select(
                    (o, i) =>
                        new Offer(
                            $"t{i}",
                            [
                                .. Subjects
                                    .Where((_, s) => (o.Subjects & (1 << s)) != 0)
                                    .Select(s => new Teaching(s, [.. Levels.Where((_, l) => (o.Levels & (1 << l)) != 0)])),
                            ],
                            o.Slots,
                            o.PerWeek,
                            o.GroupMax,
                            o.Slots
                        )
                ),
            ]
        );
    }

    /// <summary>A campaign of the size and habits of a real one, on three made-up schools.</summary>
    public static Problem Synthetic(int pupils, double ratio = 1.0, int seed = 1) =>
        Cli.SyntheticCampaign.Generate(
            pupils,
            ratio,
            seed,
            [
                new("0340001A", "Ecole", IsPriority: false),
                new("0340002B", "Collège", IsPriority: true),
                new("0340003C", "Lycée", IsPriority: false),
            ]
        );
}
