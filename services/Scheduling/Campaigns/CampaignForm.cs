using System.Globalization;
using System.Text.RegularExpressions;
using Stages.Scheduling.Holidays;

namespace Stages.Scheduling.Campaigns;

/// <summary>What a <see cref="CampaignForm"/> says.</summary>
public static class CampaignForms
{
    /// <summary>The plan with the usual values filled in and the public holidays of its weeks closed. Only for a valid form.</summary>
    /// <param name="trusted">Domains to trust where the form names none.</param>
    public static CampaignPlan ToPlan(this CampaignForm form, IReadOnlyList<string>? trusted = null)
    {
        Week[] weeks = [.. (form.Weeks ?? []).Select(w => new Week(w.Label ?? "", w.Monday ?? default)).OrderBy(w => w.Monday)];
        var levels = InOrder(form.Levels ?? Level.Codes);
        var rules = form.Rules ?? new RulesForm();
        return new CampaignPlan(
            (form.Name ?? "").Trim(),
            (form.Academy ?? "").Trim(),
            form.Zone ?? "",
            form.TimeZone ?? CampaignDefaults.TimeZone,
            weeks,
            [.. (form.SlotStarts ?? CampaignDefaults.SlotStarts).Order()],
            form.ModuleMinutes ?? CampaignDefaults.ModuleMinutes,
            [.. (form.ClosedDates ?? []).Union(PublicHolidays.Within(weeks.Select(w => w.Monday))).Order()],
            form.EnrolmentOpens ?? default,
            form.EnrolmentCloses ?? default,
            levels,
            [
                .. (form.Subjects ?? []).Select(s => new Subject(
                    s.Code ?? "",
                    (s.Name ?? "").Trim(),
                    (s.NameEn ?? s.Name ?? "").Trim(),
                    InOrder(s.Levels ?? levels)
                )),
            ],
            new Rules(
                rules.GroupMin ?? CampaignDefaults.GroupMin,
                rules.GroupMax ?? CampaignDefaults.GroupMax,
                rules.ModulesMin ?? CampaignDefaults.ModulesMin,
                rules.ModulesMax ?? CampaignDefaults.ModulesMax,
                rules.ModulesPerDayMax ?? CampaignDefaults.ModulesPerDayMax,
                rules.SingleWeek ?? CampaignDefaults.SingleWeek,
                rules.AdjacentLevels is { } pairs
                    ? [.. pairs.Select(pair => (IReadOnlyList<string>)[.. pair.Select(Texts.Normal<Level>)])]
                    : [.. Level.Neighbours.Select(p => Pair(p.Younger, p.Older)).Where(pair => pair.All(levels.Contains))],
                rules.FirstWish ?? CampaignDefaults.FirstWish,
                rules.FurtherWish ?? CampaignDefaults.FurtherWish
            ),
            form.TrustedDomains is { } domains ? TrustedDomains.Of(domains) : trusted ?? [],
            string.IsNullOrWhiteSpace(form.TermReason) ? null : form.TermReason.Trim()
        );
    }

    /// <summary>Codes of the levels, youngest first, each once.</summary>
    internal static string[] InOrder(IEnumerable<string> levels) =>
        [.. levels.Select(Texts.Find<Level>).OfType<Level>().Distinct().OrderBy(l => l.Order).Select(l => l.ToString())];

    private static IReadOnlyList<string> Pair(Level younger, Level older) => [younger.ToString(), older.ToString()];
}

