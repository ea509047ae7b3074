namespace Stages.Generator;

/// <summary>A pupil with wishes.</summary>
/// <param name="Priority">How strongly the school recommends the stage, 2 to 6, and one more from a school in REP.</param>
/// <param name="Weeks">Preference of each acceptable week, by label.</param>
/// <param name="Slots">Slots 0 to 19 at which the pupil can attend, by label of the week.</param>
/// <param name="Sibling">Place in the list of the sibling who is enrolled too.</param>
public sealed record DrawnPupil(
    string Level,
    School School,
    int Priority,
    IReadOnlyList<string> Wishes,
    IReadOnlyDictionary<string, int> Weeks,
    IReadOnlyDictionary<string, int[]> Slots
)
{
    public int? Sibling { get; init; }
}

/// <summary>A subject and the levels at which somebody teaches it.</summary>
public sealed record Teaching(string Subject, IReadOnlyList<string> Levels);

/// <summary>A teacher's offer.</summary>
/// <param name="Preferred">Those of <paramref name="Slots"/> that suit best.</param>
public sealed record DrawnOffer(
    IReadOnlyList<Teaching> Teaches,
    IReadOnlyDictionary<string, int[]> Slots,
    IReadOnlyDictionary<string, int[]> Preferred,
    int StagesPerWeek,
    int GroupMax
);

/// <summary>
/// A plausible campaign: who enrols from which school with which wishes, and who offers to teach. Levels, subjects and
/// availabilities are spread as in the académie's spring of 2021, as far as its published figures tell.
/// </summary>
public sealed record Population(IReadOnlyList<DrawnPupil> Pupils, IReadOnlyList<DrawnOffer> Offers)
{
    public static readonly IReadOnlyList<string> Levels = Vocabulary.Level.Codes;
    public static readonly IReadOnlyList<string> Subjects = ["FR", "MATHS", "ANG", "PC", "SVT", "HG"];
    public static readonly IReadOnlyList<string> Weeks = ["A", "B"];

    private const int FirstOfCollege = 5;
    private const int FirstOfLycee = 9;

    /// <summary>
    /// Levels at which the campaign offers a subject: two everywhere, the others from collège on, physics and chemistry from 4e.
    /// </summary>
    public static IReadOnlyList<string> LevelsOf(string subject) =>
        subject switch
        {
            "FR" or "MATHS" => Levels,
            "PC" => [.. Levels.Skip(FirstOfCollege + 2)],
            _ => [.. Levels.Skip(FirstOfCollege)],
        };

    /// <param name="pupils">How many; about 1.47 wishes each.</param>
    /// <param name="ratio">Seats that the offers can give at best, for each wish: 0.7 is scarce, 1.3 plenty.</param>
    /// <param name="largestGroup">No offer takes more pupils at once than this.</param>
    public static Population Generate(IReadOnlyList<School> schools, int pupils, double ratio, int seed, int largestGroup = 7)
    {
        var draw = new Draw(seed);
        var drawn = DrawPupils(draw, schools, pupils);
        return new Population(drawn, DrawOffers(draw, ratio * drawn.Sum(p => p.Wishes.Count), largestGroup));
    }

    private static List<DrawnPupil> DrawPupils(Draw draw, IReadOnlyList<School> schools, int count)
    {
        // Few schools send many pupils and many send one: of each kind a share, the first of it far more often.
        var byKind = new Dictionary<SchoolKind, List<School>>();
        foreach (var kind in Enum.GetValues<SchoolKind>())
        {
            var all = schools.Where(s => s.Kind == kind).ToList();
            draw.Shuffle(all);
            byKind[kind] = all[..Math.Max(Math.Min(3, all.Count), Math.Min(all.Count, (int)((long)count * all.Count / 20000) + 5))];
        }
        var pupils = new List<DrawnPupil>(count);
        for (var i = 0; i < count; i++)
        {
            var level = draw.Weighted(4, 6, 7, 9, 11, 12, 11, 11, 14, 7, 5, 3);
            var from = byKind[
                level < FirstOfCollege ? SchoolKind.Ecole
                : level < FirstOfLycee ? SchoolKind.College
                : SchoolKind.Lycee
            ];
            var school = from[(int)(from.Count * Math.Pow(draw.Share(), 2))];
            var wishes = Wishes(draw, level);
            var (weeks, slots) = Time(draw, level);
            int[] priorities = [2, 3, 4, 6];
            pupils.Add(
                new DrawnPupil(
                    Levels[level],
                    school,
                    priorities[draw.Weighted(50, 25, 15, 10)] + (school.IsPriority ? 1 : 0),
                    wishes,
                    weeks,
                    slots
                )
            );
        }
        for (var i = 0; i < count - 1; i += 9)
        {
            if (!draw.Chance(.5))
                continue;
            pupils[i] = pupils[i] with { Sibling = i + 1 };
            pupils[i + 1] = pupils[i + 1] with { Sibling = i };
        }
        return pupils;
    }

