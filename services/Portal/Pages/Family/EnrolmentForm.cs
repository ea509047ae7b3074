namespace Stages.Portal.Pages.Family;

/// <summary>
/// The enrolment form as far as it is filled in: content of a draft, saved at each step. Reads what was posted and says what is
/// missing before the service is asked; the service decides.
/// </summary>
public sealed record EnrolmentForm
{
    public static readonly string[] Steps = ["eleve", "creneaux", "verification"];

    /// <summary>Where a page of before leads: there were five.</summary>
    public static string? Became(string step) =>
        step switch
        {
            "voeux" => "eleve",
            "besoins" => "verification",
            _ => null,
        };

    public string FirstName { get; init; } = "";
    public string LastName { get; init; } = "";
    public int? BirthYear { get; init; }
    public string Level { get; init; } = "";
    public string SchoolUai { get; init; } = "";
    public string SchoolLabel { get; init; } = "";

    /// <summary>Subjects in the order wanted.</summary>
    public IReadOnlyList<string> Wishes { get; init; } = [];

    /// <summary>Label of the week to 2 (preferred), 1 (possible) or 0 (impossible).</summary>
    public IReadOnlyDictionary<string, int> Weeks { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);
    public IReadOnlyDictionary<string, string[]> Slots { get; init; } = new Dictionary<string, string[]>(StringComparer.Ordinal);

    /// <summary>What the family asks for brothers and sisters; one device at home is the usual case.</summary>
    public string SiblingsRule { get; init; } = Vocabulary.SiblingsRule.Apart;
    public bool NeedsComputer { get; init; }
    public bool NeedsConnection { get; init; }
    public IReadOnlyList<Guardian> Guardians { get; init; } = [];
    public bool Consent { get; init; }

    /// <summary>Said once a child of that name is enrolled already: this is another one.</summary>
    public bool AnotherChild { get; init; }

    /// <summary>Said once it is known that a place would be lost: the change is wanted all the same.</summary>
    public bool AcceptLoss { get; init; }

    /// <summary>Set when the draft changes an enrolment that stands; the version that was read.</summary>
    public Guid? EnrolmentId { get; init; }
    public string? ETag { get; init; }

    /// <summary>Stays the same for the draft: a form sent twice enrols once.</summary>
    public string Once { get; init; } = "";

    /// <summary>As many as the API takes, if the level has so many subjects; never fewer than were wished already.</summary>
    public static int WishFields(EnrolmentForm form, int offered) =>
        Math.Min(Math.Max(offered, form.Wishes.Count), CampaignDefaults.MostWishes);

    public static string Next(string step) => Steps[Math.Min(Array.IndexOf(Steps, step) + 1, Steps.Length - 1)];

    public static string TitleOf(string step) =>
        step switch
        {
            "eleve" => Say.In("L’enfant et ses vœux", "The child and their wishes"),
            "creneaux" => Say.In("Les créneaux", "The time slots"),
            _ => Say.In("Vous joindre et envoyer", "Reaching you, and sending"),
        };

    public static EnrolmentForm Of(EnrolmentView e, string schoolLabel) =>
        ForChildOf(e, schoolLabel) with
        {
            Wishes = [.. e.Wishes.OrderBy(w => w.Rank).Select(w => w.Subject)],
            Weeks = e.Weeks.ToDictionary(w => w.Label, w => w.Preference, StringComparer.Ordinal),
            Slots = e.Slots,
            SiblingsRule = e.SiblingsRule,
            NeedsComputer = e.Equipment.Computer,
            NeedsConnection = e.Equipment.Connection,
            EnrolmentId = e.Id,
            ETag = e.ETag,
        };

    /// <summary>Another child of the family in the same campaign: whom to write to, and when the family can.</summary>
    public static EnrolmentForm ForSiblingOf(EnrolmentView e) =>
        new()
        {
            Guardians = e.Guardians,
            Weeks = e.Weeks.ToDictionary(w => w.Label, w => w.Preference, StringComparer.Ordinal),
            Slots = e.Slots,
            SiblingsRule = e.SiblingsRule,
            NeedsComputer = e.Equipment.Computer,
            NeedsConnection = e.Equipment.Connection,
        };

    /// <summary>The same child in another campaign: who they are, not what they wished.</summary>
    public static EnrolmentForm ForChildOf(EnrolmentView e, string schoolLabel) =>
        new()
        {
            FirstName = e.Pupil.FirstName,
            LastName = e.Pupil.LastName,
            BirthYear = e.Pupil.BirthYear,
            Level = e.Pupil.Level,
            SchoolUai = e.Pupil.SchoolUai,
            SchoolLabel = schoolLabel,
            Guardians = e.Guardians,
        };

