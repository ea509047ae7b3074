namespace Stages.Enrolments;

/// <summary>What an <see cref="EnrolmentRequest"/> says.</summary>
public static class EnrolmentRequests
{
    /// <summary>As it is kept: trimmed, codes in their normal form.</summary>
    /// <param name="caller">Only a coordinator, who has the school's list, says fingerprints.</param>
    public static EnrolmentContent ToContent(this EnrolmentRequest request, Caller? caller = null) =>
        new(
            request.Pupil with
            {
                FirstName = Texts.Normal<NameText>(request.Pupil.FirstName),
                LastName = Texts.Normal<NameText>(request.Pupil.LastName),
                Level = Texts.Normal<Level>(request.Pupil.Level),
                SchoolUai = Texts.Normal<Uai>(request.Pupil.SchoolUai),
            },
            [
                .. request.Guardians.Select(g =>
                    g with
                    {
                        Name = Texts.Normal<NameText>(g.Name),
                        Email = Texts.Find<EmailAddress>(g.Email)?.Key,
                        Phone = Texts.Find<PhoneNumber>(g.Phone)?.ToString(),
                    }
                ),
            ],
            [.. request.Wishes.OrderBy(w => w.Rank)],
            request.Weeks,
            request
                .Slots.Where(s => s.Value.Length > 0)
                .ToDictionary(s => s.Key, s => s.Value.Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal),
            RuleOf(request) == SiblingsRule.SameWeek,
            request.Equipment ?? new Equipment(),
            request.Consent,
            RuleOf(request),
            caller?.IsCoordinator == true && request.Marks is { Length: > 0 } marks ? marks : null
        );

    // One device at home is the usual case.
    private static string RuleOf(EnrolmentRequest request) =>
        request.SiblingsRule ?? (request.SiblingsTogether == true ? SiblingsRule.SameWeek : SiblingsRule.Apart);
}

/// <summary>The shape of an enrolment; what depends on the campaign is checked by <see cref="EnrolmentRules"/>.</summary>
public sealed class EnrolmentRequestValidator : AbstractValidator<EnrolmentRequest>
{
    public EnrolmentRequestValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(r => r.Pupil.FirstName).IsName(required: true);
        RuleFor(r => r.Pupil.LastName).IsName(required: true);
        RuleFor(r => r.Pupil.Level).IsLevel(required: true);
        RuleFor(r => r.Pupil.SchoolUai).IsUai(required: true);
        RuleFor(r => r.Pupil.BirthYear).InclusiveBetween(1990, 2100).When(r => r.Pupil.BirthYear is not null);
        RuleFor(r => r.Guardians)
            .Must(g => g.Length is >= 1 and <= CampaignDefaults.MostGuardians)
            .WithMessage(_ =>
                Say.In(
                    $"Indiquez un responsable au moins, {CampaignDefaults.MostGuardians} au plus.",
                    $"Give one guardian at least, {CampaignDefaults.MostGuardians} at most."
                )
            );
        RuleFor(r => r.SiblingsRule)
            .Must(rule => rule is null || SiblingsRule.All.Contains(rule, StringComparer.Ordinal))
            .WithMessage(_ =>
                Say.In("Frères et sœurs : apart, sameSlots, sameWeek ou any.", "Siblings: apart, sameSlots, sameWeek or any.")
            );
        RuleForEach(r => r.Guardians)
            .ChildRules(g =>
            {
                g.RuleFor(x => x.Name).IsName(required: true);
                g.RuleFor(x => x.Email).IsEmail();
                g.RuleFor(x => x.Phone).IsPhone();
                g.RuleFor(x => x.Language)
                    .Must(l => l is "fr" or "en")
                    .WithMessage(_ => Say.In("Langue : fr ou en.", "Language: fr or en."));
            });
        RuleFor(r => r.Wishes)
            .Must(w => w.Length is >= 1 and <= CampaignDefaults.MostWishes)
            .WithMessage(_ =>
                Say.In(
                    $"Choisissez au moins un vœu, et {CampaignDefaults.MostWishes} au plus.",
                    $"Choose at least one wish, and {CampaignDefaults.MostWishes} at most."
                )
            )
            .Must(w => w.Select(x => x.Subject).Distinct(StringComparer.Ordinal).Count() == w.Length)
            .WithMessage(_ => Say.In("La même matière est demandée deux fois.", "The same subject is wanted twice."))
            .Must(w => w.Select(x => x.Rank).Order().SequenceEqual(Enumerable.Range(1, w.Length)))
            .WithMessage(_ =>
                Say.In(
                    "Les rangs des vœux vont de 1 au nombre de vœux, sans répétition.",
                    "Ranks of wishes go from 1 to their number, without repetition."
                )
            );
        RuleFor(r => r.Weeks)
            .Must(w => w.Length is >= 1 and <= 2)
            .WithMessage(_ => Say.In("Choisissez au moins une semaine.", "Choose at least one week."))
            .Must(w => w.Select(x => x.Label).Distinct(StringComparer.Ordinal).Count() == w.Length)
            .WithMessage(_ => Say.In("La même semaine figure deux fois.", "The same week stands twice."));
        RuleForEach(r => r.Weeks)
            .Must(w => w.Preference is WeekPreference.Possible or WeekPreference.Preferred)
            .WithMessage(_ => Say.In("Préférence : 2 (préférée) ou 1 (possible).", "Preference: 2 (preferred) or 1 (possible)."));
        RuleFor(r => r.Slots)
            .Must(s => s.Count <= 2 && s.Values.All(v => v.Length <= 100))
            .WithMessage(_ => Say.In("Trop de créneaux.", "Too many slots."));
        RuleFor(r => r.Marks)
            .Must(m => m is null || (m.Length <= 2 && m.All(IsMark)))
            .WithMessage(_ => Say.In("Empreintes : ine- ou born-, et 32 chiffres.", "Fingerprints: ine- or born-, and 32 digits."));
        RuleFor(r => r.Consent)
            .Equal(true)
            .WithMessage(_ => Say.In("Votre accord est nécessaire pour inscrire l’élève.", "Your consent is needed to enrol the pupil."));
    }

    private static bool IsMark(string mark) =>
        mark?.Split('-', 2) is ["ine" or "born", { Length: 32 } hash] && hash.All(char.IsAsciiHexDigitLower);
}