/// <summary>The shape of a campaign; one validator for opening and changing.</summary>
public abstract partial class CampaignFormValidator<TForm> : AbstractValidator<TForm>
    where TForm : CampaignForm
{
    /// <summary>The pairing library numbers at most 64 slots a week: twelve starts on five days.</summary>
    private const int MostStarts = 12;

    [GeneratedRegex("^[A-Z0-9-]{1,12}$", RegexOptions.None, 1000)]
    private static partial Regex CodeShape();

    [GeneratedRegex("^[A-Z0-9]{1,4}$", RegexOptions.None, 1000)]
    private static partial Regex LabelShape();

    protected CampaignFormValidator()
    {
        RuleFor(f => f.Name).NotEmpty().MaximumLength(200).IsProse();
        RuleFor(f => f.Academy).NotEmpty().MaximumLength(100).IsProse();
        RuleFor(f => f.Zone)
            .NotEmpty()
            .Must(z => SchoolHolidays.Zones.Contains(z))
            .WithMessage(_ => Say.In("La zone est A, B ou C.", "The zone is A, B or C."));
        RuleFor(f => f.TimeZone)
            .Must(z => z is null || HomeZone.Exists(z))
            .WithMessage(_ =>
                Say.In(
                    $"Ce fuseau horaire n’existe pas (exemple : {HomeZone.Id}).",
                    $"There is no such time zone (example: {HomeZone.Id})."
                )
            );
        Calendar();
        RuleFor(f => f.TermReason).MaximumLength(500).IsProse();
        When(f => f.KeepToCalendar == true, Holidays);
        RuleFor(f => f.EnrolmentOpens).NotNull();
        RuleFor(f => f.EnrolmentCloses)
            .NotNull()
            .GreaterThan(f => f.EnrolmentOpens)
            .WithMessage(_ => Say.In("La clôture suit l’ouverture.", "Enrolment closes after it opens."));
        Teaching();
        GroupRules();
        RuleFor(f => f.TrustedDomains).Must(d => d is null || d.Count <= TrustedDomains.Most);
        RuleForEach(f => f.TrustedDomains)
            .Must(d => TrustedDomains.Find(d) is not null)
            .WithMessage(_ => Say.In("Un domaine s’écrit comme ac-exemple.fr.", "A domain is written like ac-example.org."));
    }

    /// <summary>Stages are held in the holidays, of pupils who have enrolled before them.</summary>
    private void Holidays()
    {
        RuleFor(f => f.TermReason)
            .NotEmpty()
            .When(f => Term(f).Any(), ApplyConditionTo.CurrentValidator)
            .WithMessage(f =>
                Say.In(
                    $"L’école a lieu en zone {f.Zone} la semaine du {InWords(Term(f).First())} : dites pourquoi ou changez de semaine.",
                    $"School is held in zone {f.Zone} in the week of {InWords(Term(f).First())}: say why or take another week."
                )
            );
        RuleFor(f => f.EnrolmentCloses)
            .Must((f, closes) => closes is null || FirstDay(f) is not { } first || closes <= first)
            .WithMessage(f =>
                Say.In(
                    $"Les inscriptions se closent avant la première semaine, qui commence le {InWords(First(f)!.Value)}.",
                    $"Enrolment closes before the first week, which begins on {InWords(First(f)!.Value)}."
                )
            );
    }

    private static IEnumerable<DateOnly> Term(TForm form) =>
        (form.Weeks ?? []).Select(w => w.Monday).OfType<DateOnly>().Order().Where(monday => SchoolHolidays.IsTerm(form.Zone, monday));

    private static DateOnly? First(TForm form) => (form.Weeks ?? []).Select(w => w.Monday).Min();

    private static DateTimeOffset? FirstDay(TForm form) =>
        First(form) is { } monday && HomeZone.Exists(form.TimeZone ?? CampaignDefaults.TimeZone)
            ? Grid.InstantOf(form.TimeZone ?? CampaignDefaults.TimeZone, monday, TimeOnly.MinValue)
            : null;

    private static string InWords(DateOnly day) =>
        day.ToString(
            Say.In(day.Day == 1 ? "d'er' MMMM yyyy" : "d MMMM yyyy", "d MMMM yyyy"),
            CultureInfo.GetCultureInfo(Say.InEnglish ? "en-GB" : "fr-FR")
        );

    private void Calendar()
    {
        RuleFor(f => f.Weeks)
            .NotEmpty()
            .Must(w => w is null || w.Count <= 2)
            .WithMessage(_ => Say.In("Une campagne a une ou deux semaines.", "A campaign has one or two weeks."));
        RuleFor(f => f.Weeks)
            .Must(w => w is null || w.Select(x => x.Label).Distinct(StringComparer.Ordinal).Count() == w.Count)
            .WithMessage(_ => Say.In("Deux semaines portent le même nom.", "Two weeks have the same label."));
        RuleFor(f => f.Weeks)
            .Must(w => w is null || w.Select(x => x.Monday).Distinct().Count() == w.Count)
            .WithMessage(_ => Say.In("Deux semaines commencent le même lundi.", "Two weeks begin on the same Monday."));
        RuleForEach(f => f.Weeks)
            .ChildRules(week =>
            {
                week.RuleFor(w => w.Label)
                    .NotEmpty()
                    .Must(l => l is null || LabelShape().IsMatch(l))
                    .WithMessage(_ =>
                        Say.In(
                            "Le nom d’une semaine a une à quatre majuscules ou chiffres.",
                            "A week’s label has one to four capitals or digits."
                        )
                    );
                week.RuleFor(w => w.Monday)
                    .NotNull()
                    .Must(m => m is null || m.Value.DayOfWeek == DayOfWeek.Monday)
                    .WithMessage(_ => Say.In("Cette date n’est pas un lundi.", "This date is not a Monday."));
            });
        RuleFor(f => f.ModuleMinutes).InclusiveBetween(30, 480);
        RuleFor(f => f.SlotStarts)
            .Must(s => s is null || s.Count is >= 1 and <= MostStarts)
            .WithMessage(_ => Say.In($"Une journée a un à {MostStarts} créneaux.", $"A day has one to {MostStarts} slots."));
        RuleFor(f => f.SlotStarts)
            .Must((f, s) => s is null || Apart([.. s.Order()], f.ModuleMinutes ?? CampaignDefaults.ModuleMinutes))
            .WithMessage(_ => Say.In("Deux créneaux se chevauchent.", "Two slots overlap."));
        RuleFor(f => f.SlotStarts)
            .Must(
                (f, s) =>
                    s is null
                    || s.All(t =>
                        t.ToTimeSpan() + TimeSpan.FromMinutes(f.ModuleMinutes ?? CampaignDefaults.ModuleMinutes) < TimeSpan.FromDays(1)
                    )
            )
            .WithMessage(_ => Say.In("Un créneau dépasse minuit.", "A slot ends after midnight."));
        RuleFor(f => f.ClosedDates).Must(d => d is null || d.Count <= 60);
    }

    private void Teaching()
    {
        RuleFor(f => f.Levels)
            .Must(l => l is null || (l.Count > 0 && l.Select(Texts.Normal<Level>).Distinct(StringComparer.Ordinal).Count() == l.Count))
            .WithMessage(_ => Say.In("Il faut au moins un niveau, chacun une fois.", "At least one level is needed, each once."));
        RuleForEach(f => f.Levels).IsLevel(required: true);
        RuleFor(f => f.Subjects).NotEmpty().Must(s => s is null || s.Count <= 40);
        RuleFor(f => f.Subjects)
            .Must(s => s is null || s.Select(x => x.Code).Distinct(StringComparer.Ordinal).Count() == s.Count)
            .WithMessage(_ => Say.In("Deux matières portent le même code.", "Two subjects have the same code."));
        RuleForEach(f => f.Subjects)
            .ChildRules(subject =>
            {
                subject
                    .RuleFor(s => s.Code)
                    .NotEmpty()
                    .Must(c => c is null || CodeShape().IsMatch(c))
                    .WithMessage(_ =>
                        Say.In(
                            "Un code de matière a une à douze majuscules ou chiffres.",
                            "A subject code has one to twelve capitals or digits."
                        )
                    );
                subject.RuleFor(s => s.Name).NotEmpty().MaximumLength(100).IsProse();
                subject.RuleFor(s => s.NameEn).MaximumLength(100).IsProse();
                subject.RuleFor(s => s.Levels).Must(l => l is null || l.Count > 0);
                subject.RuleForEach(s => s.Levels).IsLevel(required: true);
            });
        RuleFor(f => f.Subjects)
            .Must(
                (f, s) =>
                    s is null
                    || f.Levels is null
                    || s.All(x => x.Levels is null || !CampaignForms.InOrder(x.Levels).Except(CampaignForms.InOrder(f.Levels)).Any())
            )
            .WithMessage(_ =>
                Say.In(
                    "Une matière est proposée à un niveau que la campagne n’a pas.",
                    "A subject is taught at a level that the campaign does not have."
                )
            );
    }

    private void GroupRules() =>
        RuleFor(f => f.Rules)
            .Custom(
                (rules, context) =>
                {
                    if (rules is null)
                        return;
                    var (groupMin, groupMax) = (rules.GroupMin ?? CampaignDefaults.GroupMin, rules.GroupMax ?? CampaignDefaults.GroupMax);
                    var (modulesMin, modulesMax) = (
                        rules.ModulesMin ?? CampaignDefaults.ModulesMin,
                        rules.ModulesMax ?? CampaignDefaults.ModulesMax
                    );
                    if (groupMin < 1)
                        Fail("groupMin", Say.In("Un groupe a au moins un élève.", "A group has at least one pupil."));
                    if (groupMax < groupMin || groupMax > 60)
                        Fail("groupMax", Say.In("Le maximum va du minimum à 60.", "The maximum lies between the minimum and 60."));
                    if (modulesMin is < 1 or > 6)
                        Fail("modulesMin", Say.In("Un stage a une à six séances.", "A stage has one to six sessions."));
                    if (modulesMax < modulesMin || modulesMax > 6)
                        Fail("modulesMax", Say.In("Le maximum va du minimum à six.", "The maximum lies between the minimum and six."));
                    if (rules.ModulesPerDayMax is < 1 or > 4)
                        Fail("modulesPerDayMax", Say.In("Une à quatre séances par jour.", "One to four sessions a day."));
                    if (modulesMin > SlotCode.Days * (rules.ModulesPerDayMax ?? CampaignDefaults.ModulesPerDayMax))
                        Fail(
                            "modulesMin",
                            Say.In(
                                "Une semaine n’a pas assez de jours pour tant de séances.",
                                "A week has too few days for so many sessions."
                            )
                        );
                    if (rules.FirstWish is < 1 or > 1000)
                        Fail("firstWish", Say.In("De 1 à 1000.", "From 1 to 1000."));
                    if (rules.FurtherWish is < 0 or > 1000)
                        Fail("furtherWish", Say.In("De 0 à 1000.", "From 0 to 1000."));
                    if (rules.AdjacentLevels?.Any(pair => pair.Count != 2 || CampaignForms.InOrder(pair).Length != 2) == true)
                        Fail("adjacentLevels", Say.In("Chaque paire nomme deux niveaux.", "Each pair names two levels."));

                    void Fail(string field, string text) => context.AddFailure($"rules.{field}", text);
                }
            );

    private static bool Apart(TimeOnly[] starts, int minutes) =>
        starts.Zip(starts.Skip(1)).All(pair => (pair.Second - pair.First).TotalMinutes >= minutes && pair.Second > pair.First);
}
