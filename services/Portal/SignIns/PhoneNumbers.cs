using System.Text.RegularExpressions;

namespace Stages.Portal.SignIns;

/// <summary>
/// Whether codes go out by text message (a gateway is configured under <c>Sms:Url</c>), and to which numbers: mobiles of France and
/// its territories unless <c>Portal:SmsNumbers</c> is another pattern. Anybody may ask for a code, so a number abroad that earns its
/// owner money must not be among them.
/// </summary>
public sealed class PhoneNumbers(IConfiguration configuration)
{
    private readonly Regex? allowed = configuration["Portal:SmsNumbers"] is { } pattern
        ? new(pattern, RegexOptions.None, TimeSpan.FromSeconds(1))
        : null;

    public bool Offered { get; } = configuration["Sms:Url"] is { Length: > 0 };

    /// <summary>The number, or the reason why no code goes there.</summary>
    public (PhoneNumber? Number, string? Refused) Read(string typed)
    {
        if (!PhoneNumber.TryParse(typed, out var number, out var reason))
            return (null, Say.In(reason));
        if (!number.IsMobile)
            return (
                null,
                Say.In("Un SMS n’arrive que sur un mobile : ce numéro est un fixe.", "A text reaches a mobile only: this is a landline.")
            );
        if (allowed is null ? !number.IsFrench : !allowed.IsMatch(number.ToString()))
            return (
                null,
                Say.In(
                    "Nos SMS ne vont qu’aux mobiles de France et d’outre-mer : demandez le code par courriel.",
                    "Our texts go to mobiles of France and its territories alone: ask for the code by e-mail."
                )
            );
        return (number, null);
    }

    /// <summary>As people write it: 06 39 98 00 01.</summary>
    public static string Shown(string number) => Texts.Find<PhoneNumber>(number)?.Shown ?? number;
}
