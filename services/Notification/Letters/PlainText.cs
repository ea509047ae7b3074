using System.Text;

namespace Stages.Notifications.Letters;

/// <summary>A letter as plain text: for readers who prefer it, for screen readers and for programs that show no HTML.</summary>
public static class PlainText
{
    public static string Of(Letter letter, Language language)
    {
        var text = new StringBuilder();
        text.Append(letter.Title).Append("\n\n");
        foreach (var block in letter.Blocks)
            Write(text, block, language);
        text.Append("-- \n").Append(Footer.Sender(language)).Append('\n').Append(letter.Because).Append('\n');
        return text.ToString();
    }

    private static void Write(StringBuilder text, Block block, Language language)
    {
        switch (block)
        {
            case Says says:
                text.Append(says.Text).Append("\n\n");
                break;
            case Facts facts:
                foreach (var (name, value) in facts.Lines)
                    text.Append(name).Append(language.In(" : ", ": ")).Append(value).Append('\n');
                text.Append('\n');
                break;
            case Sessions sessions:
                text.Append(sessions.Heading).Append('\n');
                foreach (var line in sessions.Lines)
                {
                    text.Append("  - ").Append(line.Day).Append(", ").Append(line.Hours);
                    if (line.Note is not null)
                        text.Append(" (").Append(line.Note).Append(')');
                    text.Append('\n');
                }
                text.Append('\n');
                break;
            case Button action:
                text.Append(action.Text).Append(language.In(" :\n", ":\n")).Append(action.Address).Append("\n\n");
                break;
            case CodeToCopy code:
                text.Append("    ").Append(code.Value).Append("\n\n");
                break;
            case Aside aside:
                text.Append(aside.Text).Append('\n');
                if (aside.Address is not null)
                    text.Append(aside.LinkText).Append(language.In(" :\n", ":\n")).Append(aside.Address).Append('\n');
                text.Append('\n');
                break;
        }
    }
}

/// <summary>The last lines of every letter.</summary>
public static class Footer
{
    public static string Sender(Language language) =>
        language.In(
            "Stages de réussite – message automatique, merci de ne pas y répondre.",
            "Stages de réussite – automatic message, please do not reply."
        );
}
