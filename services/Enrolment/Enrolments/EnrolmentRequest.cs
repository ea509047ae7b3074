using FluentValidation;
using Stages.Enrolments.Catalogue;
using Stages.Enrolments.Schools;
using Stages.ServiceDefaults;

namespace Stages.Enrolments;

/// <summary>Body of the POST and of the PUT.</summary>
/// <param name="IdentifiedBySchool">Only a coordinator may say it; it ranks the pupil before one who only volunteers.</param>
public sealed record EnrolmentRequest(
    Pupil Pupil,
    Guardian[] Guardians,
    Wish[] Wishes,
    WeekWanted[] Weeks,
    Dictionary<string, string[]> Slots,
    bool? SiblingsTogether = null,
    Equipment? Equipment = null,
    bool Consent = false,
    bool? IdentifiedBySchool = null
)
{
    /// <summary>As it is kept: trimmed, codes in their normal form.</summary>
    public EnrolmentContent ToContent() =>
        new(
            Pupil with
            {
                FirstName = Pupil.FirstName.Trim(),
                LastName = Pupil.LastName.Trim(),
                SchoolUai = Uai.Normal(Pupil.SchoolUai),
            },
            [
                .. Guardians.Select(g =>
                    g with
                    {
                        Name = g.Name.Trim(),
                        Email = Blank(g.Email) ? null : PersonId.Normal(g.Email!),
                        Phone = Blank(g.Phone) ? null : PersonId.NormalPhone(g.Phone!),
                    }
                ),
            ],
            [.. Wishes.OrderBy(w => w.Rank)],
            Weeks,
            Slots
                .Where(s => s.Value.Length > 0)
                .ToDictionary(s => s.Key, s => s.Value.Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal),
            SiblingsTogether ?? false,
            Equipment ?? new Equipment(),
            Consent
        );

    private static bool Blank(string? text) => string.IsNullOrWhiteSpace(text);
}

/// <summary>The shape of an enrolment; what depends on the campaign is checked by <see cref="EnrolmentRules"/>.</summary>
public sealed class EnrolmentRequestValidator : AbstractValidator<EnrolmentRequest>
{
    private const int LongestName = 100;

    public EnrolmentRequestValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(r => r.Pupil.FirstName).Must(Name).WithMessage(_ => NameMessage);
        RuleFor(r => r.Pupil.LastName).Must(Name).WithMessage(_ => NameMessage);
        RuleFor(r => r.Pupil.Level)
            .Must(l => School.AllLevels.Contains(l))
            .WithMessage(_ => Say.In("Choisissez le niveau de l’élève (CP à Tle).", "Choose the pupil’s level (CP to Tle)."));
        RuleFor(r => r.Pupil.SchoolUai)
            .Must(Uai.IsValid)
            .WithMessage(_ =>
                Say.In(
                    "Ce code d’établissement (UAI) n’est pas valide : sept chiffres et une lettre de contrôle.",
                    "This school code (UAI) is not valid: seven digits and a check letter."
                )
            );
        RuleFor(r => r.Pupil.BirthYear).InclusiveBetween(1990, 2100).When(r => r.Pupil.BirthYear is not null);
        RuleFor(r => r.Guardians)
            .Must(g => g.Length is 1 or 2)
            .WithMessage(_ => Say.In("Indiquez un ou deux responsables.", "Give one or two guardians."));
        RuleForEach(r => r.Guardians)
            .ChildRules(g =>
            {
                g.RuleFor(x => x.Name).Must(Name).WithMessage(_ => NameMessage);
                g.RuleFor(x => x.Email)
                    .Must(e => string.IsNullOrWhiteSpace(e) || IsEmail(e))
                    .WithMessage(_ => Say.In("Cette adresse électronique n’est pas valide.", "This e-mail address is not valid."));
                g.RuleFor(x => x.Phone)
                    .Must(p => string.IsNullOrWhiteSpace(p) || IsPhone(p))
                    .WithMessage(_ => Say.In("Ce numéro de téléphone n’est pas valide.", "This phone number is not valid."));
                g.RuleFor(x => x.Language)
                    .Must(l => l is "fr" or "en")
                    .WithMessage(_ => Say.In("Langue : fr ou en.", "Language: fr or en."));
            });
        RuleFor(r => r.Wishes)
            .Must(w => w.Length is >= 1 and <= 6)
            .WithMessage(_ => Say.In("Choisissez au moins un vœu, et six au plus.", "Choose at least one wish, and six at most."))
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
        RuleFor(r => r.Consent)
            .Equal(true)
            .WithMessage(_ => Say.In("Votre accord est nécessaire pour inscrire l’élève.", "Your consent is needed to enrol the pupil."));
    }

    private static string NameMessage =>
        Say.In("Un nom de 1 à 100 caractères, sur une ligne.", "A name of 1 to 100 characters, on one line.");

    private static bool Name(string? name) =>
        !string.IsNullOrWhiteSpace(name) && name.Trim().Length <= LongestName && !name.Any(char.IsControl);

    private static bool IsEmail(string email)
    {
        var address = email.Trim();
        return address.Length <= 254
            && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or ';' or '<' or '>')
            && System.Net.Mail.MailAddress.TryCreate(address, out var parsed)
            && parsed.Address == address
            && parsed.Host.Contains('.', StringComparison.Ordinal);
    }

    private static bool IsPhone(string phone) =>
        phone.Length <= 30
        && phone.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '.' or '-' or '(' or ')')
        && phone.Count(char.IsAsciiDigit) is >= 9 and <= 15;
}
