using System.Buffers;
using System.Collections.Frozen;

namespace Stages.Vocabulary;

/// <summary>What French asks of the word before a name.</summary>
public static class French
{
    /// <summary>
    /// Names whose h is mute, by their first word without accents. Usage is not of one mind (one hears « de Hugo » too); those from
    /// Latin and Greek have lost their h, those from elsewhere (Hamza, Hanna, Harry, Hind) keep it, so that any other name has « de ».
    /// </summary>
    private static readonly FrozenSet<string> Mute = FrozenSet.ToFrozenSet(
        [
            "hadrien",
            "hector",
            "helena",
            "helene",
            "heliodore",
            "helios",
            "heloise",
            "helori",
            "henri",
            "henriette",
            "henry",
            "heracles",
            "herbert",
            "hercule",
            "hermance",
            "hermeline",
            "hermes",
            "hermine",
            "hermione",
            "herve",
            "hilaire",
            "hilarion",
            "hippolyte",
            "homere",
            "honore",
            "honorine",
            "horace",
            "hortense",
            "hubert",
            "hugo",
            "hugues",
            "huguette",
            "humbert",
            "hyacinthe",
        ],
        StringComparer.Ordinal
    );

    /// <summary>« d’Inès », « de Marie », « d’Hélène », « de Hamza », « d’Yves », « de Yann ».</summary>
    public static string De(string name) => Elides(name) ? $"d’{name}" : $"de {name}";

    private const char Whole = '\u00A0';
    private const char Thin = '\u202F';

    /// <summary>
    /// The text with spaces that do not break where French wants them: thin ones before « ; », « ! », « ? » and « % », whole ones before
    /// « : » and inside quotation marks, so that no line begins with a sign. What is no prose (a zone, a ratio) has no space there.
    /// </summary>
    public static string Spaced(string text) => text.AsSpan().IndexOfAny(Signs) < 0 ? text : string.Create(text.Length, text, SpaceOut);

    private static readonly SearchValues<char> Signs = SearchValues.Create(":;!?%«»");

    private static void SpaceOut(Span<char> written, string text)
    {
        text.CopyTo(written);
        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] != ' ')
                continue;
            var next = i + 1 < written.Length ? written[i + 1] : ' ';
            if (next is ';' or '!' or '?' or '%')
                written[i] = Thin;
            else if (next is ':' or '»' || (i > 0 && written[i - 1] == '«'))
                written[i] = Whole;
        }
    }

    private static bool Elides(string name)
    {
        // Whatever the script, the sound decides: « d’Ольга ».
        var plain = TextKey.Of(Gsm.Text(name));
        var first = plain.Split(' ')[0];
        return first.Length > 0
            && first[0] switch
            {
                'a' or 'e' or 'i' or 'o' or 'u' => true,
                // Before a consonant it is the vowel i, before a vowel it is not: « d’Yves », « de Yasmine ».
                'y' => first.Length > 1 && !"aeiouy".Contains(first[1]),
                'h' => Mute.Contains(first),
                _ => false,
            };
    }
}
