using System.Text.RegularExpressions;
using Stages.ServiceDefaults;

namespace Stages.Portal.SignIns;

/// <summary>
/// Whether codes go out by text message (a gateway is configured under <c>Sms:Url</c>), and to which numbers: mobiles of France and
/// its territories unless <c>Portal:SmsNumbers</c> is another pattern. Anybody may ask for a code, so a number abroad that earns its
/// owner money must not be among them.
/// </summary>
public sealed class PhoneNumbers(IConfiguration configuration)
{
    // 0690 to 0697 are overseas, where the same digits follow another country code: without it the text would go nowhere.
    private const string French =
        @"^\+(33(6(?!9[0-467])|7)\d{8}|262(692|693|639)\d{6}|590(690|691)\d{6}|594694\d{6}|596(696|697)\d{6}|"
        + @"508\d{6}|681\d{6}|687\d{6}|689\d{8})$";

    private readonly Regex allowed = new(configuration["Portal:SmsNumbers"] ?? French, RegexOptions.None, TimeSpan.FromSeconds(1));

    public bool Offered { get; } = configuration["Sms:Url"] is { Length: > 0 };

    /// <summary>The number in international form, or null when no code goes there.</summary>
    public string? Read(string typed) =>
        typed.Length <= 30
        && typed.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '.' or '-' or '(' or ')' or '\u00a0')
        && PersonId.NormalPhone(typed) is var number
        && allowed.IsMatch(number)
            ? number
            : null;

    /// <summary>As people write it: 06 39 98 00 01.</summary>
    public static string Shown(string number) =>
        number.StartsWith("+33", StringComparison.Ordinal) && number.Length == 12
            ? $"0{number[3]}\u00a0{number[4..6]}\u00a0{number[6..8]}\u00a0{number[8..10]}\u00a0{number[10..]}"
            : number;
}
