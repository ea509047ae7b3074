using System.Globalization;

namespace Stages.ServiceDefaults;

/// <summary>A sentence in both languages of the service; French is the language of the house and the default.</summary>
public static class Say
{
    public static bool InEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>The sentence in the language of the present request.</summary>
    public static string In(string fr, string en) => InEnglish ? en : fr;
}
