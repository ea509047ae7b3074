namespace Stages.Portal.Pages.Coordination;

/// <summary>The form that opens a campaign: what was posted, what of it cannot be read, and what the service takes.</summary>
public sealed record NewCampaignForm
{
    private static string TimeZone => CampaignDefaults.TimeZone;

    /// <summary>Before this level a class has one teacher for all, and only two subjects are offered.</summary>
    private const string Sixth = "6e";

    public static readonly string[] AllLevels = [.. Level.Codes];

    public static readonly (string Code, string Name, string NameEn, bool Everywhere)[] AllSubjects =
    [
        ("FR", "Français", "French", true),
        ("MA", "Mathématiques", "Mathematics", true),
        ("EN", "Anglais", "English", false),
        ("HG", "Histoire-géographie", "History and geography", false),
        ("PC", "Physique-chimie", "Physics and chemistry", false),
        ("SVT", "SVT", "Life and earth sciences", false),
    ];

    private readonly Func<string, string> field;
    private readonly IReadOnlyList<string> levels;
    private readonly IReadOnlyList<string> subjects;

    private NewCampaignForm(IFormCollection posted)
    {
        field = name => posted[name].ToString().Trim();
        levels = [.. posted["levels"].OfType<string>()];
        subjects = [.. posted["subjects"].OfType<string>()];
    }

    public static NewCampaignForm Read(IFormCollection posted) => new(posted);

    /// <summary>What no service could read, by the service's name of the field.</summary>
    public IReadOnlyDictionary<string, string[]> Faults()
    {
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (Typed.Words(field("starts")).Any(t => Typed.Time(t) is null))
            faults["slotStarts"] = [Typed.NotTimes];
        foreach (var (name, text) in new[] { ("enrolmentOpens", field("opens")), ("enrolmentCloses", field("closes")) })
            if (text.Length > 0 && Typed.Instant(text, TimeZone) is null)
                faults[name] = [Typed.NoInstant];
        return faults;
    }

    public CampaignForm ToBody() =>
        new()
        {
            Name = field("name"),
            Academy = field("academy"),
            Zone = field("zone"),
            TimeZone = TimeZone,
            Weeks =
            [
                .. new[] { new WeekForm("A", Typed.Day(field("mondayA"))), new WeekForm("B", Typed.Day(field("mondayB"))) }.Where(
                    (week, i) => i == 0 || week.Monday is not null
                ),
            ],
            SlotStarts = [.. Typed.Words(field("starts")).Select(Typed.Time).OfType<TimeOnly>()],
            ClosedDates = [],
            EnrolmentOpens = Typed.Instant(field("opens"), TimeZone),
            EnrolmentCloses = Typed.Instant(field("closes"), TimeZone),
            Levels = levels,
            Subjects =
            [
                .. AllSubjects
                    .Where(s => subjects.Contains(s.Code))
                    .Select(s => new SubjectForm(s.Code, s.Name, [.. levels.Where(l => s.Everywhere || FromSixth(l))], s.NameEn))
                    .Where(s => s.Levels!.Count > 0),
            ],
            Rules = new()
            {
                GroupMin = Typed.Number(field("groupMin")),
                GroupMax = Typed.Number(field("groupMax")),
                ModulesMin = Typed.Number(field("modulesMin")),
                ModulesMax = Typed.Number(field("modulesMax")),
                ModulesPerDayMax = Typed.Number(field("modulesPerDayMax")),
                SingleWeek = true,
            },
        };

    private static bool FromSixth(string level) => Array.IndexOf(AllLevels, level) >= Array.IndexOf(AllLevels, Sixth);
}
