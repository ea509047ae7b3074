using System.Globalization;
using Stages.Vocabulary;

namespace Stages.Pairing.Cli;

/// <summary>A made-up campaign of any size with the habits of a real one, for demonstrations and measurements.</summary>
/// <remarks>
/// One or two wishes a pupil, 1.47 on average; schools of the real list, some much larger than others; pupils free all day, in
/// the morning, in the afternoon or now and then; teachers of one or two subjects and a few neighbouring levels, until the seats
/// they could give reach the asked share of the wishes. The same arguments give the same campaign.
/// </remarks>
public static class SyntheticCampaign
{
    private const int Days = 5,
        PerDay = 4,
        Slots = Days * PerDay;

    private static readonly string[] Levels = [.. Level.Codes];
    private static readonly string[] Subjects = ["FR", "MATHS", "ANG", "PC", "SVT", "HG"];
    private static readonly string[] Weeks = ["A", "B"];
    private static readonly double[] LevelWeights = [4, 6, 7, 9, 11, 12, 11, 11, 14, 7, 5, 3];

    private static readonly string[][] Adjacent = [.. Level.Neighbours.Select(p => new[] { p.Younger.ToString(), p.Older.ToString() })];

    /// <param name="siblings">What every family asks for its children; null writes no rule.</param>
    public static Problem Generate(
        int pupils,
        double ratio,
        int seed,
        IReadOnlyList<School> schools,
        double? primaryShare = null,
        string? siblings = null
    )
    {
        var random = new Chance(seed);
        var made = Pupils(pupils, random, schools, primaryShare, siblings);
        var offers = Offers(ratio * made.Sum(p => p.Wishes.Count), random);
        return new Problem(Rules.Default(Adjacent), Levels, Subjects, made, offers);
    }

    private static List<Pupil> Pupils(int count, Chance random, IReadOnlyList<School> schools, double? primaryShare, string? siblings)
    {
        var byKind = new[] { "Ecole", "Collège", "Lycée" }.Select(kind => schools.Where(s => s.Kind == kind).ToArray()).ToArray();
        foreach (var list in byKind)
            random.Shuffle(list);
        // A small campaign concerns a few schools, the whole académie all of them.
        var used = byKind
            .Select(list => Math.Max(Math.Min(3, list.Length), Math.Min(list.Length, (int)((long)count * list.Length / 20_000) + 5)))
            .ToArray();
        var weights = LevelWeights;
        if (primaryShare is { } share)
        {
            var (primary, secondary) = (LevelWeights[..5].Sum(), LevelWeights[5..].Sum());
            weights = [.. LevelWeights.Select((w, i) => i < 5 ? w * share / primary : w * (1 - share) / secondary)];
        }

        int[] order = [.. Enumerable.Range(0, count)];
        random.Shuffle(order);
        var pupils = new List<Pupil>(count);
        for (var i = 0; i < count; i++)
        {
            var level = random.Pick(weights);
            var kind =
                level < 5 ? 0
                : level < 9 ? 1
                : 2;
            // Squared: some schools enrol many more than others.
            var chance = random.Unit();
            var school =
                byKind[kind].Length == 0
                    ? new School("0340000A", "", IsPriority: false)
                    : byKind[kind][(int)(used[kind] * chance * chance)];
            var id = string.Create(CultureInfo.InvariantCulture, $"p{i}");
            var wishes = Wishes(id, level, random);
            var (weeks, slots) = PupilTimes(level, random);
            var priority = new[] { 2, 3, 4, 6 }[random.Pick(50, 25, 15, 10)] + (school.IsPriority ? 1 : 0);
            pupils.Add(new Pupil(id, Levels[level], school.Uai, priority, order[i], weeks, slots, wishes));
        }

        // About one pupil in nine has a sibling enrolled.
        for (var i = 0; i + 1 < count; i += 9)
        {
            if (random.Unit() >= .5)
                continue;
            var family = string.Create(CultureInfo.InvariantCulture, $"f{i}");
            pupils[i] = pupils[i] with { Siblings = family, SiblingsRule = siblings };
            pupils[i + 1] = pupils[i + 1] with { Siblings = family, SiblingsRule = siblings };
        }

        return pupils;
    }

    private static Wish[] Wishes(string pupil, int level, Chance random)
    {
        string first,
            second;
        bool both;
        if (level < 5)
        {
            (first, second) = random.Unit() < .5 ? ("FR", "MATHS") : ("MATHS", "FR");
            both = random.Unit() < .55;
        }
        else
        {
            // Physics and chemistry begin in 5e.
            bool Taught(int s) => !(s == 3 && level < 7);
            var one = random.Pick([.. new double[] { 25, 50, 13, 7, 2, 3 }.Select((w, s) => Taught(s) ? w : 0)]);
            var two = random.Pick([.. new double[] { 30, 35, 18, 10, 3, 4 }.Select((w, s) => Taught(s) && s != one ? w : 0)]);
            (first, second, both) = (Subjects[one], Subjects[two], random.Unit() < .40);
        }

        return both ? [new Wish($"{pupil}-{first}", first), new Wish($"{pupil}-{second}", second)] : [new Wish($"{pupil}-{first}", first)];
    }

