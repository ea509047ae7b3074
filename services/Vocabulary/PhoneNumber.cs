using PhoneNumbers;
using Library = PhoneNumbers.PhoneNumberUtil;

namespace Stages.Vocabulary;

/// <summary>
/// A telephone at which a person can be reached, kept in international form (E.164: <c>+33612345678</c>). Numbers that earn their
/// owner money, free numbers and satellites are none.
/// </summary>
[JsonConverter(typeof(TextJson<PhoneNumber>))]
public sealed record PhoneNumber : IText<PhoneNumber>
{
    private const int LongestTyped = 40;
    private const int NationalDigits = 9;

    private static readonly Library Numbers = Library.GetInstance();

    private static readonly LocalText Missing = new("Indiquez un numéro de téléphone.", "Give a phone number.");
    private static readonly LocalText Shape = new(
        "Ce n’est pas un numéro de téléphone : des chiffres, comme 06 39 98 00 01, avec l’indicatif du pays hors de France.",
        "This is not a phone number: digits, such as 06 39 98 00 01, with the country code outside France."
    );
    private static readonly LocalText Unknown = new(
        "Ce numéro de téléphone n’existe pas : vérifiez-le, avec l’indicatif du pays hors de France.",
        "There is no such phone number: check it, with the country code outside France."
    );
    private static readonly LocalText Elsewhere = new(
        "À ce numéro (surtaxé, court, gratuit ou satellite) personne ne peut être joint : donnez un mobile ou un fixe.",
        "Nobody can be reached at this number (premium, short, toll-free or satellite): give a mobile or a landline."
    );

    private readonly string text;

    private PhoneNumber(string text, bool isMobile) => (this.text, IsMobile) = (text, isMobile);

    /// <summary>Whether text messages arrive there.</summary>
    public bool IsMobile { get; }

    /// <summary>Of metropolitan France or one of its territories.</summary>
    public bool IsFrench => Territories.Codes.Any(code => text.StartsWith(code, StringComparison.Ordinal));

    /// <summary>As people write it: « 06 39 98 00 01 », with spaces that do not break; abroad with the country's code.</summary>
    public string Shown
    {
        get
        {
            var number = Numbers.Parse(text, null);
            var national = text.StartsWith("+33", StringComparison.Ordinal) || Territories.IsOverseas(text);
            return Numbers.Format(number, national ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL).Replace(' ', '\u00A0');
        }
    }

    public static PhoneNumber Parse(string? text) => Texts.Parse<PhoneNumber>(text);

    public static bool TryParse(string? text, [NotNullWhen(true)] out PhoneNumber? value, [NotNullWhen(false)] out LocalText? reason)
    {
        value = null;
        reason = null;
        if (string.IsNullOrWhiteSpace(text))
            reason = Missing;
        else if (text.Length > LongestTyped || Digits(text) is not { } digits)
            reason = Shape;
        else if (International(digits) is not { } number)
            reason = digits.Length < NationalDigits && !digits.StartsWith('+') ? Elsewhere : Unknown;
        else
            value = Known(number, out reason);
        return value is not null;
    }

    public override string ToString() => text;

    private static PhoneNumber? Known(string number, out LocalText? reason)
    {
        reason = null;
        if (Territories.IsMobile(number) is { } mobile)
            return new PhoneNumber(number, mobile);
        PhoneNumbers.PhoneNumber parsed;
        try
        {
            parsed = Numbers.Parse(number, "FR");
        }
        catch (NumberParseException)
        {
            reason = Unknown;
            return null;
        }
        var written = Numbers.Format(parsed, PhoneNumberFormat.E164);
        // The library takes « +33 (0)6… » for what it means; by then it may be one of the ranges that it does not know.
        if (Territories.Of(written) is var own && Territories.IsMobile(own) is { } mobileToo)
            return new PhoneNumber(own, mobileToo);
        if (Territories.WhereValid(Numbers, parsed) is not { } valid)
            reason = Unknown;
        else if (
            Numbers.GetRegionCodeForCountryCode(valid.CountryCode) == "001"
            || Numbers.GetNumberType(valid)
                is not (
                    PhoneNumberType.MOBILE
                    or PhoneNumberType.FIXED_LINE
                    or PhoneNumberType.FIXED_LINE_OR_MOBILE
                    or PhoneNumberType.VOIP
                )
        )
            reason = Elsewhere;
        else
            return new PhoneNumber(
                Numbers.Format(valid, PhoneNumberFormat.E164),
                Numbers.GetNumberType(valid) is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE
            );
        return null;
    }

    /// <summary>The digits with a leading + where there is one, or null when there is anything that is no part of a number.</summary>
    private static string? Digits(string typed)
    {
        var digits = new StringBuilder();
        foreach (var c in typed.Normalize(NormalizationForm.FormKC))
        {
            if (char.IsAsciiDigit(c) || (c == '+' && digits.Length == 0))
                digits.Append(c);
            else if (!char.IsWhiteSpace(c) && c is not ('.' or '(' or ')' or '/' or '+') && !IsInvisibleOrDash(c))
                return null;
            else if (c == '+')
                return null;
        }
        return digits.Length == 0 ? null : digits.ToString();
    }

    private static bool IsInvisibleOrDash(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.DashPunctuation;

    /// <summary>What was typed the French way in international form; null when no country can be told.</summary>
    private static string? International(string digits)
    {
        if (digits.StartsWith('+'))
            return Territories.Of(digits);
        if (digits.StartsWith("00", StringComparison.Ordinal))
            return Territories.Of("+" + digits[2..]);
        if (digits.StartsWith('0'))
            return digits.Length == NationalDigits + 1 ? Territories.Of("+33" + digits[1..]) : null;
        // A spreadsheet takes the first zero away, or the plus.
        if (digits.Length == NationalDigits)
            return Territories.Of("+33" + digits);
        return Territories.Codes.Any(c =>
            digits.Length == c.Length - 1 + NationalDigits && ("+" + digits).StartsWith(c, StringComparison.Ordinal)
        )
            ? Territories.Of("+" + digits)
            : null;
    }
}
