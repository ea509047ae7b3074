namespace Stages.Portal.Pages.Coordination;

/// <summary>The form that opens a campaign: what was posted, what of it cannot be read, and what the service takes.</summary>
public sealed record NewCampaignForm
{
    private static string TimeZone => CampaignDefaults.TimeZone;

    public static readonly string[] AllLevels = [.. Level.Codes];

    private readonly Func<string, string> field;
    private readonly IReadOnlyList<string> levels;
    private readonly IReadOnlyList<SubjectRow> subjects;

    private NewCampaignForm(IFormCollection posted)
    {
        field = name => posted[name].ToString().Trim();
        levels = [.. posted["levels"].OfType<string>()];
        subjects = SubjectRows.Read(posted);
    }

    public static NewCampaignForm Read(IFormCollection posted) => new(posted);

    /// <summary>What no service could read, by the service's name of the field.</summary>
    public IReadOnlyDictionary<string, string[]> Faults()
    {
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (Typed.Times(field("starts")) is null)
            faults["slotStarts"] = [Typed.NotTimes];
        if (Typed.Days(field("closed")) is null)
            faults["closedDates"] = [Typed.NotDays];
        if (SubjectRows.Fault(subjects, levels) is { } wrong)
            faults["subjects"] = [wrong];
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
            SlotStarts = Typed.Times(field("starts")),
            ClosedDates = Typed.Days(field("closed")),
            EnrolmentOpens = Typed.Instant(field("opens"), TimeZone),
            EnrolmentCloses = Typed.Instant(field("closes"), TimeZone),
            Levels = levels,
            Subjects = SubjectRows.ToBody(subjects, levels),
            KeepToCalendar = true,
            TermReason = field("termReason") is { Length: > 0 } reason ? reason : null,
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
}
