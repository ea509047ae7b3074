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

    /// <summary>One subject a line: code ; name ; English name ; levels.</summary>
    public string Subjects { get; init; } = "";
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
            Starts = string.Join(", ", now.SlotStarts.Select(s => s.ToString("HH:mm", CultureInfo.InvariantCulture))),
            ClosedDays = string.Join(", ", now.ClosedDates.Select(Iso)),
            Levels = now.Levels,
            Subjects = string.Join('\n', now.Subjects.Select(s => $"{s.Code} ; {s.Name} ; {s.NameEn} ; {string.Join(' ', s.Levels)}")),
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
            Subjects = Field("subjects"),
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
        Need("slotStarts", Typed.Words(Starts).All(t => Typed.Time(t) is not null), Typed.NotTimes);
        Need(
            "closedDates",
            Typed.Words(ClosedDays).All(t => Typed.Day(t) is not null),
            Say.In("Écrivez des dates comme 2027-02-03.", "Write dates like 2027-02-03.")
        );
        Need(
            "subjects",
            Lines.All(l => l.Length >= 2),
            Say.In(
                "Chaque ligne a au moins un code et un nom, séparés par un point-virgule.",
                "Each line has at least a code and a name, parted by a semicolon."
            )
        );
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
            SlotStarts = [.. Typed.Words(Starts).Select(Typed.Time).OfType<TimeOnly>()],
            ModuleMinutes = now.ModuleMinutes,
            ClosedDates = [.. Typed.Words(ClosedDays).Select(Typed.Day).OfType<DateOnly>()],
            EnrolmentOpens = Typed.Instant(Opens, now.TimeZone),
            EnrolmentCloses = Typed.Instant(Closes, now.TimeZone),
            Levels = Levels,
            TrustedDomains = Typed.Words(Trusted),
            Subjects =
            [
                .. Lines.Select(l => new SubjectForm(l[0], l[1], LevelsOf(l), l is [_, _, { Length: > 0 } english, ..] ? english : l[1])),
            ],
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

    private string[][] Lines =>
        [
            .. Subjects
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(l => l.Split(';', StringSplitOptions.TrimEntries)),
        ];

    /// <summary>A subject without levels of its own is offered at all of the campaign's.</summary>
    private IReadOnlyList<string> LevelsOf(string[] line) => line is [_, _, _, { Length: > 0 } levels, ..] ? Typed.Words(levels) : Levels;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Local(DateTimeOffset at, CampaignView now) =>
        TimeZoneInfo
            .ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(now.TimeZone))
            .ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
}
