namespace Stages.Scheduling.Offers;

/// <summary>What an <see cref="OfferForm"/> says.</summary>
public static class OfferForms
{
    /// <summary>The code as it is kept; null when none was given.</summary>
    public static string? School(this TeacherForm teacher) => Texts.Find<Uai>(teacher.SchoolUai)?.ToString();

    /// <summary>Codes of the levels, in order, each once.</summary>
    public static IReadOnlyList<string> Taught(this TeachingForm teaching) =>
        [.. (teaching.Levels ?? []).Select(Texts.Find<Level>).OfType<Level>().Distinct().OrderBy(l => l.Order).Select(l => l.ToString())];

    /// <summary>Only for a valid form.</summary>
    public static OfferTerms ToTerms(this OfferForm form) =>
        new(
            [.. (form.Teaches ?? []).Select(t => new Teaching(t.Subject ?? "", t.Taught()))],
            (form.Slots ?? new Dictionary<string, IReadOnlyList<SlotForm>>(StringComparer.Ordinal)).ToDictionary(
                week => week.Key,
                week =>
                    (IReadOnlyList<OfferedSlot>)
                        [
                            .. week
                                .Value.Where(s => s.Preference != "impossible")
                                .Select(s => new OfferedSlot(s.Slot ?? "", s.Preference ?? "possible")),
                        ],
                StringComparer.Ordinal
            ),
            new Limits(form.Limits?.StagesPerWeek ?? 1, form.Limits?.GroupMax)
        );

    public static OfferTeacher ToTeacher(this OfferForm form, Guid offer, Guid campaign)
    {
        var parts = form.Teacher?.Parts();
        return new(
            offer,
            campaign,
            PersonId.FromEmail(form.Teacher?.Email ?? ""),
            parts?.ToString() ?? Texts.Normal<NameText>(form.Teacher?.Name),
            Texts.Normal<EmailAddress>(form.Teacher?.Email),
            Texts.Find<PhoneNumber>(form.Teacher?.Phone)?.ToString(),
            form.Teacher?.Language ?? "fr",
            parts?.Given.ToString(),
            parts?.Family.ToString()
        );
    }

    /// <summary>Whether a field of its own says a part of the name.</summary>
    public static bool HasParts(this TeacherForm teacher) =>
        !string.IsNullOrWhiteSpace(teacher.FirstName) || !string.IsNullOrWhiteSpace(teacher.LastName);

    /// <summary>
    /// Given and family name; null where only the whole name is told, or where that says something else: who knows one field and sends the
    /// others back as they were has changed that one.
    /// </summary>
    public static PersonName? Parts(this TeacherForm teacher) =>
        PersonName.TryParse(teacher.FirstName, teacher.LastName, out var parts, out _)
        && (string.IsNullOrWhiteSpace(teacher.Name) || TextKey.Of(teacher.Name) == TextKey.Of(parts.ToString()))
            ? parts
            : null;

    /// <summary>What only the campaign can tell; every fault at once.</summary>
    public static IReadOnlyList<FieldRefused> FaultsIn(this OfferForm form, CampaignPlan plan)
    {
        var faults = new List<FieldRefused>();
        foreach (var (teaching, i) in (form.Teaches ?? []).Select((t, i) => (t, i)))
        {
            if (plan.SubjectOf(teaching.Subject) is not { } subject)
                faults.Add(
                    new(
                        $"teaches[{i}].subject",
                        "unknown-subject",
                        $"La campagne n’a pas la matière {teaching.Subject}.",
                        $"The campaign has no subject {teaching.Subject}."
                    )
                );
            else if (teaching.Taught().Where(l => !subject.Levels.Contains(l)).ToArray() is { Length: > 0 } unknown)
                faults.Add(
                    new(
                        $"teaches[{i}].levels",
                        "unknown-level",
                        $"{subject.Name} n’est pas proposé en {string.Join(", ", unknown)}.",
                        $"{subject.NameEn} is not taught at {string.Join(", ", unknown)}."
                    )
                );
        }
        foreach (var (week, slots) in form.Slots ?? new Dictionary<string, IReadOnlyList<SlotForm>>(StringComparer.Ordinal))
        {
            if (Grid.MondayOf(plan, week) is null)
            {
                faults.Add(
                    new($"slots.{week}", "unknown-week", $"La campagne n’a pas de semaine {week}.", $"The campaign has no week {week}.")
                );
                continue;
            }
            foreach (var (slot, i) in slots.Select((s, i) => (s, i)))
            {
                if (Grid.Number(plan, slot.Slot) is null)
                    faults.Add(
                        new(
                            $"slots.{week}[{i}].slot",
                            "unknown-slot",
                            $"La campagne n’a pas de créneau {slot.Slot}.",
                            $"The campaign has no slot {slot.Slot}."
                        )
                    );
            }
        }
        return faults;
    }
}

