using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Timetables;

namespace Stages.Scheduling.Tests.Rules;

/// <summary>One change to a legal timetable, of a kind that people make or that befalls them.</summary>
/// <param name="OfOneStage">Its content changes, and nothing else: then the stage itself has to have the conflict.</param>
internal sealed record Mutation(string Name, bool OfOneStage, Func<AnyTimetable, int, Random, AnyTimetable> Make)
{
    public static readonly IReadOnlyList<Mutation> All =
    [
        OfStage("a module moves", (t, s, r) => s with { Modules = With(s.Modules, r.Next(s.Modules.Count), Slot(r)) }),
        OfStage("two modules move", (t, s, r) => s with { Modules = With(With(s.Modules, 0, Slot(r)), 1, Slot(r)) }),
        OfStage("a module beyond the grid", (t, s, r) => s with { Modules = With(s.Modules, 0, AnyTimetable.Slots + r.Next(5)) }),
        OfStage("one module more", (t, s, r) => s with { Modules = [.. s.Modules, new(AnyTimetable.Id(5, 8), Slot(r), 0)] }),
        OfStage(
            "two modules more",
            (t, s, r) => s with { Modules = [.. s.Modules, new(AnyTimetable.Id(5, 8), Slot(r), 0), new(AnyTimetable.Id(5, 9), Slot(r), 0)] }
        ),
        OfStage("one module fewer", (t, s, r) => s with { Modules = [.. s.Modules.Skip(1)] }),
        OfStage("the other week", (t, s, r) => s with { Week = s.Week == "A" ? "B" : "A" }),
        OfStage("no week of the campaign", (t, s, r) => s with { Week = "C" }),
        OfStage("another teacher", (t, s, r) => s with { OfferId = Any(t.Offers, r).Id }),
        OfStage("a teacher without an offer", (t, s, r) => s with { OfferId = AnyTimetable.Id(2, 99) }),
        OfStage("another subject", (t, s, r) => s with { Subject = AnyTimetable.Subjects.Single(x => x != s.Subject) }),
        OfStage("another level", (t, s, r) => s with { Levels = [Any(AnyTimetable.Levels, r)] }),
        OfStage("two levels", (t, s, r) => s with { Levels = [.. AnyTimetable.Levels.Skip(r.Next(2)).Take(2)] }),
        OfStage("no level", (t, s, r) => s with { Levels = [] }),
        OfStage("a pupil more", (t, s, r) => s with { Seats = [.. s.Seats, AnySeat(t, r)] }),
        OfStage("a pupil whom nobody enrolled", (t, s, r) => s with { Seats = [.. s.Seats, new Seat(AnyTimetable.Id(1, 99), "6e", "")] }),
        OfStage("a pupil fewer", (t, s, r) => s with { Seats = [.. s.Seats.Skip(1)] }),
        OfStage("nobody", (t, s, r) => s with { Seats = [] }),
        OfStage("a pupil replaced", (t, s, r) => s with { Seats = [.. s.Seats.Skip(1), AnySeat(t, r)] }),
        OfStage("many pupils more", (t, s, r) => s with { Seats = [.. s.Seats, .. Enumerable.Range(0, 4).Select(_ => AnySeat(t, r))] }),
        Of("two pupils exchanged", Exchanged),
        Of("a second stage of the teacher", (t, i, r) => t with { Stages = [.. t.Stages, Second(t.Stages[i], r)] }),
        Of(
            "a teacher withdraws",
            (t, i, r) => t with { Offers = [.. t.Offers.Select(o => Is(t, i, o.Id) ? o with { Withdrawn = true } : o)] }
        ),
        Of(
            "a teacher is no longer accepted",
            (t, i, r) =>
                t with
                {
                    Offers = [.. t.Offers.Select(o => Is(t, i, o.Id) ? o with { Acceptance = Offers.Acceptance.Refused } : o)],
                }
        ),
        Of("a teacher takes one stage fewer", (t, i, r) => Terms(t, i, l => l with { StagesPerWeek = l.StagesPerWeek - 1 })),
        Of("a teacher takes smaller groups", (t, i, r) => Terms(t, i, l => l with { GroupMax = r.Next(1, 4) })),
        Of("a family withdraws", (t, i, r) => Family(t, i, c => c with { Withdrawn = true })),
        Of("a family takes a wish back", (t, i, r) => Family(t, i, c => c with { Wishes = [.. c.Wishes.Skip(1)] })),
        Of("a pupil is of another level", (t, i, r) => Family(t, i, c => c with { Level = Any(AnyTimetable.Levels, r) })),
        Of("a pupil can come in one week only", (t, i, r) => Family(t, i, c => c with { Weeks = [.. c.Weeks.Take(1)] })),
        Of("a family has one device", OneDevice),
        Of("a teacher has a class of another campaign", (t, i, r) => Busy(t, t.Offers.First(o => Is(t, i, o.Id)).PersonId, i, r)),
        Of(
            "a pupil has a class of another campaign",
            (t, i, r) =>
            {
                var child = AnyTimetable.Id(6, i);
                return Busy(Family(t, i, c => c with { Child = child }), child, i, r);
            }
        ),
        Of("a day is closed", (t, i, r) => t with { Plan = t.Plan with { ClosedDates = [new DateOnly(2021, 4, 12).AddDays(r.Next(12))] } }),
        Rule("groups are larger", (rules, r) => rules with { GroupMin = rules.GroupMin + 1 }),
        Rule("groups are smaller", (rules, r) => rules with { GroupMax = r.Next(1, 5) }),
        Rule("stages are longer", (rules, r) => rules with { ModulesMin = 4 }),
        Rule("stages are shorter", (rules, r) => rules with { ModulesMax = 3 }),
        Rule("one module a day", (rules, r) => rules with { ModulesPerDayMax = 1 }),
        Rule("one week", (rules, r) => rules with { SingleWeek = true }),
        Rule("no levels are adjacent", (rules, r) => rules with { AdjacentLevels = [] }),
    ];