    public EnrolmentForm Read(string step, IFormCollection posted, CampaignView campaign)
    {
        string Text(string name) => posted[name].ToString().Trim();
        return step switch
        {
            "eleve" => this with
            {
                FirstName = Text("firstName"),
                LastName = Text("lastName"),
                Level = Texts.Normal<Level>(Text("level")),
                BirthYear = int.TryParse(Text("birthYear"), NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null,
                SchoolUai = Text("school") is { Length: > 0 } uai ? uai : SchoolUai,
                Wishes =
                [
                    .. Enumerable
                        .Range(1, CampaignDefaults.MostWishes)
                        .Select(i => Text($"wish{i}"))
                        .Where(w => w.Length > 0)
                        .Distinct(StringComparer.Ordinal),
                ],
            },
            "creneaux" => WithSlots(
                campaign.Weeks.ToDictionary(w => w.Label, w => SlotsPosted(w, posted, campaign), StringComparer.Ordinal),
                week => Text($"week.{week}") == "2"
            ),
            "verification" => this with
            {
                Consent = Text("consent") == "yes",
                AnotherChild = Text("another") == "yes",
                AcceptLoss = Text("acceptLoss") == "yes",
                NeedsComputer = Text("computer") == "yes",
                NeedsConnection = Text("connection") == "yes",
                SiblingsRule = SiblingsWords.Read(Text("siblings")),
                Guardians =
                [
                    .. Enumerable
                        .Range(0, CampaignDefaults.MostGuardians)
                        .Select(i => new Guardian(
                            Text($"guardians[{i}].name"),
                            Null(Text($"guardians[{i}].email")),
                            Null(Text($"guardians[{i}].phone")),
                            Text($"guardians[{i}].language") == "en" ? "en" : "fr"
                        ))
                        .Where((g, i) => i == 0 || g.Name.Length > 0 || g.Email is not null || g.Phone is not null),
                ],
            },
            _ => this,
        };
    }

    /// <summary>A week without a slot is one in which the child cannot come.</summary>
    private EnrolmentForm WithSlots(Dictionary<string, string[]> slots, Func<string, bool> isPreferred) =>
        this with
        {
            Slots = slots,
            Weeks = slots.ToDictionary(
                week => week.Key,
                week =>
                    week.Value.Length == 0 ? 0
                    : isPreferred(week.Key) ? 2
                    : 1,
                StringComparer.Ordinal
            ),
        };

    private static string[] SlotsPosted(Week week, IFormCollection posted, CampaignView campaign)
    {
        var bulk = posted[$"bulk.{week.Label}"];
        var ticked = posted[$"slots.{week.Label}"];
        return
        [
            .. WeekGrid
                .Open(campaign, week)
                .Where(s => ticked.Contains(s.Code) || bulk.Contains("all") || bulk.Contains(s.Start.Hour < 12 ? "morning" : "afternoon"))
                .Select(s => s.Code),
        ];
    }

    private static string? Null(string text) => text.Length == 0 ? null : text;

    /// <summary>By field: what keeps this step from being complete.</summary>
    public IReadOnlyDictionary<string, string[]> Faults(string step, CampaignView campaign)
    {
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        switch (step)
        {
            case "eleve":
                Fit<NameText>("pupil.firstName", FirstName);
                Fit<NameText>("pupil.lastName", LastName);
                Need("pupil.firstName", FirstName.Length > 0, Say.In("Indiquez le prénom de l’enfant.", "Give the child’s first name."));
                Need("pupil.lastName", LastName.Length > 0, Say.In("Indiquez le nom de l’enfant.", "Give the child’s last name."));
                Need("pupil.level", Level.Length > 0, Say.In("Choisissez la classe de cette année.", "Choose this year’s class."));
                Need(
                    "pupil.schoolUai",
                    SchoolUai.Length > 0,
                    Say.In(
                        "Cherchez l’établissement, puis choisissez-le dans la liste.",
                        "Search for the school, then choose it in the list."
                    )
                );
                Need("wishes", Wishes.Count > 0, Say.In("Choisissez au moins une matière.", "Choose at least one subject."));
                foreach (var (wish, i) in Wishes.Select((w, i) => (w, i)).Where(x => Level.Length > 0 && !IsOffered(x.w)))
                    faults[$"wishes[{i}].subject"] =
                    [
                        Say.In(
                            $"{campaign.Subject(wish)?.Title ?? wish} n’est pas proposé en {Level} dans cette campagne.",
                            $"{campaign.Subject(wish)?.Title ?? wish} is not offered at {Level} in this campaign."
                        ),
                    ];
                break;
            case "creneaux":
                Need(
                    "weeks",
                    campaign.Weeks.Any(w => Weeks.GetValueOrDefault(w.Label) > 0),
                    Say.In("Cochez des créneaux dans une semaine au moins.", "Tick slots in one week at least.")
                );
                foreach (var week in campaign.Weeks.Where(w => Weeks.GetValueOrDefault(w.Label) > 0))
                {
                    var days = (Slots.GetValueOrDefault(week.Label) ?? []).Select(s => s[..3]).Distinct(StringComparer.Ordinal).Count();
                    var needed = (int)Math.Ceiling(campaign.Rules.ModulesMin / (double)campaign.Rules.ModulesPerDayMax);
                    Need(
                        $"slots.{week.Label}",
                        days >= needed,
                        Say.In(
                            $"Cochez des créneaux sur au moins {needed} jours : un stage a {campaign.Rules.ModulesMin} "
                                + $"ou {campaign.Rules.ModulesMax} séances, à des jours différents.",
                            $"Tick slots on at least {needed} days: a stage has {campaign.Rules.ModulesMin} "
                                + $"or {campaign.Rules.ModulesMax} sessions, on different days."
                        )
                    );
                }
                break;
            case "verification":
                Need(
                    "guardians[0].name",
                    Guardians.Count > 0 && Guardians[0].Name.Length > 0,
                    Say.In("Indiquez votre nom.", "Give your name.")
                );
                Need(
                    "guardians[0].email",
                    Guardians.Any(g => g.Email is not null || g.Phone is not null),
                    Say.In(
                        "Indiquez une adresse ou un téléphone : c’est là que nous répondrons.",
                        "Give an address or a phone: that is where we will answer."
                    )
                );
                Need(
                    "guardians[1].name",
                    Guardians.Count < 2 || Guardians[1].Name.Length > 0,
                    Say.In("Indiquez le nom du second responsable.", "Give the second guardian’s name.")
                );
                for (var i = 0; i < Guardians.Count; i++)
                {
                    Fit<NameText>($"guardians[{i}].name", Guardians[i].Name is { Length: > 0 } name ? name : null);
                    Fit<EmailAddress>($"guardians[{i}].email", Guardians[i].Email);
                    Fit<PhoneNumber>($"guardians[{i}].phone", Guardians[i].Phone);
                }
                Need(
                    "consent",
                    Consent,
                    Say.In("Cochez votre accord pour envoyer l’inscription.", "Tick your agreement to send the enrolment.")
                );
                break;
        }
        return faults;

        bool IsOffered(string wish) => campaign.Subjects.Any(s => s.Code == wish && s.Levels.Contains(Level));

        void Fit<T>(string field, string? text)
            where T : class, IText<T>
        {
            if (text is not null && !T.TryParse(text, out _, out var reason))
                faults[field] = [Say.In(reason)];
        }

        void Need(string field, bool there, string text)
        {
            if (!there)
                faults[field] = [text];
        }
    }

    /// <summary>The first step that is not complete, or the last.</summary>
    public string Reached(CampaignView campaign) => Steps.FirstOrDefault(s => Faults(s, campaign).Count > 0) ?? Steps[^1];

    public EnrolmentRequest ToBody(CampaignView campaign)
    {
        var chosen = campaign.Weeks.Where(w => Weeks.GetValueOrDefault(w.Label) > 0).ToList();
        return new EnrolmentRequest(
            new Pupil(FirstName, LastName, Level, SchoolUai, BirthYear),
            [.. Guardians],
            [.. Wishes.Select((w, i) => new Wish(w, i + 1))],
            [.. chosen.Select(w => new WeekWanted(w.Label, Weeks[w.Label]))],
            chosen.ToDictionary(w => w.Label, w => Slots.GetValueOrDefault(w.Label) ?? [], StringComparer.Ordinal),
            null,
            new Equipment(NeedsComputer, NeedsConnection),
            Consent,
            SiblingsRule: SiblingsRule,
            AnotherChild: AnotherChild ? true : null,
            AcceptLoss: AcceptLoss ? true : null
        );
    }
}
