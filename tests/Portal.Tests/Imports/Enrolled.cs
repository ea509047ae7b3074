using System.Text;
using Stages.Portal.Clients;
using Stages.Portal.Imports;
using Stages.Vocabulary;

namespace Stages.Portal.Tests;

/// <summary>Enrolments as the service would keep them, for rules that are pure: a list is planned and carried out upon them.</summary>
public sealed class Enrolled
{
    public static readonly CampaignView Campaign = Some.Campaign with
    {
        Levels = RealChild.Levels,
        Subjects = [new("FR", "Français", "French", RealChild.Levels), new("MA", "Mathématiques", "Mathematics", RealChild.Levels)],
    };

    public static readonly Usual Usual = new("", ["MA"], ["A", "B"], false, true);

    private static readonly Caller Everywhere = new(Guid.Empty, Roles.Coordinator, null, null, null);

    private int next;

    public List<EnrolmentView> All { get; } = [];

    public EnrolmentView this[Guid id] => All.Single(e => e.Id == id);

    public static Table Read(string csv) => Read(Encoding.UTF8.GetBytes(csv));

    public static Table Read(byte[] file) => Table.Read(file, CancellationToken.None);

    public EnrolmentPlan Plan(Usual? usual = null) => new(Campaign, usual ?? Usual, All, Rules());

    public IReadOnlyList<Planned> Look(Table table, Usual? usual = null) => Plan(usual).Of(table);

    /// <returns>Lines with what they did, each beside the enrolment that it made or changed.</returns>
    public IReadOnlyList<(Planned Line, EnrolmentView? Enrolment)> CarryOut(IReadOnlyList<Planned> plan, Usual? usual = null) =>
        [.. plan.Select(l => (l, l.IsLeft ? CarryOut(l, usual ?? Usual) : null))];

    public IReadOnlyList<(Planned Line, EnrolmentView? Enrolment)> Import(Table table, Usual? usual = null) =>
        CarryOut(Look(table, usual), usual);

    public EnrolmentView Add(EnrolmentView e)
    {
        All.Add(e);
        return e;
    }

    /// <summary>As a family enrolled online.</summary>
    public EnrolmentView Add(string first, string last, string level = "6e", int? year = null, params Guardian[] guardians) =>
        Add(
            View(
                new EnrolmentRequest(
                    new Pupil(first, last, level, RealChild.Schools[0], year),
                    guardians.Length > 0 ? guardians : [new Guardian("Anne Delmas", "anne@example.org", "+33612345678")],
                    [new Wish("FR", 1), new Wish("MA", 2)],
                    [new WeekWanted("A", 2)],
                    new Dictionary<string, string[]>(StringComparer.Ordinal) { ["A"] = ["MON-09:00", "TUE-09:00", "THU-14:00"] },
                    true,
                    new Equipment(true),
                    true,
                    SiblingsRule: SiblingsRule.SameSlots
                )
            )
        );

    /// <summary>As the export writes it.</summary>
    public byte[] Export() => Csv(Written.EnrolmentColumns, All.Select(Written.Row));

    public static byte[] Csv(string[] columns, IEnumerable<object?[]> rows)
    {
        using var text = new StringWriter();
        using (var csv = Written.Csv(text))
            foreach (var row in rows.Prepend(columns))
                Written.Line(csv, row).GetAwaiter().GetResult();
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private EnrolmentView CarryOut(Planned line, Usual usual)
    {
        var said = EnrolmentLine.Read(line.Row, Campaign, usual).Line;
        if (line.Existing is not { } id)
            return Add(View(EnrolmentMerge.New(said, Campaign, usual).Body));
        var at = All.FindIndex(e => e.Id == id);
        var now = View(EnrolmentMerge.Onto(All[at], said, Campaign, usual).Body);
        return All[at] = now with { Id = id, Version = All[at].Version + 1, Placements = All[at].Placements };
    }

    private EnrolmentView View(EnrolmentRequest b) =>
        new(
            new Guid(++next, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
            Guid.Empty,
            "submitted",
            1,
            b.Pupil,
            [.. b.Guardians.Select(g => g with { Email = Texts.Find<EmailAddress>(g.Email)?.Key })],
            b.Wishes,
            b.Weeks,
            b.Slots,
            b.SiblingsTogether ?? false,
            b.Equipment!,
            true,
            b.IdentifiedBySchool ?? false,
            DateTimeOffset.MinValue,
            DateTimeOffset.MinValue,
            [],
            SiblingsRule: b.SiblingsRule ?? SiblingsRule.Apart,
            Marks: b.Marks
        );

    private static BodyRules Rules() =>
        new(
            Campaign,
            RealChild.Schools.ToDictionary(
                u => u,
                u => new SchoolView(u, $"Collège {u}", "college", "Ici", "34000", u[..3], "", RealChild.Levels),
                StringComparer.Ordinal
            ),
            Everywhere
        );
}
