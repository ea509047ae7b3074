namespace Stages.Vocabulary;

/// <summary>
/// An address to which mail can be sent over the public Internet, its domain in lower case and in ASCII (IDNA). Two spellings that
/// differ in capitals are one address: they reach one account.
/// </summary>
[JsonConverter(typeof(TextJson<EmailAddress>))]
public sealed record EmailAddress : IText<EmailAddress>
{
    /// <summary>What SMTP carries in a path (RFC 5321, with RFC 3696's erratum), its part before the @, one label of a domain.</summary>
    private const int Longest = 254;
    private const int LongestLocal = 64;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private static readonly LocalText Missing = new("Indiquez une adresse électronique.", "Give an e-mail address.");
    private static readonly LocalText Shape = new(
        "Une adresse électronique s’écrit nom@domaine, comme claire.martin@exemple.fr.",
        "An e-mail address is written name@domain, such as claire.martin@example.org."
    );
    private static readonly LocalText TooLong = new("Cette adresse électronique est trop longue.", "This e-mail address is too long.");
    private static readonly LocalText Local = new(
        "Avant l’arobase cette adresse contient une espace, un accent ou un signe qu’une adresse n’a pas.",
        "Before the @ this address has a space, an accent or a sign that addresses do not have."
    );
    private static readonly LocalText Domain = new(
        "Après l’arobase il faut un nom de domaine entier, comme exemple.fr.",
        "After the @ a whole domain name is needed, such as example.org."
    );

    private readonly string local;
    private readonly string domain;

    private EmailAddress(string local, string domain) => (this.local, this.domain) = (local, domain);

    /// <summary>What accounts are compared by: all in lower case.</summary>
    public string Key => ToString().ToLowerInvariant();

    /// <summary>As its owner writes it, the domain in its own letters.</summary>
    public string Shown => $"{local}@{Idn.GetUnicode(domain)}";

    /// <summary>The part after the @.</summary>
    public string Host => domain;

    /// <summary>The key of an address that an event or a message holds; of one that is none, itself in lower case.</summary>
    public static string KeyOf(string? text) => Texts.Find<EmailAddress>(text)?.Key ?? (text ?? "").Trim().ToLowerInvariant();

    public static EmailAddress Parse(string? text) => Texts.Parse<EmailAddress>(text);

    public static bool TryParse(string? text, [NotNullWhen(true)] out EmailAddress? value, [NotNullWhen(false)] out LocalText? reason)
    {
        value = null;
        var address = Visible(text).TrimEnd('.');
        var at = address.LastIndexOf('@');
        if (address.Length == 0)
            reason = Missing;
        else if (at <= 0 || at == address.Length - 1)
            reason = Shape;
        else if (address.Length > 4 * Longest)
            reason = TooLong;
        else if (!IsLocal(address[..at]))
            reason = Local;
        else if (Ascii(address[(at + 1)..]) is not { } domain)
            reason = Domain;
        else if (at > LongestLocal || at + 1 + domain.Length > Longest)
            reason = TooLong;
        else
        {
            value = new EmailAddress(address[..at], domain);
            reason = null;
            return true;
        }
        return false;
    }

    public bool Equals(EmailAddress? other) => other is not null && Key == other.Key;

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"{local}@{domain}";

    /// <summary>Without the signs that nobody sees and that come along when an address is copied, and the spaces around it.</summary>
    private static string Visible(string? text)
    {
        var visible = new StringBuilder();
        foreach (var c in text ?? "")
            if (char.GetUnicodeCategory(c) != UnicodeCategory.Format)
                visible.Append(c);
        return visible.ToString().Trim();
    }

    /// <summary>A dot-atom of RFC 5322; quoted ones exist on paper alone.</summary>
    private static bool IsLocal(string local) =>
        local.Split('.').All(atom => atom.Length > 0 && atom.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".Contains(c)));

    /// <summary>The domain in lower case and in ASCII, or null when it is none: one label alone, or an address of a machine.</summary>
    private static string? Ascii(string domain)
    {
        var ascii = domain.ToLowerInvariant();
        // Nearly every domain is written in ASCII: for those alone nothing is to be mapped.
        if (!System.Text.Ascii.IsValid(ascii) || ascii.Contains("xn--", StringComparison.Ordinal))
            try
            {
                ascii = Idn.GetAscii(domain).ToLowerInvariant();
                _ = Idn.GetUnicode(ascii);
            }
            catch (ArgumentException)
            {
                return null;
            }
        var labels = ascii.Split('.');
        return labels.Length >= 2 && labels.All(IsLabel) && labels[^1].Length >= 2 && !labels[^1].All(char.IsAsciiDigit) ? ascii : null;
    }

    /// <summary>As STD 3 has it: no hyphen at either end.</summary>
    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        && !label.StartsWith('-')
        && !label.EndsWith('-');
}
