using System.Globalization;
using Stages.Vocabulary;

namespace Stages.ServiceDefaults;

/// <summary>A sentence in both languages of the service; French is the language of the house and the default.</summary>
public static class Say
{
    public static bool InEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>The sentence in the language of the present request.</summary>
    public static string In(string fr, string en) => InEnglish ? en : French.Spaced(fr);

    public static IReadOnlyList<string> In(IReadOnlyList<string> fr, IReadOnlyList<string> en) =>
        InEnglish ? en : [.. fr.Select(French.Spaced)];

    /// <summary>Before what is explained or listed; the space in front of it is French, and does not break.</summary>
    public static string Colon => In(" : ", ": ");

    /// <summary>Between the members of a list that have commas of their own.</summary>
    public static string Semicolon => In(" ; ", "; ");

    public static string In(LocalText text) => In(text.Fr, text.En);
}