    private static Mutation OfStage(string name, Func<AnyTimetable, Stage, Random, Stage> change) =>
        new(name, OfOneStage: true, (t, i, r) => t with { Stages = [.. t.Stages.Select((s, k) => k == i ? change(t, s, r) : s)] });

    private static Mutation Of(string name, Func<AnyTimetable, int, Random, AnyTimetable> make) => new(name, OfOneStage: false, make);

    private static Mutation Rule(string name, Func<Api.Scheduling.Rules, Random, Api.Scheduling.Rules> change) =>
        Of(name, (t, _, r) => t with { Plan = t.Plan with { Rules = change(t.Plan.Rules, r) } });

    private static AnyTimetable Exchanged(AnyTimetable t, int i, Random r)
    {
        var k = r.Next(t.Stages.Count);
        Seat a = Any(t.Stages[i].Seats, r),
            b = Any(t.Stages[k].Seats, r);
        return t with
        {
            Stages =
            [
                .. t.Stages.Select(s =>
                    s with
                    {
                        Seats =
                        [
                            .. s.Seats.Select(seat =>
                                seat == a && s == t.Stages[i] ? b
                                : seat == b && s == t.Stages[k] ? a
                                : seat
                            ),
                        ],
                    }
                ),
            ],
        };
    }

    private static AnyTimetable OneDevice(AnyTimetable t, int i, Random r)
    {
        var siblings = new[] { Any(t.Stages[i].Seats, r), Any(Any(t.Stages, r).Seats, r) }.Select(s => s.EnrolmentId).ToHashSet();
        var family = new { SiblingGroup = (Guid?)AnyTimetable.Id(7, 99), SiblingsRule = "apart" };
        return t with
        {
            Candidates =
            [
                .. t.Candidates.Select(c =>
                    siblings.Contains(c.Id) ? c with { SiblingGroup = family.SiblingGroup, SiblingsRule = family.SiblingsRule } : c
                ),
            ],
        };
    }

    /// <summary>At any slot of the stage's week, which may be one of its own; half an hour later than ours begin.</summary>
    private static AnyTimetable Busy(AnyTimetable t, Guid person, int i, Random r)
    {
        var begins = ModuleTime.Of(t.Plan, t.Stages[i].Week, Slot(r)).StartsAt.AddMinutes(30);
        return t with { Elsewhere = new(new[] { new Busy(begins, begins.AddHours(2), "Collèges") }.ToLookup(_ => person)) };
    }

    private static Stage Second(Stage s, Random r) =>
        s with
        {
            Id = AnyTimetable.Id(3, 99),
            Modules = [.. s.Modules.Select(m => m with { Slot = (m.Slot + r.Next(AnyTimetable.Slots)) % AnyTimetable.Slots })],
            Week = r.Next(2) == 0 ? "A" : "B",
        };

    private static AnyTimetable Terms(AnyTimetable t, int i, Func<Api.Scheduling.Limits, Api.Scheduling.Limits> change) =>
        t with
        {
            Offers = [.. t.Offers.Select(o => Is(t, i, o.Id) ? o with { Terms = o.Terms with { Limits = change(o.Terms.Limits) } } : o)],
        };

    private static AnyTimetable Family(AnyTimetable t, int i, Func<Candidates.Candidate, Candidates.Candidate> change) =>
        t with
        {
            Candidates = [.. t.Candidates.Select(c => c.Id == t.Stages[i].Seats[0].EnrolmentId ? change(c) : c)],
        };

    private static bool Is(AnyTimetable t, int stage, Guid offer) => t.Stages[stage].OfferId == offer;

    private static Seat AnySeat(AnyTimetable t, Random r)
    {
        var candidate = Any(t.Candidates, r);
        return new Seat(candidate.Id, candidate.Level, candidate.SchoolUai);
    }

    private static Module[] With(IReadOnlyList<Module> modules, int index, int slot) =>
        [.. modules.Select((m, i) => i == index ? m with { Slot = slot } : m)];

    private static int Slot(Random r) => r.Next(AnyTimetable.Slots);

    private static T Any<T>(IReadOnlyList<T> list, Random r) => list[r.Next(list.Count)];
}
