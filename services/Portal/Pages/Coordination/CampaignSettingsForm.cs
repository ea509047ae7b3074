namespace Stages.Portal.Pages.Coordination;

/// <summary>
/// The settings of a campaign as a coordinator types them: filled from the campaign, read from the post, turned into what the
/// service takes. Every answer stays as it was typed, so that a fault loses nothing; the service decides what is allowed.
/// </summary>
public sealed record CampaignSettingsForm
{
    /// <summary>Rules that are a number: the name of the field and of the rule alike.</summary>
    private static readonly (string Name, Func<Rules, int> Of)[] Rules =
    [
        ("groupMin", r => r.GroupMin),
        ("groupMax", r => r.GroupMax),
        ("modulesMin", r => r.ModulesMin),
        ("modulesMax", r => r.ModulesMax),
        ("modulesPerDayMax", r => r.ModulesPerDayMax),
        ("firstWish", r => r.FirstWish),
        ("furtherWish", r => r.FurtherWish),
    ];

    public string Version { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>Mondays of the first and the second week; the second may be empty.</summary>
    public IReadOnlyList<string> Mondays { get; init; } = ["", ""];

    /// <summary>Local to the campaign's time zone, as a browser's field has them: <c>2027-01-15T08:00</c>.</summary>
    public string Opens { get; init; } = "";
    public string Closes { get; init; } = "";
    public string Starts { get; init; } = "";
    public string ClosedDays { get; init; } = "";
    public IReadOnlyList<string> Levels { get; init; } = [];

    public IReadOnlyList<SubjectRow> Subjects { get; init; } = [];

    /// <summary>Why it lies in weeks of school.</summary>
    public string TermReason { get; init; } = "";
    public IReadOnlyDictionary<string, string> Numbers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
    public string Adjacent { get; init; } = "";

    /// <summary>Domains of addresses whose owners are teachers, parted by commas.</summary>
    public string Trusted { get; init; } = "";
    public bool SingleWeek { get; init; }

    public static CampaignSettingsForm Of(CampaignView now) =>
        new()
        {
            Version = Text(now.Version),
            Name = now.Name,
            Mondays = [.. Enumerable.Range(0, 2).Select(i => i < now.Weeks.Count ? Iso(now.Weeks[i].Monday) : "")],
            Opens = Local(now.EnrolmentOpens, now),
            Closes = Local(now.EnrolmentCloses, now),
            Starts = Typed.InWords(now.SlotStarts),
            ClosedDays = Typed.InWords(now.ClosedDates),
            Levels = now.Levels,
            Subjects = SubjectRows.Of(now.Subjects),
            TermReason = now.TermReason ?? "",
            Numbers = Rules.ToDictionary(r => r.Name, r => Text(r.Of(now.Rules)), StringComparer.Ordinal),
            Adjacent = string.Join(", ", (now.Rules.AdjacentLevels ?? []).Select(p => string.Join('-', p))),
            Trusted = string.Join(", ", now.TrustedDomains ?? []),
            SingleWeek = now.Rules.SingleWeek,
        };

    /// <summary>What was posted, as typed.</summary>
    public static CampaignSettingsForm Read(IFormCollection posted)
    {
        string Field(string name) => posted[name].ToString().Trim();
        return new()
        {
            Version = Field("version"),
            Name = Field("name"),
            Mondays = [Field("monday0"), Field("monday1")],
            Opens = Field("opens"),
            Closes = Field("closes"),
            Starts = Field("starts"),
            ClosedDays = Field("closed"),
            Levels = [.. posted["levels"].OfType<string>()],
            Subjects = SubjectRows.Read(posted),
            TermReason = Field("termReason"),
            Numbers = Rules.ToDictionary(r => r.Name, r => Field(r.Name), StringComparer.Ordinal),
            Adjacent = Field("adjacent"),
            Trusted = Field("trusted"),
            SingleWeek = Field("singleWeek") == "yes",
        };
    }

    /// <summary>What no service could read, by the service's name of the field.</summary>
    public IReadOnlyDictionary<string, string[]> Faults(CampaignView now)
    {
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        void Need(string field, bool readable, string otherwise)
        {
            if (!readable)
                faults[field] = [otherwise];
        }
        for (var i = 0; i < Mondays.Count; i++)
            Need(
                $"weeks[{i}].monday",
                Mondays[i].Length == 0 || Typed.Day(Mondays[i]) is not null,
                Say.In("Choisissez un lundi.", "Choose a Monday.")
            );
        foreach (var (field, text) in new[] { ("enrolmentOpens", Opens), ("enrolmentCloses", Closes) })
            Need(field, text.Length == 0 || Typed.Instant(text, now.TimeZone) is not null, Typed.NoInstant);
        Need("slotStarts", Typed.Times(Starts) is not null, Typed.NotTimes);
        Need("closedDates", Typed.Days(ClosedDays) is not null, Typed.NotDays);
        if (SubjectRows.Fault(Subjects, Levels) is { } wrong)
            faults["subjects"] = [wrong];
        foreach (var (name, text) in Numbers)
            Need($"rules.{name}", Typed.Number(text) is not null, Say.In("Écrivez un nombre.", "Write a number."));
        return faults;
    }

    /// <summary>What the service takes. What this form does not ask stays as it is.</summary>
    public CampaignForm ToBody(CampaignView now) =>
        new()
        {
            Name = Name,
            Academy = now.Academy,
            Zone = now.Zone,
            TimeZone = now.TimeZone,
            Weeks =
            [
                .. Mondays
                    .Select((text, i) => new WeekForm(i < now.Weeks.Count ? now.Weeks[i].Label : "AB"[i].ToString(), Typed.Day(text)))
                    .Where((w, i) => i == 0 || w.Monday is not null),
            ],
            SlotStarts = Typed.Times(Starts),
            ModuleMinutes = now.ModuleMinutes,
            ClosedDates = Typed.Days(ClosedDays),
            EnrolmentOpens = Typed.Instant(Opens, now.TimeZone),
            EnrolmentCloses = Typed.Instant(Closes, now.TimeZone),
            Levels = Levels,
            TrustedDomains = Typed.Words(Trusted),
            Subjects = SubjectRows.ToBody(Subjects, Levels),
            // What was so before may stay so: only who changes the dates is asked about them.
            KeepToCalendar = DatesChanged(now) ? true : null,
            TermReason = TermReason.Length > 0 ? TermReason : null,
            Rules = new()
            {
                GroupMin = Typed.Number(Numbers["groupMin"]),
                GroupMax = Typed.Number(Numbers["groupMax"]),
                ModulesMin = Typed.Number(Numbers["modulesMin"]),
                ModulesMax = Typed.Number(Numbers["modulesMax"]),
                ModulesPerDayMax = Typed.Number(Numbers["modulesPerDayMax"]),
                SingleWeek = SingleWeek,
                AdjacentLevels = [.. Typed.Words(Adjacent).Select(pair => pair.Split('-'))],
                FirstWish = Typed.Number(Numbers["firstWish"]),
                FurtherWish = Typed.Number(Numbers["furtherWish"]),
            },
        };

    private bool DatesChanged(CampaignView now) =>
        !Mondays.Select(Typed.Day).OfType<DateOnly>().SequenceEqual(now.Weeks.Select(w => w.Monday))
        || Local(now.EnrolmentCloses, now) != Closes;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Local(DateTimeOffset at, CampaignView now) =>
        TimeZoneInfo
            .ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(now.TimeZone))
            .ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
}