public abstract class OfferFormValidator<TForm> : AbstractValidator<TForm>
    where TForm : OfferForm
{
    private static readonly string[] Preferences = ["preferred", "possible", "impossible"];

    protected OfferFormValidator()
    {
        RuleFor(f => f.Teacher).NotNull();
        RuleFor(f => f.Teacher!)
            .ChildRules(teacher =>
            {
                teacher.When(t => !t.HasParts(), () => teacher.RuleFor(t => t.Name).IsName(required: true));
                teacher.When(
                    t => t.HasParts(),
                    () =>
                    {
                        teacher.RuleFor(t => t.Name).IsName();
                        teacher.RuleFor(t => t.FirstName).IsName(required: true);
                        teacher.RuleFor(t => t.LastName).IsName(required: true);
                    }
                );
                teacher.RuleFor(t => t.Email).IsEmail(required: true);
                teacher.RuleFor(t => t.Phone).IsPhone();
                teacher.RuleFor(t => t.SchoolUai).IsUai();
                teacher
                    .RuleFor(t => t.Language)
                    .Must(l => l is null or "fr" or "en")
                    .WithMessage(_ => Say.In("La langue est fr ou en.", "The language is fr or en."));
            })
            .When(f => f.Teacher is not null);
        RuleFor(f => f.Teaches).NotEmpty().Must(t => t is null || t.Count <= 40);
        RuleForEach(f => f.Teaches)
            .ChildRules(teaching =>
            {
                teaching.RuleFor(t => t.Subject).NotEmpty().MaximumLength(12);
                teaching.RuleFor(t => t.Levels).NotEmpty().Must(l => l is null || l.Count <= Level.All.Count);
                teaching.RuleForEach(t => t.Levels).IsLevel(required: true);
            });
        RuleFor(f => f.Slots).NotEmpty().Must(s => s is null || s.Count <= 2);
        RuleFor(f => f.Slots)
            .Must(s => s is null || s.Values.Sum(v => v.Count(x => x.Preference != "impossible")) > 0)
            .WithMessage(_ => Say.In("Indiquez au moins un créneau possible.", "Give at least one possible slot."));
        RuleForEach(f => f.Slots)
            .Must(week =>
                week.Value.Count <= 64 && week.Value.Select(s => s.Slot).Distinct(StringComparer.Ordinal).Count() == week.Value.Count
            )
            .WithMessage(_ => Say.In("Un créneau est indiqué deux fois.", "A slot is given twice."));
        RuleForEach(f => f.Slots)
            .Must(week => week.Value.All(s => s.Slot is { Length: <= 12 } && Preferences.Contains(s.Preference ?? "possible")))
            .WithMessage(_ =>
                Say.In(
                    "La préférence d’un créneau est preferred, possible ou impossible.",
                    "A slot’s preference is preferred, possible or impossible."
                )
            );
        RuleFor(f => f.Limits!)
            .ChildRules(limits =>
            {
                limits.RuleFor(l => l.StagesPerWeek).InclusiveBetween(1, 20);
                limits.RuleFor(l => l.GroupMax).InclusiveBetween(1, 60);
            })
            .When(f => f.Limits is not null);
    }
}