    private static List<string> Wishes(Draw draw, int level)
    {
        if (level < FirstOfCollege)
        {
            var first = draw.One<string>(["FR", "MATHS"]);
            return draw.Chance(.55) ? [first, first == "FR" ? "MATHS" : "FR"] : [first];
        }
        var allowed = Enumerable.Range(0, Subjects.Count).Where(s => LevelsOf(Subjects[s]).Contains(Levels[level])).ToList();
        double[] asFirst = [25, 50, 13, 7, 2, 3],
            asSecond = [30, 35, 18, 10, 3, 4];
        var wished = allowed[draw.Weighted([.. allowed.Select(s => asFirst[s])])];
        if (!draw.Chance(.40))
            return [Subjects[wished]];
        var rest = allowed.Where(s => s != wished).ToList();
        return [Subjects[wished], Subjects[rest[draw.Weighted([.. rest.Select(s => asSecond[s])])]]];
    }

    private static (Dictionary<string, int> Weeks, Dictionary<string, int[]> Slots) Time(Draw draw, int level)
    {
        const int both = 2;
        var which = draw.Weighted(35, 25, 40);
        var shape = (WeekShape)(level < FirstOfCollege ? draw.Weighted(40, 30, 8, 12, 10) : draw.Weighted(35, 15, 20, 14, 16));
        var like = draw.Weighted(42, 28, 30);
        var weeks = new Dictionary<string, int>(StringComparer.Ordinal);
        var slots = new Dictionary<string, int[]>(StringComparer.Ordinal);
        for (var week = 0; week < Weeks.Count; week++)
        {
            if (which != both && which != week)
                continue;
            // Nobody enrols for a week without a single free slot.
            int[] free;
            do free = draw.Availability(shape, .5);
            while (free.Length == 0);
            slots[Weeks[week]] = free;
            weeks[Weeks[week]] = which != both || like == both || like == week ? 2 : 1;
        }
        return (weeks, slots);
    }

    private static List<DrawnOffer> DrawOffers(Draw draw, double seatsWanted, int largestGroup)
    {
        var offers = new List<DrawnOffer>();
        for (var seats = 0.0; seats < seatsWanted; )
        {
            // Physics for 6e and 5e alone is nothing that the campaign offers.
            List<Teaching> teaches;
            do teaches = Teaches(draw);
            while (teaches.Count == 0);
            const int both = 2;
            var which = draw.Weighted(26, 24, 50);
            var shape = (WeekShape)draw.Weighted(15, 27, 22, 12, 24);
            var stages = 1 + draw.Weighted(72, 22, 6);
            var size = Math.Min(largestGroup, 5 + draw.Weighted(30, 60, 10));
            var slots = new Dictionary<string, int[]>(StringComparer.Ordinal);
            var preferred = new Dictionary<string, int[]>(StringComparer.Ordinal);
            for (var week = 0; week < Weeks.Count; week++)
            {
                if (which != both && which != week)
                    continue;
                int[] free;
                do free = draw.Availability(shape, .45);
                while (free.Length == 0);
                slots[Weeks[week]] = free;
                preferred[Weeks[week]] = [.. free.Where(_ => draw.Chance(.4))];
                // A stage needs three days; fewer free days than that give no seat.
                if (free.Select(s => s / 4).Distinct().Count() >= 3)
                    seats += Math.Min(stages, free.Length / 3) * size;
            }
            offers.Add(new DrawnOffer(teaches, slots, preferred, stages, size));
        }
        return offers;
    }

    /// <summary>
    /// Schoolteachers teach both subjects at neighbouring levels; others one subject, sometimes two; a few bridge école and
    /// collège.
    /// </summary>
    private static List<Teaching> Teaches(Draw draw)
    {
        var profile = draw.Weighted(38, 54, 8);
        if (profile == 2)
            return [.. new[] { "FR", "MATHS" }.Select(s => new Teaching(s, [.. Levels.Skip(3).Take(4)]))];
        var (first, last) = profile == 0 ? (0, FirstOfCollege - 1) : (FirstOfCollege, Levels.Count - 1);
        var low = first + draw.Below(last - first + 1);
        var high = Math.Min(last, low + 1 + draw.Below(4));
        low = Math.Max(first, Math.Min(low, high - 1));
        IReadOnlyList<string> levels = [.. Levels.Skip(low).Take(high - low + 1)];
        List<string> subjects;
        if (profile == 0)
        {
            subjects = draw.Weighted(70, 15, 15) switch
            {
                0 => ["FR", "MATHS"],
                1 => ["FR"],
                _ => ["MATHS"],
            };
        }
        else
        {
            subjects = [Subjects[draw.Weighted(30, 40, 15, 10, 3, 2)]];
            if (draw.Chance(.2) && Subjects[draw.Weighted(30, 40, 15, 10, 3, 2)] is var second && second != subjects[0])
                subjects.Add(second);
        }
        return [.. subjects.Select(s => new Teaching(s, [.. levels.Where(LevelsOf(s).Contains)])).Where(t => t.Levels.Count > 0)];
    }
}
