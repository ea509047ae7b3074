using System.Globalization;

namespace Stages.Notifications.Letters;

/// <summary>
/// The language of one recipient, which is not that of any request: sentences, dates and times as a reader of it writes them.
/// </summary>
public sealed class Language
{
    public static readonly Language French = new("fr", CultureInfo.GetCultureInfo("fr-FR"));
    public static readonly Language English = new("en", CultureInfo.GetCultureInfo("en-GB"));

    private readonly CultureInfo culture;

    private Language(string code, CultureInfo culture) => (Code, this.culture) = (code, culture);

    public string Code { get; }

    /// <summary>Whatever a contract says; French, the language of the house, unless it says English.</summary>
    public static Language Of(string? code) =>
        code is not null && code.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? English : French;

    public string In(string fr, string en) => this == English ? en : Vocabulary.French.Spaced(fr);

    /// <summary>« lundi 12 avril 2021 », « samedi 1er mai 2021 »; "Monday 12 April 2021".</summary>
    public string Day(DateOnly date)
    {
        var words = date.ToString("dddd d MMMM yyyy", culture);
        return this == French && date.Day == 1 ? words.Replace(" 1 ", " 1er ", StringComparison.Ordinal) : words;
    }

    /// <summary>« 9 h », « 11 h 15 »; "09:00". The spaces do not break.</summary>
    public string Time(TimeOnly time) =>
        this == French
            ? time.Minute == 0
                ? $"{time.Hour}\u00A0h"
                : $"{time.Hour}\u00A0h\u00A0{time.Minute:00}"
            : time.ToString("HH:mm", CultureInfo.InvariantCulture);

    public string Hours(TimeOnly start, TimeOnly end) => In($"de {Time(start)} à {Time(end)}", $"{Time(start)} to {Time(end)}");

    /// <summary>Nobody is named where a teacher left, or was erased at their own request.</summary>
    public string Teacher(string firstName) => firstName.Length == 0 ? In("un enseignant", "a teacher") : firstName;

    /// <summary>« Léa, Tom et Zoé ».</summary>
    public string List(IReadOnlyList<string> words) =>
        words.Count switch
        {
            0 => "",
            1 => words[0],
            _ => string.Join(", ", words.Take(words.Count - 1)) + In(" et ", " and ") + words[^1],
        };

    public string FirstUpper(string words) => words.Length == 0 ? words : char.ToUpper(words[0], culture) + words[1..];
}