    private static (Dictionary<string, int> Weeks, Dictionary<string, int[]> Slots) PupilTimes(int level, Chance random)
    {
        var which = random.Pick(35, 25, 40);
        var kind = level < 5 ? random.Pick(40, 30, 8, 12, 10) : random.Pick(35, 15, 20, 14, 16);
        var like = random.Pick(42, 28, 30);
        var weeks = new Dictionary<string, int>(StringComparer.Ordinal);
        var slots = new Dictionary<string, int[]>(StringComparer.Ordinal);
        for (var w = 0; w < 2; w++)
        {
            if (which != w && which != 2)
                continue;
            slots[Weeks[w]] = Availability(random, kind, .5);
            weeks[Weeks[w]] = which != 2 || like == w || like == 2 ? 2 : 1;
        }

        return (weeks, slots);
    }

    private static List<Offer> Offers(double seatsWanted, Chance random)
    {
        var offers = new List<Offer>();
        for (var seats = 0.0; seats < seatsWanted; )
        {
            var teaches = Teaches(random);
            var which = random.Pick(26, 24, 50);
            var kind = random.Pick(15, 27, 22, 12, 24);
            var limit = 1 + random.Pick(72, 22, 6);
            var size = 5 + random.Pick(30, 60, 10);
            var slots = new Dictionary<string, int[]>(StringComparer.Ordinal);
            var preferred = new Dictionary<string, int[]>(StringComparer.Ordinal);
            for (var w = 0; w < 2; w++)
            {
                if (which != w && which != 2)
                    continue;
                var free = slots[Weeks[w]] = Availability(random, kind, .45);
                preferred[Weeks[w]] = [.. free.Where(_ => random.Unit() < .4)];
                if (free.Select(s => s / PerDay).Distinct().Count() >= 3)
                    seats += Math.Min(limit, free.Length / 3) * size;
            }

            offers.Add(new Offer(string.Create(CultureInfo.InvariantCulture, $"t{offers.Count}"), teaches, slots, limit, size, preferred));
        }

        return offers;
    }

    private static List<Teaching> Teaches(Chance random)
    {
        var kind = random.Pick(38, 54, 8);
        // Teachers on the border of école and collège.
        if (kind == 2)
            return [new("FR", Levels[3..7]), new("MATHS", Levels[3..7])];
        var (lowest, top) = kind == 0 ? (random.Below(5), 4) : (5 + random.Below(7), 11);
        var floor = kind == 0 ? 0 : 5;
        var high = Math.Min(top, lowest + 1 + random.Below(4));
        var levels = Levels[Math.Max(floor, Math.Min(lowest, high - 1))..(high + 1)];
        if (kind == 0)
        {
            string[] both = random.Pick(70, 15, 15) switch
            {
                0 => ["FR", "MATHS"],
                1 => ["FR"],
                _ => ["MATHS"],
            };
            return [.. both.Select(s => new Teaching(s, levels))];
        }

        var subjects = new List<string> { Subjects[random.Pick(30, 40, 15, 10, 3, 2)] };
        if (random.Unit() < .2 && Subjects[random.Pick(30, 40, 15, 10, 3, 2)] is var other && !subjects.Contains(other))
            subjects.Add(other);
        return [.. subjects.Select(s => new Teaching(s, levels))];
    }

    /// <summary>Free all week, in the mornings, in the afternoons, but for a day or two, or at each slot with a probability.</summary>
    private static int[] Availability(Chance random, int kind, double probability)
    {
        IEnumerable<int> slots = Enumerable.Range(0, Slots);
        if (kind == 1)
            slots = slots.Where(s => s % PerDay < 2);
        else if (kind == 2)
            slots = slots.Where(s => s % PerDay >= 2);
        else if (kind == 3)
            slots = Without(slots, random.Below(Days), random.Below(Days));
        else if (kind == 4)
            slots = slots.Where(_ => random.Unit() < probability).ToArray();
        if (kind < 3 && random.Unit() < .35)
            slots = Without(slots, random.Below(Days), -1);
        return [.. slots];
    }

    private static int[] Without(IEnumerable<int> slots, int one, int other) =>
        [.. slots.Where(s => s / PerDay != one && s / PerDay != other)];

    /// <summary>Random numbers that are the same on every runtime.</summary>
    private sealed class Chance(int seed)
    {
        private ulong state = (ulong)seed * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019;

        public double Unit()
        {
            var x = state += 0x9E3779B97F4A7C15;
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
            return ((x ^ (x >> 31)) >> 11) * (1.0 / (1UL << 53));
        }

        public int Below(int count) => (int)(Unit() * count);

        public int Pick(params double[] weights)
        {
            var at = Unit() * weights.Sum();
            for (var i = 0; i < weights.Length; i++)
            {
                if ((at -= weights[i]) < 0)
                    return i;
            }

            return weights.Length - 1;
        }

        public void Shuffle<T>(T[] items)
        {
            for (var i = items.Length - 1; i > 0; i--)
            {
                var j = Below(i + 1);
                (items[i], items[j]) = (items[j], items[i]);
            }
        }
    }
}
