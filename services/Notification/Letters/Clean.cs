using System.Globalization;
using System.Text;

namespace Stages.Notifications.Letters;

/// <summary>
/// What people typed, made safe for a header, a sentence and a text message. Applied where an address or a name enters the
/// service.
/// </summary>
public static class Clean
{
    /// <summary>
    /// One line: line breaks and other control characters would start a header of their own, and the signs that turn the direction
    /// of writing would let a name dress up what follows it.
    /// </summary>
    public static string Name(string? typed, int longest = 80)
    {
        var line = new StringBuilder();
        foreach (var rune in (typed ?? "").EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            // A space that does not break is wanted in « 9 h ».
            var breaks =
                rune.Value is not (0xA0 or 0x202F)
                && category
                    is UnicodeCategory.Control
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                        or UnicodeCategory.SpaceSeparator;
            var turns = rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0xFEFF;
            if (turns || category is UnicodeCategory.OtherNotAssigned)
                continue;
            if (breaks)
            {
                if (line.Length > 0 && line[^1] != ' ')
                    line.Append(' ');
            }
            else if (line.Length + rune.Utf16SequenceLength <= longest)
                line.Append(rune.ToString());
            else
                break;
        }
        return line.ToString().Trim();
    }

    /// <summary>
    /// A person's name. Doors refuse one that leads elsewhere (<see cref="NameText"/>); of what was let in before they did, the words
    /// that do are left out.
    /// </summary>
    public static string Person(string? typed, int longest = 80)
    {
        var line = Name(typed, longest);
        var name =
            Texts.Find<NameText>(line)
            ?? Texts.Find<NameText>(string.Join(' ', line.Split(' ').Where(word => Texts.Find<NameText>(word) is not null)));
        return name?.ToString() ?? "";
    }

    /// <summary>As <see cref="Person"/>, for sentences that cannot do without one.</summary>
    public static string FirstName(string? typed) => Person(typed, 50) is { Length: > 0 } name ? name : "?";

    /// <summary>What a coordinator wrote as a reason: may be long and have several lines, which become one paragraph.</summary>
    public static string Sentence(string? typed) => Name(typed, 2000);
}
