using System.Text;

namespace Stages.Portal.Imports;

/// <summary>
/// In what letters a file was written. A mark at its beginning says it, or the bytes themselves (UTF-8, UTF-16); of the old encodings
/// that give every byte a sign (Windows-1252, ISO-8859-1 and -15, MacRoman) the one in which it reads as French is taken. Where none
/// does, or two do and differ, the file is refused: a name that is wrong is worse than none.
/// </summary>
public static class Encodings
{
    private const string Common = "éèêëàâçîïôöûùüœÉÈÊËÀÂÇÎÏÔÖÛÙÜŒ’«»°\u00a0–…€";
    private const string Other = "áíóúñãõäåæøìòýÿšžß€·•ÁÍÓÚÑÃÕÄÅÆØÌÒÝŸŠŽ“”‘—´";

    private static readonly int[] SingleByte = [1252, 28605, 10000];

    static Encodings() => Register();

    /// <summary>The old encodings are known to the process from now on; an XML file names its own.</summary>
    public static void Register() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <exception cref="UnreadableFile">With the reason in the person's language.</exception>
    public static string Decode(byte[] file)
    {
        var text = Unicode(file) ?? Old(file);
        return text.IndexOf('\0', StringComparison.Ordinal) is var nul and >= 0 ? throw Nul(text, nul) : text;
    }

    private static string? Unicode(byte[] file) =>
        file switch
        {
            [0xEF, 0xBB, 0xBF, ..] => Strict(Encoding.UTF8, file, 3) ?? throw Unknown(),
            [0xFF, 0xFE, 0, 0, ..] => Strict(Encoding.UTF32, file, 4) ?? throw Unknown(),
            [0xFF, 0xFE, ..] => Strict(Encoding.Unicode, file, 2) ?? throw Unknown(),
            [0xFE, 0xFF, ..] => Strict(Encoding.BigEndianUnicode, file, 2) ?? throw Unknown(),
            _ when Zeros(file, 1) => Strict(Encoding.Unicode, file, 0),
            _ when Zeros(file, 0) => Strict(Encoding.BigEndianUnicode, file, 0),
            _ => Strict(Encoding.UTF8, file, 0),
        };

    private static string? Strict(Encoding encoding, byte[] file, int mark)
    {
        try
        {
            return Encoding
                .GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                .GetString(file, mark, file.Length - mark);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>UTF-16 without a mark: every other byte of a heading is zero, and those between are not.</summary>
    private static bool Zeros(byte[] file, int at)
    {
        var (zero, others, most) = (0, 0, Math.Min(file.Length - 1, 200));
        for (var i = 0; i < most; i += 2)
        {
            zero += file[i + at] == 0 ? 1 : 0;
            others += file[i + 1 - at] == 0 ? 1 : 0;
        }
        return zero > most / 4 && others == 0;
    }

    private static string Old(byte[] file)
    {
        var readings = SingleByte
            .Select(page => Encoding.GetEncoding(page).GetString(file))
            .Select(text => (Text: text, Score: Score(text)))
            .OrderByDescending(r => r.Score)
            .ToArray();
        return readings[0].Score > 0 && readings.TakeWhile(r => r.Score == readings[0].Score).All(r => r.Text == readings[0].Text)
            ? readings[0].Text
            : throw Unknown();
    }

    /// <summary>How much a text looks like French: letters that it uses, in places where they can stand.</summary>
    private static int Score(string text)
    {
        var score = 0;
        for (var i = 0; i < text.Length; i++)
            if (text[i] > 0x7F)
                score += Score(text, i);
        return score;
    }

    private static int Score(string text, int i)
    {
        var (sign, before, after) = (text[i], i > 0 ? text[i - 1] : ' ', i + 1 < text.Length ? text[i + 1] : ' ');
        if (char.IsLetter(sign) ? IsOutOfCase(sign, before, after) || IsCrowd(text, i) : IsBetween(sign, before, after))
            return -6;
        return Common.Contains(sign, StringComparison.Ordinal) ? 2
            : Other.Contains(sign, StringComparison.Ordinal) ? 1
            : -4;
    }

    /// <summary>A capital behind a small letter, a small one among capitals.</summary>
    private static bool IsOutOfCase(char sign, char before, char after) =>
        char.IsUpper(sign) ? char.IsLower(before) : (char.IsUpper(before) && char.IsUpper(after));

    /// <summary>Three letters with accents in a row: another script, read as ours.</summary>
    private static bool IsCrowd(string text, int i) =>
        i > 1 && text[i - 1] > 0x7F && text[i - 2] > 0x7F && char.IsLetter(text[i - 1]) && char.IsLetter(text[i - 2]);

    /// <summary>Within a word stands nothing but an apostrophe.</summary>
    private static bool IsBetween(char sign, char before, char after) =>
        sign is not ('’' or '‘' or '\u00a0' or '·') && char.IsLetter(before) && char.IsLetter(after);

    private static UnreadableFile Unknown() =>
        new(
            Say.In(
                "Les accents de ce fichier ne se lisent pas sûrement : enregistrez-le en XLSX, ou en « CSV UTF-8 ».",
                "The accents of this file cannot be read for sure: save it as XLSX, or as “CSV UTF-8”."
            )
        );

    private static UnreadableFile Nul(string text, int at)
    {
        var line = text.AsSpan(0, at).Count('\n') + 1;
        return new(
            Say.In(
                $"La ligne {line} contient un signe nul, qu’aucun tableur n’écrit : enregistrez à nouveau la liste depuis le tableur.",
                $"Line {line} holds a null sign, which no spreadsheet writes: save the list again from the spreadsheet."
            )
        );
    }
}
