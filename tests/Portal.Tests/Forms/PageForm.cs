using System.Text.RegularExpressions;

namespace Stages.Portal.Tests.Forms;

/// <summary>A form as a page shows it, with what a browser would send of it.</summary>
/// <param name="Page">Where it stands.</param>
/// <param name="Handler">What of the page takes it; empty where it has an address of its own.</param>
public sealed partial record PageForm(string Page, string Action, string Handler, IReadOnlyList<(string Name, string Value)> Fields)
{
    /// <summary>The same form at whatever query of the page.</summary>
    public string Name => Handler.Length > 0 ? $"{Page.Split('?')[0]} {Handler}" : Action;

    public PageForm With(string field, string? value) =>
        this with
        {
            Fields = [.. Fields.Where(f => f.Name != field), .. value is null ? Array.Empty<(string, string)>() : [(field, value)]],
        };

    public string? this[string field] => Fields.Where(f => f.Name == field).Select(f => f.Value).FirstOrDefault();

    public Task<HttpResponseMessage> From(Browser browser) =>
        browser.Send(
            new HttpRequestMessage(HttpMethod.Post, Action)
            {
                Content = new FormUrlEncodedContent(Fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
            }
        );

    /// <summary>All that are sent with POST; boxes are ticked, and fields hold something that could be meant.</summary>
    public static IReadOnlyList<PageForm> In(string page, string html) =>
        [
            .. Forms()
                .Matches(html)
                .Where(form => Read(form.Groups["head"].Value, "method") == "post")
                .Select(form => Of(page, form.Groups["head"].Value, form.Groups["body"].Value)),
        ];

    private static PageForm Of(string page, string head, string body)
    {
        var fields = Controls()
            .Matches(body)
            .Select(m => m.Value)
            .Where(c => Read(c, "name") is not null && !c.StartsWith("<button", StringComparison.Ordinal))
            .Select(c => (Name: Read(c, "name")!, Value: Read(c, "value") is { Length: > 0 } value ? value : Typed(Read(c, "name")!)))
            .ToList();
        return new PageForm(page, Read(head, "action") ?? page, fields.FirstOrDefault(f => f.Name == "_handler").Value ?? "", fields);
    }

    private static string Typed(string field) =>
        field switch
        {
            "email" => "appointed@forms.example",
            "whose" => "put.out@forms.example",
            "role" => "coordinator",
            "known" => "Vue en personne avec sa carte",
            "sure" => "yes",
            _ => "",
        };

    private static string? Read(string tag, string attribute) =>
        Attributes()
            .Matches(tag)
            .Where(m => m.Groups["name"].Value == attribute)
            .Select(m => WebUtility.HtmlDecode(m.Groups["value"].Value))
            .FirstOrDefault();

    [GeneratedRegex("<form(?<head>[^>]*)>(?<body>.*?)</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Forms();

    [GeneratedRegex("<(input|select|textarea|button)\\b[^>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Controls();

    [GeneratedRegex("\\s(?<name>[a-z-]+)=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Attributes();
}
