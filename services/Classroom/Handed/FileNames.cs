using System.Globalization;
using System.Text;

namespace Stages.Classrooms.Handed;

/// <summary>
/// The name under which a file is given on: one that every device can keep, that says what it is, and that does not look like another one.
/// </summary>
public static class FileNames
{
    private const int Longest = 100;

    private static readonly string[] Endings = [".pdf", ".png", ".jpg", ".jpeg", ".docx", ".odt", ".txt"];

    /// <summary>What some systems take for a device.</summary>
    private static readonly string[] Devices = ["con", "prn", "aux", "nul"];

    public static string Clean(string said, FileKind kind)
    {
        // Two halves of a sign apart from each other are none.
        var whole = string.Concat(said.EnumerateRunes().Where(r => r != Rune.ReplacementChar));
        var last = whole.Normalize(NormalizationForm.FormC).Split('/', '\\')[^1];
        var name = string.Concat(last.EnumerateRunes().Where(IsSeen).Select(r => "<>:\"|?*".Contains(r.ToString()) ? "_" : r.ToString()));
        foreach (var ending in Endings.Where(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)).Take(1))
            name = name[..^ending.Length];
        name = Short(name).Trim(' ', '.');
        if (name.Length == 0)
            name = "fichier";
        if (Devices.Contains(name.Split('.')[0].ToLowerInvariant()))
            name = "_" + name;
        return name + kind.Ending;
    }

    // Signs without a look of their own turn a name around; two of them join the letters of some scripts.
    private static bool IsSeen(Rune r) =>
        r.Value is 0x200C or 0x200D
        || Rune.GetUnicodeCategory(r)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
            );

    private static string Short(string name)
    {
        if (name.Length <= Longest)
            return name;
        var (signs, made) = (StringInfo.GetTextElementEnumerator(name), new StringBuilder());
        while (signs.MoveNext() && made.Length + signs.GetTextElement().Length <= Longest)
            made.Append(signs.GetTextElement());
        return made.ToString();
    }
}
