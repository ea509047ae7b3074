using System.Globalization;
using System.Net;
using System.Text;
using MimeKit;

namespace Stages.MailSink;

/// <summary>The pages of the mailbox: a list with a search, and a mail with its two bodies and its attachments.</summary>
public static class Pages
{
    private const int PerPage = 100;

    private const string Style = """
        :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:62rem;margin:0 auto;padding:1rem}
        h1{font-size:1.3rem}a{color:inherit}
        form{display:flex;gap:.5rem;margin:1rem 0}input{flex:1;font:inherit;padding:.4rem}button{font:inherit}
        li{list-style:none;border-top:1px solid #8885;padding:.5rem 0}ul{padding:0}li a{text-decoration:none;display:block}
        small,dt{opacity:.75}
        dl{display:grid;grid-template-columns:auto 1fr;gap:.1rem 1rem}dd{margin:0;overflow-wrap:anywhere}
        iframe{width:100%;height:32rem;border:1px solid #8885;background:#fff}pre{white-space:pre-wrap;overflow-wrap:anywhere}
        """;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (MailIndex index, HttpRequest request, string? q) => Page(request, List(index, request, q ?? "")));
        routes.MapGet("/mails.json", (MailIndex index, string? q) => index.Find(q ?? "").Take(1000));
        routes.MapGet("/count", (Mailbox mailbox) => mailbox.Count);
        routes.MapGet(
            "/mails/{name}",
            (MailIndex index, HttpRequest request, string name) =>
                index.Open(name) is { } mail ? Page(request, Mail(mail, request, name)) : Results.NotFound()
        );
        routes.MapGet(
            "/mails/{name}/source",
            (MailIndex index, string name) =>
                File.Exists(index.Source(name)) ? Results.File(index.Source(name), "text/plain; charset=utf-8") : Results.NotFound()
        );
        routes.MapGet(
            "/mails/{name}/html",
            (MailIndex index, HttpResponse response, string name) =>
            {
                // A mail is somebody else's page: no script, no form, nothing fetched, whatever it contains.
                response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
                return index.Open(name)?.HtmlBody is { } html ? Results.Content(html, "text/html; charset=utf-8") : Results.NotFound();
            }
        );
        routes.MapGet(
            "/mails/{name}/attachments/{number:int}",
            (MailIndex index, string name, int number) =>
            {
                if (index.Open(name) is not { } mail || Files(mail).ElementAtOrDefault(number) is not { Content: not null } part)
                    return Results.NotFound();
                var content = new MemoryStream();
                part.Content.DecodeTo(content);
                return Results.File(content.ToArray(), "application/octet-stream", FileName(part, number));
            }
        );
    }

    private static IResult Page(HttpRequest request, string body) =>
        Results.Content(
            $"""
            <!doctype html><html lang="{(
                English(request) ? "en" : "fr"
            )}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Stages · {Say(request, "boîte aux lettres", "mailbox")}</title><style>{Style}</style>{body}</html>
            """,
            "text/html; charset=utf-8"
        );

    private static string List(MailIndex index, HttpRequest request, string words)
    {
        var found = index.Find(words).Take(PerPage + 1).ToList();
        var page = new StringBuilder();
        page.Append(
            CultureInfo.InvariantCulture,
            $"""
            <h1>{Say(request, "Courriels de cette exécution locale", "Mails of this local run")}</h1>
            <form role="search"><input name="q" type="search" value="{Safe(words)}" aria-label="{Say(request, "Chercher", "Search")}"
             placeholder="{Say(request, "destinataire, sujet…", "recipient, subject…")}"><button>{Say(
                request,
                "Chercher",
                "Search"
            )}</button></form><ul>
            """
        );
        foreach (var mail in found.Take(PerPage))
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"""
                <li><a href="/mails/{mail.Name}"><strong>{Safe(mail.Subject)}</strong><br>
                <small>{mail.ReceivedAt:yyyy-MM-dd HH:mm:ss} UTC · {Safe(mail.To)}{Attached(mail.Attachments, request)}</small></a></li>
                """
            );
        }
        page.Append("</ul>");
        if (found.Count == 0)
            page.Append(Say(request, "<p>Aucun courriel.</p>", "<p>No mail.</p>"));
        if (found.Count > PerPage)
            page.Append(
                Say(
                    request,
                    $"<p>Les {PerPage} plus récents ; cherchez pour voir les autres.</p>",
                    $"<p>The latest {PerPage}; search to see others.</p>"
                )
            );
        return page.ToString();
    }

    private static string Mail(MimeMessage mail, HttpRequest request, string name)
    {
        var page = new StringBuilder();
        page.Append(
            CultureInfo.InvariantCulture,
            $"""
            <p><a href="/">← {Say(request, "Tous les courriels", "All mails")}</a></p><h1>{Safe(mail.Subject ?? "")}</h1>
            <dl><dt>{Say(request, "De", "From")}</dt><dd>{Safe(mail.From.ToString())}</dd>
            <dt>{Say(request, "À", "To")}</dt><dd>{Safe(mail.Headers["Delivered-To"] ?? mail.To.ToString())}</dd>
            <dt>{Say(request, "Source", "Source")}</dt><dd><a href="/mails/{Safe(name)}/source">{Safe(name)}</a></dd>
            """
        );
        foreach (var (part, number) in Files(mail).Select((p, i) => (p, i)))
            page.Append(
                CultureInfo.InvariantCulture,
                $"<dt>{Say(request, "Fichier joint", "Attachment")}</dt>"
                    + $"<dd><a href=\"/mails/{Safe(name)}/attachments/{number}\">{Safe(FileName(part, number))}</a></dd>"
            );
        page.Append("</dl>");
        if (mail.HtmlBody is not null)
            page.Append(CultureInfo.InvariantCulture, $"<iframe sandbox src=\"/mails/{Safe(name)}/html\" title=\"HTML\"></iframe>");
        if (mail.TextBody is { } text)
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Say(request, "Texte", "Text")}</h2><pre>{Safe(text)}</pre>");
        return page.ToString();
    }

    /// <summary>Attachments, and an invitation, which is a further alternative of the body rather than an attachment.</summary>
    private static IEnumerable<MimePart> Files(MimeMessage mail) =>
        mail.BodyParts.OfType<MimePart>().Where(p => p.IsAttachment || p.ContentType.IsMimeType("text", "calendar"));

    private static string FileName(MimePart part, int number) =>
        part.FileName ?? (part.ContentType.IsMimeType("text", "calendar") ? $"invitation-{number + 1}.ics" : $"part-{number + 1}");

    private static string Attached(int files, HttpRequest request) =>
        files switch
        {
            0 => "",
            1 => Say(request, " · 1 fichier joint", " · 1 attachment"),
            _ => Say(request, $" · {files} fichiers joints", $" · {files} attachments"),
        };

    private static bool English(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).FirstOrDefault() is { } first
        && first.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase);

    private static string Say(HttpRequest request, string fr, string en) => English(request) ? en : fr;

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
