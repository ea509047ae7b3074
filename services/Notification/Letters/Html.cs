using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Stages.Notifications.Letters;

/// <summary>
/// A letter as HTML that mail programs show: tables for layout (marked as such for screen readers), styles on the elements, no
/// picture, nothing fetched from anywhere. The one style sheet only turns the colours for readers in the dark; programs that drop
/// it show the light page. Every contrast is 4.5:1 or more.
/// </summary>
public static class Html
{
    private const string Font = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
    private const string Ink = "#1b1b35",
        Quiet = "#50506b",
        Accent = "#24468f",
        Tint = "#eef2fb",
        Edge = "#d5dcee";

    /// <summary>Letters with accents stay as they are: the part is UTF-8.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(new TextEncoderSettings(UnicodeRanges.All));

    public static string Of(Letter letter, Language language)
    {
        var body = new StringBuilder();
        foreach (var block in letter.Blocks)
            Write(body, block, language);
        var preview = letter.Blocks.OfType<Says>().FirstOrDefault()?.Text ?? letter.Title;
        return $$"""
            <!DOCTYPE html>
            <html lang="{{language.Code}}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>{{E(letter.Subject)}}</title>
            <style>
            :root { color-scheme: light dark; supported-color-schemes: light dark; }
            @media (prefers-color-scheme: dark) {
              .page { background: #14151f !important; }
              .card { background: #1f2130 !important; border-color: #3a3d52 !important; }
              .ink { color: #f0f1f8 !important; }
              .quiet { color: #b9bccf !important; }
              .tint { background: #2a2d42 !important; border-color: #3f4360 !important; }
              .link { color: #a9c1ff !important; }
              .button { background: #a9c1ff !important; }
              .button a { color: #10152b !important; border-color: #a9c1ff !important; }
            }
            </style>
            </head>
            <body class="page" style="margin:0;padding:0;background:#f4f6fb;-webkit-text-size-adjust:100%">
            <div style="display:none;max-height:0;overflow:hidden;opacity:0" aria-hidden="true">{{E(preview)}}</div>
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="page" style="background:#f4f6fb">
            <tr><td align="center" style="padding:16px 8px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px">
            <tr><td class="link" style="padding:4px 12px 12px;{{Font}};font-size:16px;font-weight:700;color:{{Accent}}">Stages de réussite</td></tr>
            <tr><td class="card" style="background:#ffffff;border:1px solid {{Edge}};border-radius:10px;padding:22px 20px 10px">
            <h1 class="ink" style="margin:0 0 16px;{{Font}};font-size:22px;line-height:1.3;font-weight:700;color:{{Ink}}">{{E(
                letter.Title
            )}}</h1>
            {{body}}</td></tr>
            <tr><td class="quiet" style="padding:14px 12px;{{Font}};font-size:14px;line-height:1.5;color:{{Quiet}}">{{E(
                Footer.Sender(language)
            )}}<br>{{E(letter.Because)}}</td></tr>
            </table>
            </td></tr>
            </table>
            </body>
            </html>

            """;
    }

    private static void Write(StringBuilder html, Block block, Language language)
    {
        switch (block)
        {
            case Says says:
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<p class=\"ink\" style=\"margin:0 0 16px;{Font};font-size:16px;line-height:1.55;color:{Ink}\">{E(says.Text)}</p>\n"
                );
                break;
            case Facts facts:
                html.Append(
                    "<table cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 16px;border-collapse:collapse\">\n"
                );
                foreach (var (name, value) in facts.Lines)
                    html.Append(
                            CultureInfo.InvariantCulture,
                            $"<tr><th scope=\"row\" align=\"left\" valign=\"top\" class=\"quiet\" style=\"padding:3px 14px 3px 0;{Font};font-size:15px;line-height:1.45;font-weight:400;color:{Quiet}\">{E(name)}</th>"
                        )
                        .Append(
                            CultureInfo.InvariantCulture,
                            $"<td class=\"ink\" style=\"padding:3px 0;{Font};font-size:16px;line-height:1.45;font-weight:600;color:{Ink}\">{E(value)}</td></tr>\n"
                        );
                html.Append("</table>\n");
                break;
            case Sessions sessions:
                html.Append(
                        CultureInfo.InvariantCulture,
                        $"<h2 class=\"ink\" style=\"margin:0 0 8px;{Font};font-size:17px;line-height:1.35;font-weight:700;color:{Ink}\">{E(sessions.Heading)}</h2>\n"
                    )
                    .Append("<ul role=\"list\" style=\"margin:0 0 18px;padding:0;list-style:none\">\n");
                foreach (var line in sessions.Lines)
                    Write(html, line);
                html.Append("</ul>\n");
                break;
            case Button action:
                html.Append(
                        "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:4px 0 18px\"><tr>"
                    )
                    .Append(CultureInfo.InvariantCulture, $"<td class=\"button\" style=\"background:{Accent};border-radius:6px\">")
                    .Append(
                        CultureInfo.InvariantCulture,
                        $"<a href=\"{E(action.Address)}\" style=\"display:inline-block;padding:13px 22px;border:1px solid {Accent};border-radius:6px;{Font};font-size:16px;line-height:1.3;font-weight:700;color:#ffffff;text-decoration:none\">{E(action.Text)}</a></td></tr></table>\n"
                    );
                break;
            case CodeToCopy code:
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<p class=\"tint ink\" style=\"margin:0 0 18px;padding:14px 10px;text-align:center;background:{Tint};border:1px solid {Edge};border-radius:6px;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:28px;line-height:1.2;letter-spacing:5px;font-weight:700;color:{Ink}\">{E(code.Value)}</p>\n"
                );
                break;
            case Aside aside:
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<p class=\"quiet\" style=\"margin:0 0 16px;{Font};font-size:15px;line-height:1.5;color:{Quiet}\">{E(aside.Text)}"
                );
                if (aside.Address is not null)
                    html.Append(
                        CultureInfo.InvariantCulture,
                        $"<br><a class=\"link\" href=\"{E(aside.Address)}\" style=\"color:{Accent};text-decoration:underline\">{E(aside.LinkText ?? aside.Address)}</a>"
                    );
                html.Append("</p>\n");
                break;
        }
    }

    private static void Write(StringBuilder html, SessionLine line)
    {
        var strike = line.Struck ? "text-decoration:line-through;" : "";
        html.Append(
                CultureInfo.InvariantCulture,
                $"<li class=\"tint\" style=\"margin:0 0 6px;padding:10px 12px;background:{Tint};border:1px solid {Edge};border-radius:6px\">"
            )
            .Append(
                CultureInfo.InvariantCulture,
                $"<span class=\"ink\" style=\"{strike}{Font};font-size:16px;line-height:1.4;color:{Ink}\"><strong>{E(line.Day)}</strong><br>{E(line.Hours)}</span>"
            );
        if (line.Note is not null)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<br><span class=\"quiet\" style=\"{Font};font-size:15px;line-height:1.4;color:{Quiet}\">{E(line.Note)}</span>"
            );
        html.Append("</li>\n");
    }

    private static string E(string text) => Encoder.Encode(text);
}
